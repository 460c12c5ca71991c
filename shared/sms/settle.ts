import type { OutboundMessage } from '../conversations/entry.ts';
import { standing } from '../conversations/head.ts';
import { isFinished } from '../conversations/status.ts';
import type { EntryWake, QueuedWake, Wake } from '../conversations/wakeQueue.ts';
import { judge } from './judge.ts';
import { assertInboxRow } from './lookAt.ts';
import { ended } from './sendPolicy.ts';
import type { SmsServices } from './smsServices.ts';

const tryAgainAfter = 60_000;

/**
 * Puts a wake whose settling died back, as a new message. The host gives a message out as often as host.json says, and what lies in
 * a poison queue after that is given out to nobody, and one day is gone; a new message is counted anew and never expires.
 */
export const putBack = (wake: QueuedWake, { wakes, clock }: Pick<SmsServices, 'wakes' | 'clock'>): Promise<void> =>
  wakes.armSettling(wake, clock.now() + tryAgainAfter);

/**
 * Ends a message whose wake failed too often, and calls for a person. When even that fails it is queued again, never
 * dropped; it throws only when the queue fails too, and then comes again by itself.
 */
export async function settle(wake: Wake, services: SmsServices): Promise<void> {
  const { clock, log, wakes } = services;
  try {
    // An erase is never given up: it is put back among the wakes.
    if ('erase' in wake) return await wakes.arm(wake, clock.now() + tryAgainAfter);
    const again = await settleOnce(wake, services);
    if (again !== undefined) await wakes.armSettling(wake, again);
  } catch (error) {
    log('error', 'wake.settling-failed', { ...fieldsOf(wake), reason: String(error), alarm: true });
    await wakes.armSettling(wake, clock.now() + tryAgainAfter);
  }
}

/** When to come back, if it could not be ended now. */
async function settleOnce(wake: EntryWake, services: SmsServices): Promise<number | undefined> {
  const { store, clock, log } = services;
  const [entry, head] = await Promise.all([store.entry(wake.conversation, wake.key), store.head(wake.conversation)]);
  if (entry?.value.direction !== 'outbound') return undefined;
  await assertInboxRow(entry.value, standing(head?.value), services);
  if (isFinished(entry.value)) return undefined;
  const message: OutboundMessage = entry.value;
  const now = clock.now();
  if ((message.claimUntil ?? 0) > now) return message.claimUntil;
  // Its next try has a wake of its own, which may well succeed.
  if ((message.nextTryAt ?? 0) > now) return undefined;
  const mayHaveLeft = message.claimToken === undefined ? message : { ...message, ambiguousEpoch: message.epoch };
  const reason = 'Not sent: looking after it failed too often. The log says why.';
  const given = ended(mayHaveLeft, { code: 'gave-up', reason });
  const judgement = { conversation: wake.conversation, message: given, etag: entry.etag };
  if ((await judge(judgement, services)) === 'lost') return now;
  log('error', 'wake.gave-up', { ...fieldsOf(wake), alarm: true });
  return undefined;
}

const fieldsOf = (wake: Wake) => ({ conversation: wake.conversation, entry: 'key' in wake ? wake.key : undefined });
