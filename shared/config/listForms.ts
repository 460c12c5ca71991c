import * as z from 'zod/mini';
import { type Country, parseCountry } from '../core/countries.ts';
import { secureUrl } from '../core/loopback.ts';
import { type PhoneNumber, parsePhoneNumber } from '../core/phoneNumbers.ts';

/** Addresses as they stand in a token's `iss`, letter for letter. */
export const issuers = z.pipe(
  z.string(),
  z.transform((list, context): readonly string[] => {
    const written = list.split(',').map((issuer) => issuer.trim());
    const faults = [
      ...written.filter((issuer) => secureUrl(issuer) === undefined).map((none) => `"${none}" is no https address`),
      ...written
        .filter((one, at) => written.findIndex((other) => sameAddress(one, other)) < at)
        .map((one) => `${one} is there twice`),
    ];
    if (faults.length > 0)
      context.issues.push({ code: 'custom', message: `has faults: ${faults.join('; ')}`, input: list });
    return written;
  }),
);

const sameAddress = (one: string, other: string): boolean => addressOf(one) === addressOf(other);
const addressOf = (text: string): string => URL.parse(text)?.href.replace(/\/$/, '') ?? text;

/** Kinds as `shared/sms/numberKinds.ts` names them; runtime checks that they are known. */
export interface NumberSetting {
  readonly number: PhoneNumber;
  readonly kind?: string | undefined;
}

export const numbers = z.pipe(
  z.string(),
  z.transform((list, context): readonly NumberSetting[] => {
    const parts = list.split(',').map((part) => part.trim().split('='));
    return parts.flatMap(([written = '', kind]) => {
      const number = parsePhoneNumber(written);
      if (number !== undefined) return [{ number, kind }];
      context.issues.push({ code: 'custom', message: `has a number that cannot be read: "${written}"`, input: list });
      return [];
    });
  }),
);

export const countries = z.pipe(
  z.string(),
  z.transform((list, context): 'own' | readonly Country[] => {
    if (list.trim() === 'own') return 'own';
    return list.split(',').flatMap((written) => {
      const country = parseCountry(written.trim());
      if (country !== undefined) return [country];
      context.issues.push({ code: 'custom', message: `has what is no country: "${written.trim()}"`, input: list });
      return [];
    });
  }),
);

/** Whom scopes are given to, and which; words as `shared/identity/scopes.ts` has them, and runtime checks that they are known. */
export interface ScopeSetting {
  readonly holder: string;
  readonly scopes: readonly string[];
}

const parts = (text: string): readonly string[] => text.split(';').filter((part) => part.trim() !== '');

export const scopesByHolder = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (text) => parts(text).every((part) => /^[^=]+=[^=]*$/.test(part)),
        'must be such as signed-in=voip.join;agent=voip,chat',
      ),
    ),
  z.transform((text): readonly ScopeSetting[] =>
    parts(text).map((part) => {
      const [holder = '', list = ''] = part.split('=');
      return { holder: holder.trim(), scopes: list.split(',').flatMap((scope) => scope.trim() || []) };
    }),
  ),
);

/** RFC 7064 and 7065: no user, no path; `transport` is TURN's alone. */
const iceUrls = (form: RegExp, example: string) =>
  z.pipe(
    z
      .string()
      .check(
        z.refine(
          (text) => text === '' || text.split(',').every((url) => form.test(url.trim())),
          `must be addresses such as ${example}, separated by commas`,
        ),
      ),
    z.transform((text): readonly string[] => (text === '' ? [] : text.split(',').map((url) => url.trim()))),
  );

export const stunUrls = iceUrls(/^stuns?:(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i, 'stun:turn.example.com:3478');
export const turnUrls = iceUrls(
  /^turns?:(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i,
  'turns:turn.example.com:5349?transport=tcp',
);
