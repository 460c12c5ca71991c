declare const number: unique symbol;

/** A number in the one form we keep: E.164 with `+`, a short code (3 to 8 digits) or an alphanumeric sender (up to 11 characters, at least one a letter). */
export type PhoneNumber = string & { readonly [number]: never };

const e164 = /^\+[1-9]\d{6,14}$/;
const shortCode = /^\d{3,8}$/;
const e164WithoutPlus = /^[1-9]\d{8,14}$/;
/** https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq ("Alphanumeric sender ID"). */
const alphanumeric = /^(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}$/;

/**
 * Reads a number as the wire brings it. Event Grid's samples carry some without `+`
 * (https://learn.microsoft.com/azure/event-grid/communication-services-telephony-sms-events), so nine or more bare
 * digits are an E.164 number and eight or fewer a short code. `undefined` when it is none of the three forms.
 */
export function parsePhoneNumber(text: string): PhoneNumber | undefined {
  const trimmed = text.trim();
  if (e164.test(trimmed) || shortCode.test(trimmed) || alphanumeric.test(trimmed)) return trimmed as PhoneNumber;
  if (e164WithoutPlus.test(trimmed)) return `+${trimmed}` as PhoneNumber;
  return undefined;
}

export const isE164 = (value: PhoneNumber): boolean => e164.test(value);
export const isShortCode = (value: PhoneNumber): boolean => shortCode.test(value);

const separators = /[\s().\-\u2010-\u2015/]/g;
/** How a number of another country is dialled in most of the world, and in North America. */
const abroad = /^(00|011)(?=[1-9]\d{6,14}$)/;
/** Ten digits as North America writes them (https://www.nationalnanpa.com, NPA-NXX-XXXX). */
const northAmerican = /^[2-9]\d{2}[2-9]\d{6}$/;

/**
 * The numbers that a person may mean by what they wrote; none where it is no number. Ten digits without a country may be one
 * of North America or one that begins with its country code: both, as only what is there is found.
 */
export function numbersMeant(text: string): readonly PhoneNumber[] {
  const plain = text.replace(separators, '').replace(abroad, '+');
  const readings = northAmerican.test(plain) ? [`+1${plain}`, plain] : [plain];
  return readings.flatMap((reading) => {
    const number = parsePhoneNumber(reading);
    return number !== undefined && (isE164(number) || isShortCode(number)) ? [number] : [];
  });
}

/** For logs: only the last two characters show. */
export const maskNumber = (value: string): string => `…${value.slice(-2)}`;
