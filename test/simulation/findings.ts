import type { Story } from './directed.ts';
import type { Doomed } from './mutants/doomed.ts';
import { mutants } from './mutants.ts';
import { profiles } from './profiles.ts';

/** A way in which the protocol broke before it was built, the rule that mends it, and what happens without that rule. */
export interface Finding extends Omit<Story, 'profile'> {
  /** What it is about; the numbers are those of `docs/protocol.md`, where it says how such a protocol breaks. */
  readonly what: string;
  readonly without: Doomed;
  /** What breaks then; the mutant's own rule if not said. */
  readonly breaks?: string;
  readonly profile?: Story['profile'];
}

const second = 1_000;
const text = (words: string, at = 0) => ({ type: 'text', text: words, at }) as const;
const send = (words: string, at = 0, patience = 0) =>
  ({ type: 'send', text: words, at, keyed: true, patience }) as const;
const throttled = (at: RegExp, ms: number) => ({ at, kind: 'throttled', ms }) as const;
const hi = /^text 1 “hi”: send$/;

export const findings: readonly Finding[] = [
  {
    what: 'a wake that fires on a clock which is behind does not take itself for another’s',
    happenings: [text('hi')],
    twists: [throttled(hi, 0)],
    plan: { clocks: [-5_000, -5_000, 5_000] },
    without: mutants.noClockTolerance,
  },
  {
    what: 'a STOP that arrives after the erase which it precedes still counts',
    happenings: [text('hi'), text('STOP', 10 * second), { type: 'erase', at: 12 * second }],
    twists: [{ at: /^text 2 “STOP”$/, kind: 'delayed', ms: 5 * second }],
    without: mutants.erasedStopIsGone,
  },
  {
    what: 'a message that waits does not leave after STOP',
    happenings: [send('0'), text('STOP', second)],
    twists: [throttled(/^send “0”: send$/, 60 * second)],
    without: mutants.noLookAtStop,
  },
  {
    what: 'a confirmation of STOP that waits is not cancelled by its own STOP',
    happenings: [text('STOP')],
    twists: [throttled(/^text 1 “STOP”: send$/, 0)],
    without: mutants.confirmationStopped,
  },
  {
    what: 'an erase whose process dies after the head is finished by its wake',
    happenings: [text('hi'), { type: 'erase', at: 5 * second }],
    twists: [
      { at: /^erase: replace head$/, kind: 'crash-after' },
      { at: /^erase \(try \d\): read head$/, kind: 'refused', ms: second, times: 3 },
    ],
    without: mutants.eraseWithoutWake,
  },
  {
    what: 'an erase reaches what stands ahead of its clock',
    happenings: [text('hi'), { type: 'erase', at: second }],
    twists: [],
    plan: { clocks: [-5_000, -5_000, -5_000] },
    without: mutants.erasedUpToNow,
  },
  {
    what: 'a client that repeats its request after an erase sends nothing anew',
    happenings: [send('0', 0, 3), { type: 'erase', at: 100 }],
    twists: [{ at: /^send “0”: merge message/, kind: 'crash-after' }],
    without: mutants.requestsErased,
  },
  {
    what: 'two clicks on “send anew” make one message',
    happenings: [send('0'), { type: 'resend', at: 10 * second, clicks: [300] }],
    twists: [{ at: /^send “0”: send$/, kind: 'bad-recipient' }],
    without: mutants.resendWithoutNumber,
  },
  {
    what: 'a send that is still in progress is not taken for refused',
    happenings: [text('hi')],
    twists: [
      { at: hi, kind: 'slow', ms: 20 * second },
      { at: /^report/, kind: 'missing' },
    ],
    without: mutants.inProgressIsRefused,
  },
  {
    what: 'what may have left is not called failed when a later attempt is refused',
    happenings: [text('hi')],
    twists: [
      { at: hi, kind: 'lost' },
      { at: /^report/, kind: 'missing' },
      { at: /^wake for .*: send$/, kind: 'bad-request' },
    ],
    without: mutants.failedForSure,
  },
  {
    what: 'an event is not acknowledged if neither the mark nor its wake could be written',
    happenings: [text('hi')],
    twists: [throttled(hi, 0), { at: /^text 1 “hi”: arm a wake/, kind: 'refused', ms: second }],
    without: mutants.errorsPassedOver,
  },
  {
    what: 'a message with too little lease left is taken up by its wake',
    happenings: [text('hi')],
    twists: [{ at: /^text 1 “hi”: insert message/, kind: 'freeze-after', ms: 25 * second }],
    without: mutants.littleLeaseAndNobody,
  },
  {
    what: 'who stood still while others went on does not write over what they wrote',
    happenings: [text('hi')],
    twists: [
      { at: hi, kind: 'failing' },
      { at: /^text 1 “hi”: replace message/, kind: 'freeze-before', ms: 70 * second },
    ],
    without: mutants.judgementWithoutETag,
  },
  {
    what: 'a wake that finds another quicker looks again',
    happenings: [text('hi')],
    twists: [throttled(hi, 0), { at: /^wake for .*: replace message \(claimToken/, kind: 'echo', ms: 600 }],
    without: mutants.loserEnds,
  },
  {
    what: 'a block and the opt-out that it teaches are one write',
    happenings: [text('hi')],
    twists: [{ at: /^text 1 “hi”: replace message \(endedAs/, kind: 'crash-after' }],
    plan: { blocked: true },
    without: mutants.blockedInTwoWrites,
  },
  {
    what: 'a conversation that an agent began is in the inbox though its process died before',
    happenings: [send('0')],
    twists: [{ at: /^send “0”: upsert inbox row$/, kind: 'crash-before' }],
    without: mutants.wakesLeaveTheInbox,
  },
  {
    what: 'who looked at the head long ago does not send after STOP',
    happenings: [text('hi'), text('STOP', 15 * second)],
    twists: [
      throttled(hi, 10 * second),
      { at: /^wake for .* \(dequeue \d\): read message$/, kind: 'crash-before', times: 2 },
      { at: /^wake for .*: read head$/, kind: 'freeze-after', ms: 73 * second },
    ],
    without: mutants.leaseFromTheClaim,
  },
  {
    what: 'an id is not used when the provider may just have forgotten it',
    happenings: [text('hi')],
    twists: [
      { at: hi, kind: 'lost' },
      { at: /^report/, kind: 'missing' },
      { at: /^wake for/, kind: 'delayed', ms: 261 * second },
      { at: /^wake for .*: send$/, kind: 'freeze-before', ms: 33_500 },
    ],
    profile: profiles.edge,
    plan: { clocks: [5_000, 5_000, 5_000] },
    without: mutants.firstSentIsNow,
  },
  {
    what: 'the poison handler that fails comes again',
    happenings: [text('hi')],
    twists: [
      throttled(hi, 0),
      { at: /^wake for .*: read message$/, kind: 'crash-before', times: 5 },
      { at: /^settling of .*: read message$/, kind: 'refused', ms: second },
    ],
    without: mutants.poisonIsDropped,
  },
  {
    what: 'a request that comes too late for its watchdog makes nothing',
    happenings: [send('0')],
    twists: [
      { at: /^send “0”: arm a wake/, kind: 'freeze-after', ms: 400 * second },
      { at: /^send “0”: insert request/, kind: 'freeze-before', ms: 400 * second },
      { at: /^send “0”: arm a wake in 1 s$/, kind: 'crash-before' },
    ],
    without: mutants.commitAfterItsWatchdog,
  },
  {
    what: 'a process that stood still looks at its lease before it sends',
    happenings: [text('hi'), text('STOP', 5 * second)],
    twists: [{ at: /^text 1 “hi”: insert message/, kind: 'freeze-after', ms: 70 * second }],
    without: mutants.noLookAtTheLease,
  },
  {
    what: 'a message that says it waits has a wake that comes',
    happenings: [text('hi')],
    twists: [throttled(hi, 60 * second), { at: /^text 1 “hi”: replace message \(nextTryAt/, kind: 'crash-after' }],
    without: mutants.queuedBeforeItsWake,
  },
  {
    what: 'a delivered text stays delivered when an older report comes after',
    happenings: [text('hi')],
    twists: [
      { at: /^report/, kind: 'failed-first', ms: second },
      { at: /^failed …....$/, kind: 'delayed', ms: 60 * second },
    ],
    without: mutants.lastReportWins,
  },
];
