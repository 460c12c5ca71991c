import { isE164, type PhoneNumber, parsePhoneNumber } from '../../shared/core/phoneNumbers.ts';
import type { NumberKind } from './rules.ts';

/** Our own numbers, each with who watches for STOP on it. */
export type ServiceNumbers = ReadonlyMap<PhoneNumber, NumberKind>;

/** A number, or a number whose kind its form does not tell, such as a short code of Canada. */
export type NumberSetting = string | { readonly number: string; readonly kind: NumberKind };

/** The numbers of the example world: one toll-free, one local. */
export const exampleNumbers: readonly string[] = ['+18005550100', '+14255550100'];

const tollFree = /^\+1(?:800|833|844|855|866|877|888)\d{7}$/;
const shortCode = /^\d{5,6}$/;
/** https://learn.microsoft.com/azure/communication-services/concepts/sms/sms-faq ("Alphanumeric sender ID"). */
const senderId = /^(?=.*[A-Za-z])[A-Za-z0-9 +\-_&]{1,11}$/;
/** Numbers of +1 have ten digits more; the service refuses others. */
const northAmerican = /^\+1\d{10}$/;

/** Strict, as the service is towards what it is sent: with `+`, and of a length that exists. */
export function isSubscriberForm(text: string): boolean {
  const number = parsePhoneNumber(text);
  return number === text && isE164(number) && (!text.startsWith('+1') || northAmerican.test(text));
}

export const isSenderForm = (text: string): boolean =>
  isSubscriberForm(text) || shortCode.test(text) || senderId.test(text);

/** Throws if a setting is no number: the world could not be told from another. */
export function serviceNumbers(settings: readonly NumberSetting[]): ServiceNumbers {
  return new Map(
    settings.map((setting) => {
      const { number, kind } = typeof setting === 'string' ? { number: setting, kind: kindOf(setting) } : setting;
      if (!isSenderForm(number)) {
        throw new Error(
          `"${number}" is no service number: give E.164 with "+", a short code, or an alphanumeric sender.`,
        );
      }
      return [number as PhoneNumber, kind];
    }),
  );
}

function kindOf(number: string): NumberKind {
  if (tollFree.test(number)) return 'toll-free';
  if (number.startsWith('+')) return 'long-code';
  return shortCode.test(number) ? 'short-code-us' : 'sender-id';
}
