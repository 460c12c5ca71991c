import { parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { repeatKeyOf } from '../acs/repeatability.ts';
import type { AcceptedText, Notice } from './facts.ts';
import type { Ledger } from './ledger.ts';

/** A text of the app's, as the carrier knows it. */
export interface SentSms {
  readonly messageId: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
  /** `accepted` until its fate is known; `blocked` from the start if it never reaches a subscriber who had stopped the number. */
  readonly status: 'accepted' | 'delivered' | 'failed' | 'blocked';
  readonly details?: string;
  readonly tag?: string;
  readonly repeatabilityId?: string;
  /** How many requests carried it, refused and unanswered ones too; of texts without an id, each is one. */
  readonly attempts: number;
  /** ISO 8601. */
  readonly sentAt: string;
}

export interface SentFilter {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
}

export interface SentSince {
  readonly sent: readonly SentSms[];
  readonly notices: readonly Notice[];
  readonly whole: boolean;
  readonly cursor: string;
}

/** What was sent, and told, as far as it is new since a look that ended at `cursor`; all of it without one that is known. */
export function sentSince(ledger: Ledger, cursor: string | undefined, filter: SentFilter = {}): SentSince {
  const { has, ...look } = ledger.since(cursor);
  const isWanted = matches(filter);
  const sent = ledger.accepted().filter((text) => isWanted(text) && has(text.messageId, keyOf(text)));
  return {
    sent: sent.map((text) => sentSms(text, ledger)),
    notices: ledger.notices().filter((notice) => isWanted(notice) && has(notice)),
    ...look,
  };
}

/** In a query `+` means a space, so numbers are compared in the form we keep. */
function matches({ from, to }: SentFilter): (text: SentFilter) => boolean {
  const [wantedFrom, wantedTo] = [from, to].map((number) => number && (parsePhoneNumber(number) ?? number));
  return (text) => (!wantedFrom || text.from === wantedFrom) && (!wantedTo || text.to === wantedTo);
}

/** Under which its requests are counted; of a text without an id, one that is never counted. */
const keyOf = ({ to, repeatabilityId }: AcceptedText): string =>
  repeatabilityId === undefined ? '' : repeatKeyOf({ to, repeatabilityRequestId: repeatabilityId });

function sentSms(text: AcceptedText, ledger: Ledger): SentSms {
  const { messageId, from, to, message, tag, repeatabilityId, acceptedAt, fate } = text;
  const isKnown = fate.end === 'blocked' || ledger.isSettled(messageId);
  const attempts = repeatabilityId === undefined ? 1 : ledger.carried(keyOf(text));
  return {
    messageId,
    from,
    to,
    message,
    status: isKnown ? fate.end : 'accepted',
    ...(isKnown && fate.details !== '' && { details: fate.details }),
    ...(tag !== undefined && { tag }),
    ...(repeatabilityId !== undefined && { repeatabilityId }),
    attempts,
    sentAt: new Date(acceptedAt).toISOString(),
  };
}
