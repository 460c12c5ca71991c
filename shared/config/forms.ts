import * as z from 'zod/mini';
import { isLoopback, secureUrl } from '../core/loopback.ts';

export const text = z.string().check(z.minLength(1, 'must not be empty'));

export const storageConnection = z
  .string()
  .check(
    z.regex(
      /UseDevelopmentStorage=true|AccountName=[^;]+;.*(AccountKey|SharedAccessSignature)=|(Blob|Queue|Table)Endpoint=/i,
      'is no connection string of a storage account',
    ),
  );

/** As the SDK reads it; https, or http on this machine itself. */
export const acsConnection = z.string().check(
  z.regex(/^endpoint=[^;]+;accesskey=.+$/i, 'must be endpoint=https://…;accesskey=…'),
  z.refine(
    (text) => secureUrl(/endpoint=([^;]*)/i.exec(text)?.[1] ?? '') !== undefined,
    'has an endpoint that is not https',
  ),
);

export const secureAddress = z
  .string()
  .check(z.refine((text) => secureUrl(text) !== undefined, 'must be an https address'));

export const ownAddress = z
  .string()
  .check(z.refine((text) => isLoopback(URL.parse(text)?.hostname ?? ''), 'must be an address on this machine itself'));

/** A token is sent nowhere in the clear. */
export const tlsAddress = z
  .string()
  .check(z.refine((text) => URL.parse(text)?.protocol === 'https:', 'must be an https address'));

export const accountName = z
  .string()
  .check(z.regex(/^[a-z0-9]{3,24}$/, 'must be 3 to 24 lower-case letters and digits'));

export const seconds = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a whole number of seconds, 1 or more')),
  z.transform((digits) => Number(digits) * 1_000),
);

export const days = z.pipe(
  z.string().check(z.regex(/^\d{1,5}$/, 'must be a whole number of days')),
  z.transform((digits) => Number(digits) * 86_400_000),
);

export const count = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 to 999999')),
  z.transform(Number),
);

export const segments = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1 to 999999999')),
  z.transform(Number),
);

export const yesOrNo = z.pipe(
  z.enum(['true', 'false'], 'must be true or false'),
  z.transform((word) => word === 'true'),
);

/** What may be left empty, which is as good as not set. */
export const optional = (schema: z.ZodMiniType<string, string>) =>
  z.pipe(
    z.union([z.literal(''), schema]),
    z.transform((text) => text || undefined),
  );

export const key = z.string().check(z.minLength(32, 'must have at least 32 characters'));

/** More would not fit into one row. */
export const perHour = z.pipe(
  z.string().check(z.regex(/^([1-9]\d{0,2}|1000)$/, 'must be a whole number from 1 to 1000')),
  z.transform(Number),
);

export const guid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID'));
