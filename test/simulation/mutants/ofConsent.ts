import { consentOf, withConsent } from '../../../shared/conversations/consent.ts';
import type { Commit } from '../../../shared/conversations/conversationStore.ts';
import type { AnyHead } from '../../../shared/conversations/head.ts';
import type { Ticks } from '../../../shared/core/time.ts';
import { type Doomed, ofStore } from './doomed.ts';

/** STOP, START, and whom they bind. */
export const mutantsOfConsent = {
  arrivalDecides: {
    name: 'STOP and START that count in the order of their arrival',
    profile: 'low',
    breaks: 'consent is the latest word, by the service’s time',
    within: 500,
    services: ofStore((store) => ({ commit: (change) => store.commit(asItArrived(change)) }), ['receiveSms']),
  },
  yesByPresentConsent: {
    name: 'a YES that counts only for whoever had stopped when it arrived',
    profile: 'low',
    breaks: 'every keyword is in the history of consent',
    within: 500,
    services: ofStore(
      (store) => {
        let before: AnyHead | undefined;
        return {
          async head(id) {
            const head = await store.head(id);
            before = head?.value;
            return head;
          },
          commit: (change) => store.commit(unlessAlreadyGiven(change, before)),
        };
      },
      ['receiveSms'],
    ),
  },
  noLookAtStop: {
    name: 'a send that is taken up again without a look at STOP',
    profile: 'mid',
    breaks: 'nothing leaves after STOP',
    within: 3_000,
    services: ofStore(
      (store) => {
        let stopAt: Ticks | undefined;
        return {
          async head(id) {
            const head = await store.head(id);
            stopAt = head?.value.stopAt;
            return head && { ...head, value: { ...head.value, stopAt: undefined } };
          },
          // What is written keeps what it did not look at.
          commit: ({ head, ...change }) => {
            const value = stopAt ? withConsent(head.value, { consent: 'revoked', at: stopAt }) : head.value;
            return store.commit({ ...change, head: { ...head, value } });
          },
        };
      },
      ['wakeUp'],
    ),
  },
  confirmationStopped: {
    name: 'a confirmation of STOP that its own STOP cancels',
    profile: 'mid',
    breaks: 'a confirmation of STOP and a HELP are not stopped by STOP',
    within: 1_000,
    services: ofStore(
      (store) => ({
        async entry(id, key) {
          const entry = await store.entry(id, key);
          if (entry?.value.direction !== 'outbound' || entry.value.purpose !== 'stop-confirmation') return entry;
          return { ...entry, value: { ...entry.value, purpose: 'answer' } };
        },
      }),
      ['wakeUp'],
    ),
  },
} as const satisfies Readonly<Record<string, Doomed>>;

/** Whatever arrived last is the latest word. */
function asItArrived(change: Commit): Commit {
  const { consent, head } = change;
  if (consent === undefined) return change;
  const { at } = consent;
  const times = consent.consent === 'revoked' ? { stopAt: at, goAt: undefined } : { stopAt: undefined, goAt: at };
  return { ...change, head: { ...head, value: { ...head.value, ...times } } };
}

/** A YES of somebody who has not stopped leaves the times alone. */
function unlessAlreadyGiven(change: Commit, before: AnyHead | undefined): Commit {
  const isYes = change.create?.some((entry) => entry.direction === 'inbound' && entry.text === 'YES') === true;
  if (!isYes || consentOf(before ?? {}) === 'revoked') return change;
  const { head } = change;
  return { ...change, consent: undefined, head: { ...head, value: { ...head.value, goAt: before?.goAt } } };
}
