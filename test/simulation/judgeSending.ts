import { isFinished, type Status, statusOf } from '../../shared/conversations/status.ts';
import type { Rules } from './outcome.ts';

/** What the carrier's log and the messages must say of each other. */
export const sendingRules: Rules = {
  *'nothing leaves twice'({ departed }) {
    for (const [n, { key, sms }] of departed.entries())
      if (departed.findIndex((other) => other.key === key) < n) yield `“${sms.text}” did`;
  },

  *'what leaves was made by somebody'({ departed }) {
    for (const { message, sms } of departed) if (message === undefined) yield `“${sms.text}” was not`;
  },

  *'every message comes to an end'({ ledger, outbound }) {
    for (const message of outbound)
      if (!isFinished(message) && !ledger.abandoned.has(message.key)) yield `“${message.text}” is ${statusOf(message)}`;
  },

  *'an ended message says why'({ outbound }) {
    for (const { text, endedAs, endReason } of outbound) if (endedAs && !endReason) yield `“${text}” is ${endedAs}`;
  },

  *'what we call failed has not left, and what we call accepted has'({ departed, outbound }) {
    const left = new Set(departed.map(({ key }) => key));
    for (const message of outbound) {
      const status = statusOf(message);
      const gone = left.has(message.key);
      if (gone && status === 'failed' && message.undeliveredAt === undefined)
        yield `“${message.text}” failed, and left`;
      if (!gone && (status === 'accepted' || status === 'delivered'))
        yield `“${message.text}” is ${status}, and never left`;
    }
  },

  *'a status only moves forward'({ ledger }) {
    for (const { from, to } of ledger.steps) if (!mayFollow[from].includes(to)) yield `from ${from} to ${to}`;
  },

  *'what the carrier reports is kept'({ ledger, outbound }) {
    for (const { key, delivered, reason } of ledger.reports) {
      const message = outbound.find((each) => each.key === key);
      const known = delivered ? message?.deliveredAt : message?.undeliveredAt;
      if (message !== undefined && known === undefined) yield `“${message.text}”: ${reason}`;
    }
  },

  *'a confirmation of STOP and a HELP are not stopped by STOP'({ ledger, outbound }) {
    for (const { key, text, endCode } of outbound) {
      const purpose = ledger.made.get(key)?.purpose;
      if ((purpose === 'stop-confirmation' || purpose === 'help') && endCode === 'opted-out') yield `“${text}” was`;
    }
  },
};

const open: readonly Status[] = ['queued', 'sending', 'unknown', 'failed', 'accepted', 'delivered'];

/** What may come of a status. What we call failed has never left, so no acceptance follows; a carrier may take back its own word. */
const mayFollow: Readonly<Record<Status, readonly Status[]>> = {
  queued: open,
  sending: open,
  unknown: ['failed', 'accepted', 'delivered'],
  accepted: ['failed', 'delivered'],
  failed: ['delivered'],
  delivered: [],
};
