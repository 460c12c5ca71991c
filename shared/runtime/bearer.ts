import type { JWTPayload } from 'jose';
import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { Clock } from '../core/time.ts';
import { IssuerKeys } from './issuerKeys.ts';

/** Whose tokens are taken, and where in them a role is found. */
export interface AuthSettings {
  /** As in the tokens' `iss`; discovery starts here. */
  readonly issuer: string;
  readonly audience: string;
  /** A claim's name, or a path to it with dots; it holds a list of words, or words with spaces between them. */
  readonly rolesClaim: string;
  /** What the issuer calls each role. */
  readonly roles: { readonly agent: string; readonly admin: string };
}

/** Who calls, as the issuer vouches for them; an admin holds the role of agent too. */
export interface Caller {
  /** Names a person within the issuer, never to be reused; what we know an agent by. */
  readonly subject: string;
  readonly issuer: string;
  readonly name?: string | undefined;
  readonly roles: readonly ('agent' | 'admin')[];
}

/** Reads an Authorization header. Throws `unauthenticated`, or `unavailable` while the issuer's keys cannot be had. */
export type Authenticate = (authorization: string | null) => Promise<Caller>;

/** Signatures that only the issuer can make; an HMAC could be made by whoever knows its public key, `none` by anybody. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Seconds that the issuer's clock and ours may differ. */
const clockTolerance = 60;
/** Characters; more than any issuer makes, and less than it takes to keep us busy. */
const longestToken = 16_384;
/** OpenID Connect Core 1.0 §2: a subject has at most 255 characters. */
const longestSubject = 255;
const bearer = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;

/** Authenticates by the issuer's signature alone: the platform's own identity headers can be forged wherever it is off. */
export function bearerAuthentication(
  settings: AuthSettings,
  reach: { readonly clock: Clock; readonly log: Logger },
): Authenticate {
  const keys = new IssuerKeys(settings.issuer, reach);
  return async (authorization) => {
    const { jwtVerify } = await import('jose');
    const { payload } = await jwtVerify(tokenIn(authorization), (header, token) => keys.keyFor(header, token), {
      issuer: settings.issuer,
      audience: settings.audience,
      algorithms,
      clockTolerance,
      currentDate: new Date(reach.clock.now()),
      requiredClaims: ['exp', 'sub'],
    }).catch(refuse);
    return callerOf(payload, settings);
  };
}

function tokenIn(authorization: string | null): string {
  if (authorization === null) throw new AppError('unauthenticated', 'Bring a token: Authorization: Bearer …');
  const token = authorization.length > longestToken ? undefined : bearer.exec(authorization)?.[1];
  if (token === undefined) throw new AppError('unauthenticated', 'The Authorization header holds no bearer token.');
  return token;
}

/** The library's word for what is wrong names a claim or an algorithm and no value, so it may be told. */
function refuse(error: unknown): never {
  if (error instanceof AppError) throw error;
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  const why = String(code).startsWith('ERR_J') ? `: ${message}` : '';
  throw new AppError('unauthenticated', `The token is not valid${why}.`, { cause: error });
}

function callerOf(claims: JWTPayload, settings: AuthSettings): Caller {
  const { sub: subject, name } = claims;
  if (typeof subject !== 'string' || subject === '' || subject.length > longestSubject)
    throw new AppError('unauthenticated', 'The token is not valid: its subject is not one.');
  return {
    subject,
    issuer: settings.issuer,
    name: typeof name === 'string' ? name : undefined,
    roles: rolesIn(claims, settings),
  };
}

function rolesIn(claims: JWTPayload, { rolesClaim, roles }: AuthSettings): Caller['roles'] {
  const held = wordsIn(claimAt(claims, rolesClaim));
  if (held.includes(roles.admin)) return ['agent', 'admin'];
  return held.includes(roles.agent) ? ['agent'] : [];
}

/** The claim of that very name (some are URLs, with dots of their own), else what the path leads to. */
function claimAt(claims: JWTPayload, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, step) => {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return inside ? (value as Readonly<Record<string, unknown>>)[step] : undefined;
  }, claims);
}

function wordsIn(claim: unknown): readonly unknown[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim : [];
}
