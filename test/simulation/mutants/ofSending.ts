import type { CallEntry } from '../../../shared/conversations/callEntry.ts';
import type { OutboundMessage } from '../../../shared/conversations/entry.ts';
import type { SendOutcome } from '../../../shared/sms/smsSender.ts';
import type { Services } from '../useCases.ts';
import { type Doomed, ofStore } from './doomed.ts';

const surely = <T extends OutboundMessage | CallEntry>(entry: T): T =>
  entry.direction === 'outbound' && entry.endedAs === 'unknown' ? { ...entry, endedAs: 'failed' } : entry;

const endedForSure = ofStore((store) => ({
  judge: (id, { value, etag }) => store.judge(id, { value: surely(value), etag }),
  commit: ({ judge, ...change }) =>
    store.commit({ ...change, judge: judge && { ...judge, value: surely(judge.value) } }),
}));

const refusedIfInProgress = (outcome: SendOutcome): SendOutcome =>
  outcome.type === 'ambiguous' && outcome.reason.includes('in progress')
    ? { type: 'refused', code: 'recipient-409', reason: outcome.reason, optedOut: false }
    : outcome;

/** Claims, leases, epochs, and what a provider's word means. */
export const mutantsOfSending = {
  newIdEachTime: {
    name: 'a new repeatability id for each try',
    profile: 'mid',
    breaks: 'nothing leaves twice',
    within: 500,
    services: ({ sender, rand, clock, ...services }: Services): Services => ({
      ...services,
      rand,
      clock,
      sender: {
        send: (sms, deadline) =>
          sender.send({ ...sms, repeatabilityId: rand.token(), firstSentAt: clock.now() }, deadline),
      },
    }),
  },
  sentAnewAfterTheWindow: {
    name: 'a send that is made anew once the provider has forgotten the first',
    profile: 'edge',
    breaks: 'nothing leaves twice',
    within: 2_000,
    settings: { ambiguousSends: 'always' },
  },
  failedForSure: {
    name: 'a refusal that is believed of the attempts before it',
    profile: 'mid',
    breaks: 'what we call failed has not left, and what we call accepted has',
    within: 3_000,
    services: endedForSure,
  },
  inProgressIsRefused: {
    name: '409 (in progress) read as a refusal, and believed of the attempts before it',
    profile: 'mid',
    breaks: 'what we call failed has not left, and what we call accepted has',
    services: (services, use) => ({
      ...endedForSure(services, use),
      sender: {
        send: async (sms, deadline) => refusedIfInProgress(await services.sender.send(sms, deadline)),
      },
    }),
  },
  noLease: {
    name: 'no lease: whoever comes sends',
    profile: 'twins',
    breaks: 'nothing leaves twice',
    within: 500,
    settings: { lease: 0, sendMargin: Number.NEGATIVE_INFINITY },
  },
  noLookAtTheLease: {
    name: 'no look at what is left of the lease before a send',
    profile: 'watch',
    breaks: 'nothing leaves after STOP',
    within: 8_000,
    settings: { sendMargin: Number.NEGATIVE_INFINITY },
  },
  leaseFromTheClaim: {
    name: 'a lease that counts from the claim, and not from the look before it',
    profile: 'watch',
    breaks: 'nothing leaves after STOP',
    services: ofStore(
      (store, { clock, settings }) => ({
        judge(id, { value, etag }) {
          if (value.claimToken !== undefined) {
            const now = clock.now();
            // The caller goes on with what it wrote.
            Object.assign(value, { claimUntil: now + settings.lease, firstSentAt: now - settings.firstSentMargin });
          }
          return store.judge(id, { value, etag });
        },
      }),
      ['wakeUp'],
    ),
  },
  firstSentIsNow: {
    name: 'a first-sent time that is not moved back',
    profile: 'edge',
    breaks: 'nothing leaves twice',
    within: 8_000,
    settings: { firstSentMargin: 0 },
  },
  resendWithoutNumber: {
    name: 'a resend without its number',
    profile: 'mid',
    breaks: 'a request makes at most one message',
    within: 1_000,
    services: ofStore(
      (store, { rand }) => ({
        commit({ request, ...change }) {
          return store.commit({ ...change, request: request && { ...request, requestKey: `k${rand.token()}` } });
        },
      }),
      ['resendSms'],
    ),
  },
  blockedInTwoWrites: {
    name: 'a block written down first, and the opt-out that it teaches after it',
    profile: 'mid',
    breaks: 'a block that we are told of is an opt-out',
    within: 6_000,
    services: ofStore((store) => ({
      async commit({ judge, ...change }) {
        if (judge === undefined) return store.commit(change);
        const etag = await store.judge(change.conversation, judge);
        return etag === undefined ? { type: 'changed' } : store.commit(change);
      },
    })),
  },
} as const satisfies Readonly<Record<string, Doomed>>;
