/** Why a text of ours ended without being accepted, in words that programs can rely on. */
export const endCodes = [
  'unclear',
  'expired',
  'erased',
  'opted-out',
  'opted-in-again',
  'taken-over',
  'reply-budget',
  'gave-up',
  'not-textable',
  'number-type-not-allowed',
  'country-not-allowed',
  'outside-hours',
  'subscriber-limit',
  'daily-limit',
] as const;

/** The last two bear the provider's status: of the whole request, or of its one recipient. */
export type EndCode = (typeof endCodes)[number] | `request-${number}` | `recipient-${number}`;
