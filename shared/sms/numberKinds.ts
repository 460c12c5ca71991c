import { isE164, isShortCode, type PhoneNumber } from '../core/phoneNumbers.ts';

/** Kinds of number, by who answers the words STOP, START and HELP. */
export const numberKinds = [
  'toll-free',
  'short-code-us',
  'short-code',
  'long-code',
  'carrier-answered',
  'sender-id',
] as const;
export type NumberKind = (typeof numberKinds)[number];

interface Answers {
  /** The app confirms STOP and START; else the carrier or the provider does, with its own notice. */
  readonly stop: boolean;
  readonly help: boolean;
}

/** Who answers (https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq, "How does opt-out work"). The app records an opt-out on every kind. */
const answers: Readonly<Record<NumberKind, Answers>> = {
  'toll-free': { stop: false, help: true },
  'short-code-us': { stop: false, help: false },
  'short-code': { stop: true, help: true },
  'long-code': { stop: true, help: true },
  'carrier-answered': { stop: false, help: true },
  'sender-id': { stop: false, help: false },
};

const tollFree = /^\+1(?:800|833|844|855|866|877|888)\d{7}$/;

/** What a number is if nobody says otherwise; a short code is taken for a US one. */
export function kindOf(number: PhoneNumber): NumberKind {
  if (tollFree.test(number)) return 'toll-free';
  if (isE164(number)) return 'long-code';
  return isShortCode(number) ? 'short-code-us' : 'sender-id';
}

export const answersOf = (kind: NumberKind): Answers => answers[kind];
