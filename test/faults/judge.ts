import { entryOf, headOf, headRow } from '../../shared/adapters/storage/rows.ts';
import { parseTag } from '../../shared/conversations/keys.ts';
import { type PhoneNumber, parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks } from '../../shared/core/time.ts';
import { consentRules } from '../simulation/judgeConsent.ts';
import { erasureRules } from '../simulation/judgeErasure.ts';
import { flagRules } from '../simulation/judgeFlags.ts';
import { sendingRules } from '../simulation/judgeSending.ts';
import { storedRules } from '../simulation/judgeStored.ts';
import type { Departed, Outcome, Rules } from '../simulation/outcome.ts';
import { beginning } from './passing.ts';
import type { Stage } from './stage.ts';

/** The simulation's own rules, over what the emulated carrier and the real tables say. */
const rules: Rules = {
  ...storedRules,
  ...sendingRules,
  ...consentRules,
  ...erasureRules,
  ...flagRules,
  /** Calls are entries too. */
  *'the head knows its latest entry'({ head, rows, erasedAt }) {
    const entries = rows.filter(({ row }) => row.startsWith('e')).map(entryOf);
    const latest = entries.reduce((last, { at }) => (at > last ? at : last), erasedAt);
    if (head !== undefined && head.last !== latest) yield `the head says ${head.last}, the entry ${latest}`;
  },
};

/** Clocks agree, and nothing may leave at a later instant than what speaks against it. */
const schedule = { plan: { clocks: [0] }, profile: { quietWithin: 0 } } as unknown as Outcome['schedule'];

/** What is there once all is quiet. */
export async function outcomeOf({ eyes, settings, acs, subscriber }: Stage): Promise<Outcome> {
  const [rows, inboxRows] = await Promise.all([eyes.rows(), eyes.inboxRows()]);
  const entries = rows.filter(({ row }) => row.startsWith('e')).map(entryOf);
  const headEntity = rows.find(({ row }) => row === headRow);
  const head = headEntity && headOf(headEntity);
  return {
    ledger: eyes.ledger,
    settings,
    schedule,
    rows: rows as Outcome['rows'],
    head,
    erasedAt: head?.erasedAt ?? asTicks(0n),
    inbound: entries.filter((entry) => entry.direction === 'inbound'),
    outbound: entries.filter((entry) => entry.direction === 'outbound'),
    departed: acs.carrier.sent({ to: subscriber }).map((sent) => departedOf(sent, eyes)),
    inboxRows,
  };
}

function departedOf(sent: ReturnType<Stage['acs']['carrier']['sent']>[number], { ledger }: Stage['eyes']): Departed {
  const { message: text, tag = '', repeatabilityId = '', messageId: providerId } = sent;
  const [from, to] = [sent.from, sent.to].map((number) => parsePhoneNumber(number) as PhoneNumber);
  const key = parseTag(tag)?.key;
  const sms = { from: from!, to: to!, text, tag, repeatabilityId, firstSentAt: 0 };
  return { sms, providerId, at: Date.parse(sent.sentAt) - beginning, key, message: key && ledger.made.get(key) };
}

/** Everything that does not hold, in words. */
export const faultsIn = (outcome: Outcome): readonly string[] =>
  Object.entries(rules).flatMap(([rule, look]) => [...look(outcome)].map((what) => `${rule}: ${what}`));
