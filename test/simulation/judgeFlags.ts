import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import type { Flag } from '../../shared/conversations/flags.ts';
import { standing } from '../../shared/conversations/head.ts';
import { statusOf } from '../../shared/conversations/status.ts';
import type { Outcome, Rules } from './outcome.ts';

/** Which messages a person is called to. */
export const flagRules: Rules = {
  *'a message that needs a person is flagged, until it is sent anew'(outcome) {
    const { outbound, erasedAt } = outcome;
    for (const message of outbound) {
      const flag = asked(message);
      if (flag === undefined || message.at <= erasedAt || sentAnew(outcome).has(message.key)) continue;
      const raised = flagsOf(outcome).find((each) => each.flag === flag);
      if (!raised?.others && !raised?.entries.includes(message.key)) yield `“${message.text}” is not ${flag}`;
    }
  },

  *'a flag that is shown is true'(outcome) {
    for (const { flag, entries } of flagsOf(outcome)) {
      if (flag === 'stop-suggested') continue;
      for (const key of entries) {
        const message = outcome.outbound.find((each) => each.key === key);
        const status = message && statusOf(message);
        if (status !== (flag === 'unknown' ? 'unknown' : 'failed'))
          yield `${flag} is shown of a message that is ${status}`;
        if (sentAnew(outcome).has(key)) yield `${flag} is shown of “${message?.text}”, which was sent anew`;
      }
    }
  },
};

const flagsOf = ({ head }: Outcome) => standing(head)?.flags ?? [];

const sentAnew = ({ ledger }: Outcome) => new Set([...ledger.made.values()].map(({ resendOf }) => resendOf));

/** What ends an automatic message without asking for anybody. */
const meant = ['erased', 'opted-out', 'opted-in-again', 'taken-over'];

/** An agent, who is told in nobody's place, hears of STOP too. */
function asked(message: OutboundMessage): Flag | undefined {
  const { purpose, endCode = '', undeliveredAt } = message;
  const status = statusOf(message);
  if (status === 'unknown') return endCode === 'erased' ? undefined : 'unknown';
  if (status !== 'failed') return undefined;
  if (purpose === 'agent') return endCode === 'erased' ? undefined : 'failed';
  if (isBlocked(message) || (undeliveredAt === undefined && meant.includes(endCode))) return undefined;
  return undeliveredAt === undefined && endCode === 'expired' ? 'too-old' : 'failed';
}

const isBlocked = ({ endReason = '', undeliveredAt, undeliveredReason = '' }: OutboundMessage): boolean =>
  (undeliveredAt === undefined ? endReason : undeliveredReason).includes('Sender blocked');
