import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Rand } from '../core/rand.ts';
import { asTicks, type Clock, later, type Ticks, ticksOf } from '../core/time.ts';
import { type Consent, type ConsentChange, withConsent } from './consent.ts';
import type { ConversationStore } from './conversationStore.ts';
import { type Flag, withoutFlags } from './flags.ts';
import { touchRow } from './followHead.ts';
import type { Head, Mode } from './head.ts';
import type { Inbox } from './inbox.ts';
import { atOf, type ConversationId, type EntryKey } from './keys.ts';
import { readConversation } from './readConversation.ts';
import type { Timeline } from './timeline.ts';

export interface ConversationUpdate {
  readonly mode?: Mode | undefined;
  /** Everything up to this entry has been read, or all that is there. Moves only forward. */
  readonly readTo?: EntryKey | 'latest' | undefined;
  readonly consent?: { readonly consent: Consent; readonly reason: string } | undefined;
  /** Flags that somebody has seen to, whatever they stand for by then. */
  readonly settle?: readonly Flag[] | undefined;
}

export interface UpdateRequest {
  readonly conversation: ConversationId;
  /** The agent's subject. */
  readonly agent: string;
  readonly update: ConversationUpdate;
}

interface Reach {
  readonly store: Pick<ConversationStore, 'head' | 'commit'>;
  readonly inbox: Pick<Inbox, 'touch'>;
  readonly timeline: Pick<Timeline, 'consentHistory'>;
  readonly clock: Clock;
  readonly rand: Rand;
  readonly log: Logger;
  /** Milliseconds for which an agent's taking over lasts, and that two clocks may differ. */
  readonly settings: { readonly agentHold: number; readonly clockTolerance: number };
}

/** What stays the same over all tries, so that a try whose answer was lost is known again. */
interface Attempt extends UpdateRequest {
  readonly now: number;
  readonly holdUntil: number;
  /** The earliest that this may be, by a clock that is behind ours. */
  readonly earliest: Ticks;
  readonly source: string;
}

/** Texts of a busy minute change a head a few times a second at most. */
const mostTries = 5;

/** What an agent decides about a conversation, under its ETag; the head as it then stands. Throws `not-found` or `busy`. */
export async function updateConversation(request: UpdateRequest, reach: Reach): Promise<Head> {
  const now = reach.clock.now();
  const holdUntil = now + reach.settings.agentHold;
  const earliest = ticksOf(now - reach.settings.clockTolerance);
  const attempt = { ...request, now, holdUntil, earliest, source: `request:${reach.rand.token()}` };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const head = (await tryOnce(attempt, reach)) ?? (await recorded(attempt, reach));
    if (head === undefined) continue;
    // Even where nothing was left to change: that may be the echo of our own success, or of one whose touch was lost.
    await touchRow(head, reach.inbox);
    return head;
  }
  throw new AppError('busy', 'The conversation kept changing; try again.');
}

/** `undefined`: the head is no longer what was read, or this is the echo of our own success. */
async function tryOnce(attempt: Attempt, reach: Reach): Promise<Head | undefined> {
  const { value: before, etag } = await readConversation(attempt.conversation, reach.store);
  const consent = consentChangeOf(attempt, before);
  const after = updated(attempt, before, consent);
  if (after === before) return before;
  const head = { value: after, etag };
  const { type } = await reach.store.commit({ conversation: attempt.conversation, head, consent });
  if (type !== 'committed') return undefined;
  const { mode } = attempt.update;
  reach.log('info', 'conversation.updated', {
    conversation: attempt.conversation,
    by: attempt.agent,
    mode,
    consent: consent?.consent,
    settled: attempt.update.settle?.join(),
  });
  return after;
}

/** The same object when nothing changes, so that nothing is written. */
function updated({ update, holdUntil }: Attempt, head: Head, consent: ConsentChange | undefined): Head {
  let after = head;
  if (update.mode === 'agent') after = { ...after, mode: 'agent', modeUntil: holdUntil };
  if (update.mode === 'bot' && head.mode === 'agent') after = { ...after, mode: 'bot', modeUntil: undefined };
  if (update.readTo !== undefined) after = readUpTo(after, update.readTo);
  const flags = withoutFlags(after.flags, update.settle ?? []);
  if (flags !== after.flags) after = { ...after, flags };
  return consent === undefined ? after : withDecision(after, consent);
}

/** No further than the subscriber's latest text: our own may be ahead of it by the clocks' difference, and hide its answer. */
function readUpTo(head: Head, to: EntryKey | 'latest'): Head {
  const { lastInbound } = head;
  if (lastInbound === undefined) return head;
  const at = to === 'latest' || atOf(to) > lastInbound ? lastInbound : atOf(to);
  return head.readTo !== undefined && head.readTo >= at ? head : { ...head, readTo: at };
}

/** A person has decided, so the suggestion to look at it has had its answer. */
const withDecision = (head: Head, change: ConsentChange): Head => ({
  ...withConsent(head, change),
  flags: withoutFlags(head.flags, ['stop-suggested']),
});

/**
 * Later than every change the agent could have known of. Consent that an agent gives counts from as early as a slow clock
 * could say, so that it never outlasts a STOP that is on its way.
 */
function consentChangeOf({ update, agent, now, earliest, source }: Attempt, head: Head): ConsentChange | undefined {
  if (update.consent === undefined) return undefined;
  const gives = update.consent.consent === 'given';
  if (gives && head.stopAt !== undefined && head.stopAt > earliest)
    throw new AppError('conflict', 'The subscriber has only just opted out; look at the conversation again.');
  const at = [head.stopAt, head.goAt].reduce<Ticks>(
    (latest, known) => (known === undefined ? latest : later(latest, asTicks(known + 1n))),
    gives ? earliest : ticksOf(now),
  );
  return { ...update.consent, at, by: `agent:${agent}`, source };
}

/** A change of consent adds a line to the history, so its echo must not be taken for a refusal and tried again. */
async function recorded({ update, conversation, source }: Attempt, { store, timeline }: Reach) {
  if (update.consent === undefined) return undefined;
  const history = await timeline.consentHistory(conversation);
  const isThere = history.some((change) => change.source === source);
  return isThere ? (await readConversation(conversation, store)).value : undefined;
}
