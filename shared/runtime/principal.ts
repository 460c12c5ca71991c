import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { type AuthSettings, type Caller, type Claims, callerOf } from './caller.ts';

/** Of App Service authentication; it takes away what a client sends under this name, but only where it is on. */
export const principalHeader = 'x-ms-client-principal';

/** Characters; more than the host takes of all headers together. */
const longest = 32_768;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

const principal = z.object({ claims: z.array(z.object({ typ: z.string(), val: z.string() })) });

/**
 * Under these names the platform hands on some of a token's claims, the rest as they are
 * (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities).
 */
const renamed: ReadonlyMap<string, string> = new Map([
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier', 'sub'],
  ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'],
  ['http://schemas.microsoft.com/identity/claims/scope', 'scp'],
  ['http://schemas.microsoft.com/ws/2008/06/identity/claims/role', 'roles'],
  ['http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name', 'name'],
]);

/**
 * Whom the platform has signed in, held to the same issuers and the same audience as a token. Its expiry is the platform's
 * affair: a session outlasts the token it began with. Throws `unauthenticated`; a provider without `iss` is trusted by none.
 */
export function callerOfPrincipal(header: string, settings: AuthSettings): Caller {
  const claims = claimsIn(header);
  const { iss, aud } = claims;
  if (typeof iss !== 'string' || !settings.issuers.includes(iss))
    throw new AppError('unauthenticated', 'The platform signed in somebody of an issuer that is not trusted here.');
  if (aud !== undefined && ![aud].flat().includes(settings.audience))
    throw new AppError('unauthenticated', 'The platform signed somebody in for another audience.');
  return callerOf(claims, iss, settings);
}

/** A claim that is there several times is a list. */
function claimsIn(header: string): Claims {
  const { data } = principal.safeParse(header.length > longest || !base64.test(header) ? undefined : json(header));
  if (data === undefined) throw new AppError('unauthenticated', `What is in ${principalHeader} cannot be read.`);
  const byName = Map.groupBy(data.claims, ({ typ }) => renamed.get(typ) ?? typ);
  return Object.fromEntries([...byName].map(([name, claims]) => [name, onlyOr(claims.map(({ val }) => val))]));
}

const onlyOr = (values: readonly string[]) => (values.length === 1 ? values[0] : values);

function json(header: string): unknown {
  try {
    return JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}
