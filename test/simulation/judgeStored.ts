import { standing } from '../../shared/conversations/head.ts';
import { entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { replyKeyOf } from '../../shared/sms/draftReply.ts';
import type { ReceivedSms } from '../../shared/sms/receivedSms.ts';
import type { Outcome, Rules } from './outcome.ts';
import type { Plan } from './plan.ts';

const inboundKeyOf = ({ at, messageId }: ReceivedSms) =>
  entryKeyOf(at, 'other', entryIdOf({ type: 'inbound', messageId }));

/** What must be in the tables, and what must not. */
export const storedRules: Rules = {
  *'every text is kept, at its own time'({ ledger, inbound, erasedAt }) {
    const keys = new Set<string>(inbound.map(({ key }) => key));
    for (const text of ledger.texts)
      if (text.at > erasedAt && !keys.has(inboundKeyOf(text))) yield `${text.messageId} is not there`;
  },

  *'no text is kept twice'({ ledger, inbound }) {
    if (inbound.length > ledger.texts.length) yield `${inbound.length} entries of ${ledger.texts.length} texts`;
  },

  *'a text has at most one reply, which stands after it'({ ledger }) {
    const replies = [...ledger.made.values()].filter(({ replyTo }) => replyTo !== undefined);
    for (const text of ledger.texts) {
      const its = replies.filter(({ replyTo }) => replyTo === inboundKeyOf(text));
      if (its.length > 1) yield `${text.messageId} has ${its.length} replies`;
      for (const { key } of its) if (key !== replyKeyOf(text)) yield `the reply to ${text.messageId} stands elsewhere`;
    }
  },

  *'a request makes at most one message'(outcome) {
    const { ledger, outbound, erasedAt } = outcome;
    for (const { request, entries } of ledger.requests.values()) {
      if (entries.size > 1) yield `${request} was told of ${entries.size} messages`;
      for (const entry of entries) {
        const made = ledger.made.get(entry);
        if (made === undefined) yield `${request} was told of a message that nobody made`;
        else if (made.at > erasedAt && !outbound.some(({ key }) => key === entry)) yield `what ${request} made is gone`;
      }
      yield* madeBy(request, outcome);
    }
  },

  *'nothing comes out of nowhere'({ rows }) {
    for (const { row, columns } of rows)
      if (row.startsWith('e') && columns['direction'] === undefined) yield `a row of ${Object.keys(columns)}`;
  },

  *'the inbox shows the conversation where its head says'({ head, inboxRows }) {
    const shown = standing(head);
    const expected = shown === undefined ? '' : shown.inboxKey;
    if (inboxRows.join() !== expected) yield `it shows ${inboxRows.join() || 'nothing'}, the head says ${expected}`;
  },

  *'the head knows its latest entry'({ head, inbound, outbound, erasedAt }) {
    const latest = [...inbound, ...outbound].reduce((last, { at }) => (at > last ? at : last), erasedAt);
    if (head !== undefined && head.last !== latest) yield `the head says ${head.last}, the entry ${latest}`;
  },

  *'automatic replies keep to their budget'({ ledger, settings, schedule, erasedAt }) {
    // Who is erased is forgotten, and with them what they were sent.
    if (erasedAt > 0n) return;
    const { replies, within } = settings.replyBudget;
    const times = [...ledger.made.values()].filter(({ purpose }) => purpose !== 'agent').map((made) => made.createdAt);
    const apart = apartIn(schedule.plan);
    for (const end of times) {
      const count = times.filter((at) => at <= end && at > end - (within - apart)).length;
      if (count > replies) yield `${count} within ${within / 1_000} s`;
    }
  },

  *'a subscriber gets no more segments than the cap'({ ledger, settings, schedule, erasedAt }) {
    if (erasedAt > 0n) return;
    const { segments: cap, within } = settings.subscriberCap;
    const admitted = [...ledger.made.values()].filter(({ endedAs }) => endedAs === undefined);
    const span = within - apartIn(schedule.plan);
    for (const { createdAt: end } of admitted) {
      const sum = admitted
        .filter(({ createdAt: at }) => at <= end && at > end - span)
        .reduce((total, { segments }) => total + segments, 0);
      if (sum > cap) yield `${sum} within ${within / 1_000} s`;
    }
  },

  *'no use case throws what nobody foresaw'({ ledger }) {
    for (const surprise of ledger.surprises) yield String(surprise);
  },

  *'no event is given up'({ ledger }) {
    yield* ledger.deadLetters;
  },
};

/** How far the workers' clocks differ, in milliseconds. */
const apartIn = ({ clocks }: Plan): number => Math.max(...clocks) - Math.min(...clocks);

/** A request is known by its text, which no two share; a resend has its original's text and says of which it is one. */
function* madeBy(request: string, { ledger }: Outcome): Iterable<string> {
  const made = [...ledger.made.values()].filter(({ purpose }) => purpose === 'agent');
  const [, sent] = /^send “(.*)”$/.exec(request) ?? [];
  if (sent !== undefined) {
    const count = made.filter(({ text, resendOf }) => text === sent && resendOf === undefined).length;
    if (count > 1) yield `${request} made ${count}`;
    const told = ledger.requests.get(request);
    if (count > 0 && told?.refused && !told.lateTaken) yield `${request} was refused, and made one`;
  }
  const [, original] = /^resend \d+ of (.*)$/.exec(request) ?? [];
  if (original !== undefined) {
    const clicks = [...ledger.requests.keys()].filter((name) => name.endsWith(` of ${original}`)).length;
    const count = made.filter(({ resendOf }) => resendOf === original).length;
    if (count > clicks) yield `${request} and its like made ${count}`;
  }
}
