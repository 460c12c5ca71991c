import * as z from 'zod/mini';
import { isSubscriberForm } from '../numbers.ts';
import { refuse } from './refusal.ts';

/** Whoever may be on a call: somebody with a telephone (`4:+1…`), or a user of ACS (`8:acs:…`). */
export interface Identifier {
  readonly kind: 'phoneNumber' | 'communicationUser';
  readonly rawId: string;
}

/** As requests bring it; media operations leave `kind` out. */
export const identifierSchema = z.object({
  rawId: z.optional(z.string()),
  phoneNumber: z.optional(z.object({ value: z.string() })),
  communicationUser: z.optional(z.object({ id: z.string() })),
});
export type WireIdentifier = z.output<typeof identifierSchema>;

export const phone = (number: string): Identifier => ({ kind: 'phoneNumber', rawId: `4:${number}` });
const userForm = /^8:acs:[^_\s]+_[^_\s]+$/;

/** Somebody as a number or a raw id names him; `undefined` for anybody that cannot be called here. */
export function readRawId(rawId: string): Identifier | undefined {
  if (userForm.test(rawId)) return { kind: 'communicationUser', rawId };
  const number = rawId.replace(/^4:/, '');
  return isSubscriberForm(number) ? phone(number) : undefined;
}

/** Refused if it is nobody that can be called here. */
export function readIdentifier({ rawId, phoneNumber, communicationUser }: WireIdentifier): Identifier {
  const named = phoneNumber?.value ?? communicationUser?.id ?? rawId ?? '';
  return (
    readRawId(named) ??
    refuse('invalid', `${JSON.stringify(named)} is neither a phone number in E.164 with "+" nor a user "8:acs:…".`)
  );
}

/** The number of somebody with a telephone, the id of a user. */
export const nameOf = ({ rawId }: Identifier): string => rawId.replace(/^4:/, '');

/** As answers and events have it. */
export const wireOf = (identifier: Identifier) =>
  identifier.kind === 'phoneNumber'
    ? { ...identifier, phoneNumber: { value: nameOf(identifier) } }
    : { ...identifier, communicationUser: { id: identifier.rawId } };
