import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { AppError } from '../../shared/core/errors.ts';
import { tooOld } from '../../shared/sms/sendPolicy.ts';
import type { Outcome, Rules } from './outcome.ts';
import { beginning } from './world.ts';

/** Milliseconds from the end of an outage in which what waited has left. */
const recovery = 90_000;

/** Somebody other than the outage decided these. */
const decided = ['opted-out', 'opted-in-again', 'taken-over', 'erased'];

/** What an outage may cost, and what it may not. They say nothing of a run without one. */
export const outageRules: Rules = {
  *'what waits for the provider leaves within 90 s of its recovery'(outcome) {
    const { schedule, departed, outbound } = outcome;
    const { outage } = schedule.profile;
    if (outage?.odds.post === undefined) return;
    for (const message of outbound) {
      if (message.createdAt - beginning > outage.until || mayStay(message, outage.until + recovery, outcome)) continue;
      const left = departed.find(({ key }) => key === message.key);
      if (left === undefined) yield `“${message.text}” did not: ${message.endReason}`;
      else if (left.at > outage.until + recovery) yield `“${message.text}” left ${left.at - outage.until} ms after it`;
    }
  },

  *'nobody but us hears of the provider’s outage'({ schedule, ledger }) {
    if (schedule.profile.outage?.odds.post === undefined) return;
    for (const { what, error } of ledger.failed) yield `${what}: ${error ?? 'not done in time'}`;
  },

  *'an outage of storage loses no reply'({ schedule, departed, outbound }) {
    if (schedule.profile.outage?.odds.storage === undefined) return;
    const left = new Set(departed.map(({ key }) => key));
    for (const { key, text, endCode = '', endReason } of outbound)
      if (!left.has(key) && !isDecided(endCode)) yield `“${text}”: ${endReason}`;
  },

  *'no event is dropped'({ ledger }) {
    for (const { what, error } of ledger.failed)
      if (error instanceof AppError && !error.retryable) yield `${what}: ${error}`;
  },
};

const isDecided = (endCode: string): boolean => decided.includes(endCode) || endCode.startsWith('recipient-');

/** Somebody decided so, it is too old, or it may have left and the provider remembers its id no longer. */
function mayStay(message: OutboundMessage, until: number, { settings }: Outcome): boolean {
  const { endCode, firstSentAt } = message;
  if (endCode === undefined) return false;
  if (endCode === 'expired') return tooOld(message, beginning + until, settings) !== undefined;
  if (endCode === 'unclear') return beginning + until > firstSentAt + settings.epochWindow;
  return isDecided(endCode);
}
