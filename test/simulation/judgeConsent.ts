import { consentChangeOf } from '../../shared/adapters/storage/rows.ts';
import type { Consent } from '../../shared/conversations/consent.ts';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import { readKeyword } from '../../shared/sms/keywords.ts';
import { optOutOf } from '../../shared/sms/optOut.ts';
import type { Standing } from './ledger.ts';
import type { Departed, Outcome, Rules } from './outcome.ts';

/** What must hold of consent, and of whatever else speaks against sending. */
export const consentRules: Rules = {
  *'consent is the latest word, by the service’s time'({ head, rows }) {
    if (head === undefined) return;
    const [stop, go] = [latest(rows, 'revoked'), latest(rows, 'given')];
    if (head.stopAt !== stop) yield `stopAt is ${head.stopAt}, not ${stop}`;
    if (head.goAt !== go) yield `goAt is ${head.goAt}, not ${go}`;
  },

  *'every keyword is in the history of consent'({ ledger, rows }) {
    const sources = new Set(rows.filter(({ row }) => row.startsWith('c')).map((row) => consentChangeOf(row).source));
    for (const { text, messageId } of ledger.texts) {
      const { keyword } = readKeyword(text);
      if ((keyword === 'stop' || keyword === 'start') && !sources.has(messageId)) yield `${messageId} is not`;
    }
  },

  *'a block that we are told of is an opt-out'({ head, outbound, settings }) {
    for (const message of outbound.filter(isBlocked))
      if ((head?.stopAt ?? 0n) < optOutOf(message, settings).at) yield `the block of “${message.text}” taught nothing`;
  },

  *'nothing leaves after STOP'(outcome) {
    yield* late(outcome, ['stop-confirmation', 'help'], ({ consent }) => consent === 'revoked');
  },

  *'no confirmation of STOP leaves after START'(outcome) {
    yield* late(
      outcome,
      ['help', 'answer', 'start-confirmation', 'agent', 'call'],
      ({ consent }) => consent === 'given',
    );
  },

  *'no answer leaves after an agent has taken over'(outcome) {
    const excepted = ['stop-confirmation', 'start-confirmation', 'help', 'agent'];
    yield* late(outcome, excepted, ({ mode }) => mode === 'agent');
  },

  *'nothing leaves after its conversation was erased'(outcome) {
    yield* late(outcome, [], ({ erasedAt }, { message }) => message !== undefined && message.at <= erasedAt);
  },
};

function latest(rows: Outcome['rows'], consent: Consent): bigint | undefined {
  const changes = rows.filter(({ row }) => row.startsWith('c')).map(consentChangeOf);
  const times = changes.filter((change) => change.consent === consent).map(({ at }) => at);
  return times.reduce<bigint | undefined>((last, at) => (last === undefined || at > last ? at : last), undefined);
}

const isBlocked = ({ endReason = '', undeliveredReason = '' }: OutboundMessage): boolean =>
  `${endReason}${undeliveredReason}`.includes('Sender blocked');

type Forbids = (standing: Standing, departed: Departed) => boolean;

/** Texts that left although something had spoken against them for longer than a send may take. */
function* late(
  { ledger, departed, schedule }: Outcome,
  excepted: readonly string[],
  forbids: Forbids,
): Iterable<string> {
  for (const each of departed) {
    const { message, at } = each;
    if (message === undefined || excepted.includes(message.purpose)) continue;
    const before = ledger.standings.filter((standing) => standing.at <= at);
    const lastAllowed = before.findLastIndex((standing) => !forbids(standing, each));
    const since = before[lastAllowed + 1]?.at;
    if (since !== undefined && at - since > schedule.profile.quietWithin)
      yield `“${message.text}” (${message.purpose}) left ${(at - since) / 1_000} s later`;
  }
}
