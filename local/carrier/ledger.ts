import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { parseTicks, type Ticks } from '../../shared/core/time.ts';
import type { Answered } from '../acs/repeatability.ts';
import { type Look, trackChanges } from '../changes.ts';
import { openJournal } from '../journal.ts';
import { compact, type Retention } from './compact.ts';
import { type AcceptedText, type Fact, type Notice, pairOf } from './facts.ts';

/** What follows from the facts; changed by nothing else. */
interface State {
  readonly accepted: Map<string, AcceptedText>;
  readonly settled: Set<string>;
  readonly notices: Notice[];
  readonly carried: Map<string, number>;
  readonly answered: Map<string, Answered>;
  readonly blocked: Set<string>;
  lastReceived: Ticks | undefined;
}

/** The carrier's own record: facts are added and never changed, and everything else is read off them. */
export interface Ledger {
  record(fact: Fact): void;
  /** In the order of acceptance. */
  accepted(): readonly AcceptedText[];
  isSettled(messageId: string): boolean;
  notices(): readonly Notice[];
  /** Which texts (by id), counts of requests (by key) and notices (themselves) have changed. */
  since(cursor?: string): Look<string | Notice>;
  /** How many requests have named this recipient and repeatability id. */
  carried(key: string): number;
  answered(key: string): Answered | undefined;
  isBlocked(service: PhoneNumber, subscriber: PhoneNumber): boolean;
  /** The instant of the latest text that came in. */
  lastReceived(): Ticks | undefined;
  /** Forgets everything, on disk too. */
  clear(): void;
  close(): void;
}

export interface LedgerOptions extends Retention {
  /** A file that is read first, rid of what nobody needs any more, and then kept; without it nothing outlives the process. */
  readonly path?: string | undefined;
}

/** `invalid-configuration` if the file holds anything but a journal. */
export function openLedger({ path, ...retention }: LedgerOptions): Ledger {
  const journal = openJournal<Fact>(path);
  const past = compact(journal.past, retention);
  journal.replace(past);
  let state = emptyState();
  const changes = trackChanges<string | Notice>(retention.now);
  for (const fact of past) apply(state, fact);
  return {
    record(fact) {
      journal.append(fact);
      apply(state, fact);
      for (const key of changedBy(fact)) changes.touch(key);
    },
    accepted: () => [...state.accepted.values()],
    isSettled: (messageId) => state.settled.has(messageId),
    notices: () => state.notices,
    since: changes.since,
    carried: (key) => state.carried.get(key) ?? 0,
    answered: (key) => state.answered.get(key),
    isBlocked: (service, subscriber) => state.blocked.has(pairOf({ service, subscriber })),
    lastReceived: () => state.lastReceived,
    clear() {
      journal.replace([]);
      changes.clear();
      // Instants go on from where they were: a fresh world must not repeat one of the old.
      state = { ...emptyState(), lastReceived: state.lastReceived };
    },
    close: () => journal.close(),
  };
}

const emptyState = (): State => ({
  accepted: new Map(),
  settled: new Set(),
  notices: [],
  carried: new Map(),
  answered: new Map(),
  blocked: new Set(),
  lastReceived: undefined,
});

function changedBy(fact: Fact): readonly (string | Notice)[] {
  switch (fact.type) {
    case 'carried':
      return [fact.key];
    case 'accepted':
      return [fact.text.messageId];
    case 'settled':
      return [fact.messageId];
    case 'told':
      return [fact.notice];
    default:
      return [];
  }
}

function apply(state: State, fact: Fact): void {
  switch (fact.type) {
    case 'carried':
      state.carried.set(fact.key, (state.carried.get(fact.key) ?? 0) + 1);
      return;
    case 'answered':
      state.answered.set(fact.answered.key, fact.answered);
      return;
    case 'accepted':
      state.accepted.set(fact.text.messageId, fact.text);
      return;
    case 'settled':
      state.settled.add(fact.messageId);
      return;
    case 'received':
      state.lastReceived = parseTicks(fact.text.receivedTimestamp);
      return;
    case 'told':
      state.notices.push(fact.notice);
      return;
    case 'blocked':
      state.blocked.add(pairOf(fact));
      return;
    case 'lifted':
      state.blocked.delete(pairOf(fact));
      return;
  }
}
