import type { CompactJWSHeaderParameters, JWTPayload } from 'jose';
import { AppError } from '../core/errors.ts';
import type { Clock } from '../core/time.ts';
import type { IssuerKeys } from './issuerKeys.ts';

/** Whose tokens are taken, and what they must say. */
export interface Trust {
  readonly keysOf: ReadonlyMap<string, IssuerKeys>;
  readonly audience: string;
  readonly requiredClaims: readonly string[];
  /** Signatures that are taken; only the issuer can make them. */
  readonly algorithms: readonly string[];
}

/** What a token says that is to be believed. */
export interface Verified {
  readonly issuer: string;
  readonly payload: JWTPayload;
}

/** An HMAC could be made by whoever knows the issuer's public key, `none` by anybody. */
export const publicKeyAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;

/** Seconds that the issuer's clock and ours may differ. */
const clockTolerance = 60;
/** Characters; more than any issuer makes, and less than it takes to keep us busy. */
const longestToken = 16_384;
const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;

/**
 * Verifies the bearer token of an Authorization header. An issuer that is not trusted is refused before anybody is asked. Throws
 * `unauthenticated`, or `unavailable` while the issuer's keys cannot be had.
 */
export async function verifyToken(authorization: string | null, trust: Trust, clock: Clock): Promise<Verified> {
  const { decodeJwt, jwtVerify } = await import('jose');
  const token = tokenIn(authorization);
  const issuer = claimedIssuer(token, decodeJwt);
  const keys = trust.keysOf.get(issuer);
  if (keys === undefined) throw new AppError('unauthenticated', 'The token is of an issuer that is not trusted here.');
  const { payload } = await jwtVerify(token, (header, signed) => keys.keyFor(plain(header), signed), {
    issuer,
    audience: trust.audience,
    algorithms: [...trust.algorithms],
    clockTolerance,
    currentDate: new Date(clock.now()),
    requiredClaims: [...trust.requiredClaims],
  }).catch(refuse);
  return { issuer, payload };
}

function tokenIn(authorization: string | null): string {
  if (authorization === null) throw new AppError('unauthenticated', 'Bring a token: Authorization: Bearer …');
  const token = authorization.length > longestToken ? undefined : bearer.exec(authorization)?.[1];
  if (token === undefined) throw new AppError('unauthenticated', 'The Authorization header holds no bearer token.');
  return token;
}

/** Nothing is believed yet: this only says with whose keys to look. */
function claimedIssuer(token: string, decode: typeof import('jose').decodeJwt): string {
  try {
    return String(decode(token).iss);
  } catch (error) {
    return refuse(error);
  }
}

/** RFC 7515 §4.1.11, RFC 7797: no extension is understood here, declared critical or not. Keys come from nothing in here. */
function plain<H extends CompactJWSHeaderParameters>(header: H): H {
  if (header.crit === undefined && header.b64 === undefined) return header;
  throw new AppError('unauthenticated', 'The token is not valid: its header has an extension.');
}

/** The library's word for what is wrong names a claim or an algorithm and no value, so it may be told. */
function refuse(error: unknown): never {
  if (error instanceof AppError) throw error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const why = String(code).startsWith('ERR_J') ? `: ${message}` : '';
  throw new AppError('unauthenticated', `The token is not valid${why}.`, { cause: error });
}
