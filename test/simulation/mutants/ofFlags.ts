import type { Head } from '../../../shared/conversations/head.ts';
import { standing } from '../../../shared/conversations/head.ts';
import { type Doomed, ofStore } from './doomed.ts';

/** Whom a person is called to look after. */
export const mutantsOfFlags = {
  judgedThenFlagged: {
    name: 'a message that is ended first, and flagged after it',
    profile: 'mid',
    breaks: 'a message that needs a person is flagged, until it is sent anew',
    within: 1_000,
    services: ofStore((store) => ({
      async commit({ judge, ...change }) {
        if (judge === undefined) return store.commit(change);
        const etag = await store.judge(change.conversation, judge);
        return etag === undefined ? { type: 'changed' } : store.commit(change);
      },
    })),
  },
  reportedThenFlagged: {
    name: 'a failure that is reported first, and flagged after it',
    profile: 'mid',
    breaks: 'a message that needs a person is flagged, until it is sent anew',
    within: 1_000,
    services: ofStore(
      (store) => ({
        async commit({ learn, ...change }) {
          if (learn === undefined) return store.commit(change);
          const known = await store.learn(change.conversation, learn.key, learn.facts);
          return known ? store.commit(change) : { type: 'missing' };
        },
      }),
      ['recordDelivery'],
    ),
  },
  flagsBelieved: {
    name: 'flags that are believed without a look at what they stand for',
    profile: 'low',
    breaks: 'a flag that is shown is true',
    within: 1_000,
    services: ofStore(
      (store) => ({ commit: async (change) => (change.create ? store.commit(change) : { type: 'changed' }) }),
      ['listConversations'],
    ),
  },
  sentAnewAndFlagged: {
    name: 'a flag that outlasts the sending anew of its message',
    profile: 'mid',
    breaks: 'a flag that is shown is true',
    within: 2_000,
    services: ofStore(
      (store) => {
        let flags: Head['flags'] | undefined;
        return {
          async head(id) {
            const head = await store.head(id);
            flags = standing(head?.value)?.flags;
            return head;
          },
          commit({ head, ...change }) {
            const value = standing(head.value);
            return store.commit({ ...change, head: value && flags ? { ...head, value: { ...value, flags } } : head });
          },
        };
      },
      ['resendSms'],
    ),
  },
} as const satisfies Readonly<Record<string, Doomed>>;
