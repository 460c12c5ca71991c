import type { CryptoKey, FlattenedJWSInput, JWTHeaderParameters, RemoteJWKSet } from 'jose';
import { AppError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { secureUrl } from '../core/loopback.ts';
import type { Clock } from '../core/time.ts';

interface Reach {
  readonly clock: Clock;
  readonly log: Logger;
}

/** All in milliseconds. A key that the issuer takes back is trusted for `refreshAfter` at most, or for `keepFor` while it cannot be asked. */
const refreshAfter = 10 * 60_000;
const keepFor = 24 * 60 * 60_000;
/** An issuer is asked no more often than this, however many tokens name keys that it does not have. */
const askEvery = 30_000;
/** An issuer of whom no key is known, because it does not answer, is asked no more often than this. */
const knockEvery = 2_000;
const answerWithin = 5_000;

const tokenFaults = ['ERR_JWKS_NO_MATCHING_KEY', 'ERR_JWKS_MULTIPLE_MATCHING_KEYS', 'ERR_JOSE_NOT_SUPPORTED'];

/**
 * The keys with which an OIDC issuer signs, found by discovery and from nothing that a token says. Known keys outlast an
 * outage of the issuer; a key that may be newer than what we know is `unavailable`, not wrong, until we may ask again.
 */
export class IssuerKeys {
  readonly #issuer: URL;
  readonly #configuration: string;
  readonly #reach: Reach;
  #set: Promise<RemoteJWKSet> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;
  #loadedAt = Number.NEGATIVE_INFINITY;
  #failedAt = Number.NEGATIVE_INFINITY;

  /**
   * `configuration`: where the issuer's discovery document is, if not where OpenID Connect has it. Throws `invalid-configuration`
   * for an issuer that is not https; on this machine itself http will do.
   */
  constructor(issuer: string, reach: Reach, configuration?: string) {
    this.#issuer = secure(issuer, 'The issuer');
    const usual = `${this.#issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`;
    this.#configuration = secure(configuration ?? usual, 'The place of the discovery document').href;
    this.#reach = reach;
  }

  /** The key that a token's header names. Throws `unavailable`, or the library's error for a header that names none of them. */
  async keyFor(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const set = await this.#discovered();
    const asked = await this.#refreshed(set);
    try {
      return await set(header, token);
    } catch (error) {
      if (!tokenFaults.includes(codeOf(error))) throw unavailable(error);
      if (codeOf(error) !== 'ERR_JWKS_NO_MATCHING_KEY' || asked) throw error;
      if (!this.#mayAsk(set)) throw unavailable(error);
      await this.#ask(set);
      return await set(header, token);
    }
  }

  /** The place of the keys does not change while a process lives; a failure is remembered only for as long as to ask not too often. */
  async #discovered(): Promise<RemoteJWKSet> {
    if (this.#reach.clock.now() - this.#failedAt < knockEvery) throw unavailable(undefined);
    this.#set ??= discover(this.#issuer, this.#configuration).catch((error: unknown) => {
      this.#set = undefined;
      this.#failedAt = this.#reach.clock.now();
      throw error instanceof AppError ? error : unavailable(error);
    });
    return this.#set;
  }

  /** Whether the issuer was asked just now. One that does not answer leaves what is known standing, until it is too old. */
  async #refreshed(set: RemoteJWKSet): Promise<boolean> {
    const age = this.#reach.clock.now() - this.#loadedAt;
    if (age < refreshAfter || (age < keepFor && !this.#mayAsk(set))) return false;
    if (!this.#mayAsk(set, knockEvery)) throw unavailable(undefined);
    try {
      await this.#ask(set);
      return true;
    } catch (error) {
      if (age >= keepFor) throw error;
      this.#reach.log('warn', 'auth.keys-not-refreshed', { age });
      return false;
    }
  }

  /** Joining a question that is on its way costs nothing. */
  #mayAsk(set: RemoteJWKSet, pause = askEvery): boolean {
    return set.reloading || this.#reach.clock.now() - this.#askedAt >= pause;
  }

  async #ask(set: RemoteJWKSet): Promise<void> {
    this.#askedAt = this.#reach.clock.now();
    try {
      await set.reload();
    } catch (error) {
      throw unavailable(error);
    }
    this.#loadedAt = this.#reach.clock.now();
  }
}

/** OpenID Connect Discovery 1.0: the document must name the very issuer it was asked of, or it vouches for another. */
async function discover(issuer: URL, address: string): Promise<RemoteJWKSet> {
  const response = await fetch(address, { signal: AbortSignal.timeout(answerWithin), redirect: 'error' });
  if (!response.ok) throw new Error(`The issuer answered ${response.status} to discovery.`);
  const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (typeof found.issuer !== 'string' || new URL(found.issuer).href !== issuer.href)
    throw new AppError('invalid-configuration', 'The discovery document is of another issuer than the one configured.');
  const { createRemoteJWKSet } = await import('jose');
  // When to ask again is decided above, where an outage is told from an unknown key; hence no expiry of the library's own.
  const options = { timeoutDuration: answerWithin, cacheMaxAge: Infinity, cooldownDuration: Infinity };
  return createRemoteJWKSet(secure(String(found.jwks_uri), 'The place of the issuer’s keys'), options);
}

function secure(text: string, what: string): URL {
  const url = secureUrl(text);
  if (url !== undefined) return url;
  throw new AppError('invalid-configuration', `${what} must be an https address, or http on this machine itself.`);
}

const codeOf = (error: unknown): string => String((error as { readonly code?: unknown } | undefined)?.code);

const unavailable = (cause: unknown): AppError =>
  new AppError('unavailable', 'The issuer of tokens could not be asked for its keys.', { cause });
