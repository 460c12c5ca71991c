import * as z from 'zod/mini';
import { type PhoneNumber, parsePhoneNumber } from '../core/phoneNumbers.ts';

/** Somebody on a call, as the wire writes them; kind and number may be left out (`4:+1425…`, `4:anonymous`, `8:acs:…`). */
export const identifier = z.looseObject({
  rawId: z.optional(z.string()),
  phoneNumber: z.nullish(z.looseObject({ value: z.optional(z.string()) })),
  communicationUser: z.nullish(z.looseObject({ id: z.string() })),
});

type Identifier = z.output<typeof identifier>;

/** Whom we keep calls under whose numbers are withheld. */
const anonymous = 'anonymous' as PhoneNumber;

/** The telephone number of somebody on a call; `undefined` if they have none, as a user identity has. */
export function numberOf({ rawId = '', phoneNumber }: Identifier): PhoneNumber | undefined {
  const written = phoneNumber?.value ?? (/^4:(.+)$/.exec(rawId)?.[1] as string | undefined);
  if (written === undefined) return undefined;
  return /^\+?anonymous$/i.test(written) ? anonymous : parsePhoneNumber(written);
}
