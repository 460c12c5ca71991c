import type { PhoneNumberType } from 'libphonenumber-js/max';
import { type Country, countryName } from '../core/countries.ts';
import type { NumberFacts } from './numberPlan.ts';
import type { Refusal } from './refusal.ts';

/** Kinds of line that nobody who texts with a shop has; some of them pay whoever answers, which is what fraud is after. */
const notTexted: Readonly<Record<PhoneNumberType, string | undefined>> = {
  MOBILE: undefined,
  FIXED_LINE: undefined,
  FIXED_LINE_OR_MOBILE: undefined,
  VOIP: undefined,
  TOLL_FREE: undefined,
  PREMIUM_RATE: 'a premium-rate number',
  SHARED_COST: 'a shared-cost number',
  PERSONAL_NUMBER: 'a personal number, which costs extra',
  PAGER: 'a pager',
  UAN: 'a company’s shared number, which may cost extra',
  VOICEMAIL: 'a voice mailbox',
};

/**
 * Why this number may not be texted, by where it leads; `undefined` if it may. Countries are denied unless listed: texts
 * sent to far countries for a share of their price are the usual way to make money of somebody else’s bot.
 */
export function destinationRefusal(facts: NumberFacts, allowed: readonly Country[]): Refusal | undefined {
  switch (facts.type) {
    case 'short-code':
      return notTextable('a short code takes no texts from other numbers');
    case 'sender-id':
      return notTextable('a name is no number; nothing can be sent to it');
    case 'unassigned':
      return notTextable('no country’s numbering plan has this number');
    case 'satellite':
      return typeNotAllowed('a satellite telephone');
    case 'international':
      return typeNotAllowed('an international service number');
    case 'line': {
      const kind = notTexted[facts.line];
      if (kind !== undefined) return typeNotAllowed(kind);
      return allowed.includes(facts.country) ? undefined : countryNotAllowed(facts.country);
    }
  }
}

const notTextable = (why: string): Refusal => ({ code: 'not-textable', reason: `Not sent: ${why}.` });

const typeNotAllowed = (kind: string): Refusal => ({
  code: 'number-type-not-allowed',
  reason: `Not sent: the number is ${kind}; such numbers are never texted.`,
});

const countryNotAllowed = (country: Country): Refusal => ({
  code: 'country-not-allowed',
  reason: `Not sent: texts to ${countryName(country)} are not allowed (setting ALLOWED_COUNTRIES).`,
});
