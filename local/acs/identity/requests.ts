import { lifetime, ownRefusals, refusals, type Scope, scopes, type WireError } from './rules.ts';

/** A request that the service refuses; the route answers with `wire`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.body.error.message);
    this.wire = wire;
  }
}

/** What a token is asked to be. */
export interface TokenWish {
  readonly scopes: readonly Scope[];
  readonly minutes: number;
}

export interface TeamsExchange {
  readonly token: string;
  readonly appId: string;
  readonly userId: string;
}

type Fields = Readonly<Record<string, unknown>>;

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads `POST /identities`: `undefined` for an identity alone, as without a body, and with no scopes and no lifetime. */
export function readCreate(body: Uint8Array): TokenWish | undefined {
  const { createTokenWithScopes: wanted, expiresInMinutes } = body.length === 0 ? {} : readFields(body);
  if (expiresInMinutes === undefined && (wanted === undefined || isEmpty(wanted))) return undefined;
  if (wanted === undefined || wanted === null || isEmpty(wanted)) throw new Refusal(refusals.missingScopes);
  return { scopes: readScopes(wanted, 'CreateTokenWithScopes'), minutes: readLifetime(expiresInMinutes) };
}

/** Reads `POST /identities/{id}/:issueAccessToken`. */
export function readIssue(body: Uint8Array): TokenWish {
  const { scopes: wanted, expiresInMinutes } = readFields(body);
  if (wanted === undefined || wanted === null || isEmpty(wanted)) throw new Refusal(refusals.missing('Scopes'));
  return { scopes: readScopes(wanted, 'Scopes'), minutes: readLifetime(expiresInMinutes) };
}

/** Reads `POST /teamsUser/:exchangeAccessToken`; what the token itself says is not looked at here. */
export function readExchange(body: Uint8Array): TeamsExchange {
  const fields = readFields(body);
  const appId = readGuid(fields['appId'], 'AppId');
  const userId = readGuid(fields['userId'], 'UserId');
  return { token: String(fields['token'] ?? ''), appId, userId };
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function readGuid(value: unknown, field: 'AppId' | 'UserId'): string {
  if (value === undefined || value === null || value === '') throw new Refusal(refusals.missing(field));
  if (typeof value !== 'string' || !guid.test(value)) throw new Refusal(refusals.malformedId(field));
  return value.toLowerCase();
}

function readScopes(value: unknown, field: 'Scopes' | 'CreateTokenWithScopes'): readonly Scope[] {
  if (!Array.isArray(value)) throw new Refusal(ownRefusals.unknownScope(value, field));
  return [...new Set(value)].map((found) => {
    const scope = scopes.find((known) => known === found);
    if (scope === undefined) throw new Refusal(ownRefusals.unknownScope(found, field));
    return scope;
  });
}

function readLifetime(value: unknown): number {
  if (value === undefined || value === null) return lifetime.default;
  const isGood = typeof value === 'number' && Number.isInteger(value);
  if (isGood && value >= lifetime.least && value <= lifetime.most) return value;
  throw new Refusal(refusals.lifetime(typeof value === 'number' ? value : JSON.stringify(value)));
}

function readFields(body: Uint8Array): Fields {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  } catch {
    // The same as any other body that is no object.
  }
  throw new Refusal(ownRefusals.malformedBody);
}
