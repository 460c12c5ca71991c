import type { PhoneNumberType } from 'libphonenumber-js/max';
import type { Country } from '../core/countries.ts';
import { lazily } from '../core/lazily.ts';
import { isE164, isShortCode, type PhoneNumber } from '../core/phoneNumbers.ts';

/** What a number tells of where it leads: a `line` in a country, or why it is none. */
export type NumberFacts =
  | { readonly type: 'line'; readonly country: Country; readonly line: PhoneNumberType }
  /** `international`: of no country, such as +800 or +979. `unassigned`: no numbering plan has it. */
  | { readonly type: 'short-code' | 'sender-id' | 'satellite' | 'international' | 'unassigned' };

/** Inmarsat, Iridium and its like, and the “international networks”, most of which are in the sky (ITU-T E.164, list of assigned codes). */
const satellite: readonly string[] = ['870', '881', '882', '883'];

const plans = lazily(() => import('libphonenumber-js/max'));

/**
 * Looks a number up in the numbering plans of the world. They are loaded when first wanted, since that takes 16 ms and a
 * start should not wait for it; only the whole of them tells kinds of line, the smaller sets do not.
 */
export async function factsOf(number: PhoneNumber): Promise<NumberFacts> {
  if (!isE164(number)) return { type: isShortCode(number) ? 'short-code' : 'sender-id' };
  const { parsePhoneNumberFromString } = await plans();
  const known = parsePhoneNumberFromString(number, { extract: false });
  if (known === undefined) return { type: 'unassigned' };
  if (satellite.includes(known.countryCallingCode)) return { type: 'satellite' };
  if (known.isNonGeographic()) return { type: 'international' };
  const line = known.getType();
  if (known.country === undefined || line === undefined) return { type: 'unassigned' };
  return { type: 'line', country: known.country as string as Country, line };
}
