import { randomUUID } from 'node:crypto';
import { decodeJwt, type JWTPayload } from 'jose';
import { digest } from '../../../shared/core/hash.ts';
import type { Dials } from '../../dials.ts';
import type { IdentityLedger, KnownToken } from './ledger.ts';
import { Refusal, type TeamsExchange, type TokenWish } from './requests.ts';
import { ownRefusals, refusals } from './rules.ts';
import type { UserTokens } from './userTokens.ts';

export interface IdentitiesNeeds {
  readonly ledger: IdentityLedger;
  readonly tokens: UserTokens;
  /** GUID of the resource, which all its identities bear. */
  readonly resource: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly goneIdentity: () => Dials['switches']['goneIdentity'];
}

/** As the wire has it. */
export interface AccessToken {
  readonly token: string;
  /** ISO 8601 with seven fractional digits and an offset. */
  readonly expiresOn: string;
}

export type TokenState = 'valid' | 'expired' | 'revoked' | 'identity-deleted';

/** What ACS does about identities. Each throws a `Refusal` for what the service refuses. */
export interface Identities {
  create(): string;
  issue(identity: string, wish: TokenWish): Promise<AccessToken>;
  revoke(identity: string): void;
  /** Deleting what is deleted already is no error: a client repeats a request whose answer was lost. */
  delete(identity: string): void;
  exchange(exchange: TeamsExchange): Promise<AccessToken>;
  stateOf(token: KnownToken): TokenState;
  /** `unknown`: never issued here, or issued so long ago that it is forgotten. */
  check(token: string): TokenState | 'unknown';
}

export function identitiesOf(needs: IdentitiesNeeds): Identities {
  const { ledger, now } = needs;
  const stateOf = (token: KnownToken): TokenState => {
    if (ledger.identity(token.identity)?.deletedAt !== undefined) return 'identity-deleted';
    if (token.revoked) return 'revoked';
    return token.expiresAt <= now() ? 'expired' : 'valid';
  };
  return {
    create() {
      const identity = `8:acs:${needs.resource}_${randomUUID()}`;
      ledger.record({ type: 'created', identity, at: now() });
      return identity;
    },
    issue(identity, { scopes, minutes }) {
      requireExisting(identity, needs);
      return issue(identity, { scopes, expiresAt: Math.floor(now() / 1_000) + minutes * 60 }, needs);
    },
    revoke(identity) {
      requireExisting(identity, needs);
      ledger.record({ type: 'revoked', identity, at: now() });
    },
    delete(identity) {
      if (isDeleted(identity, needs)) return;
      requireExisting(identity, needs);
      ledger.record({ type: 'deleted', identity, at: now() });
    },
    async exchange(exchange) {
      const expiresAt = expiryOf(exchange, now());
      return await issue(`8:orgid:${exchange.userId}`, { scopes: ['chat', 'voip'], expiresAt }, needs);
    },
    stateOf,
    check(token) {
      const known = ledger.token(digest(token));
      return known === undefined ? 'unknown' : stateOf(known);
    },
  };
}

const isDeleted = (identity: string, { ledger }: IdentitiesNeeds): boolean =>
  ledger.identity(identity)?.deletedAt !== undefined;

function requireExisting(identity: string, { ledger, resource, goneIdentity }: IdentitiesNeeds): void {
  if (!identity.startsWith(`8:acs:${resource}_`)) throw new Refusal(refusals.notOwned);
  const known = ledger.identity(identity);
  if (known !== undefined && known.deletedAt === undefined) return;
  throw new Refusal(goneIdentity() === 'notFound' ? ownRefusals.gone : refusals.notOwned);
}

interface Granted {
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Kept before it is given away, so that no token is out that the world does not know. */
async function issue(identity: string, { scopes, expiresAt }: Granted, needs: IdentitiesNeeds): Promise<AccessToken> {
  const { ledger, tokens, resource, now } = needs;
  const issuedAt = Math.floor(now() / 1_000);
  const skypeid = identity.replace(/^8:/, '');
  const token = await tokens.sign({ skypeid, scopes, resource, issuedAt, expiresAt });
  const times = { issuedAt: issuedAt * 1_000, expiresAt: expiresAt * 1_000 };
  ledger.record({ type: 'issued', token: { id: digest(token), identity, scopes, ...times } });
  return { token, expiresOn: new Date(times.expiresAt).toISOString().replace('Z', '0000+00:00') };
}

/**
 * When a Teams user's token ends, in seconds. There is no Entra here whose signature could be looked at: any unexpired JWT
 * will do, as long as it is about this user and this application, where it says.
 */
function expiryOf({ token, appId, userId }: TeamsExchange, now: number): number {
  const claims = claimsOf(token);
  if (claims.exp === undefined || claims.exp * 1_000 <= now) throw new Refusal(refusals.invalidToken);
  if ((claims['oid'] ?? userId) !== userId) throw new Refusal(refusals.otherUser);
  if ((claims['appid'] ?? claims['azp'] ?? appId) !== appId) throw new Refusal(ownRefusals.otherApp);
  return Math.floor(claims.exp);
}

function claimsOf(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new Refusal(refusals.invalidToken);
  }
}
