import type { Dials } from '../../dials.ts';
import { localResource } from '../connection.ts';
import { type RateLimiter, rateLimiter } from '../rateLimiter.ts';
import { type Identities, identitiesOf } from './identities.ts';
import { type IdentityLedger, openIdentityLedger } from './ledger.ts';
import { limits } from './rules.ts';
import { type UserTokens, userTokens } from './userTokens.ts';

export interface IdentitiesOptions {
  /** A file that keeps identities and the state of their tokens over a restart; without it they end with the process. */
  readonly journal: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly dials: () => Dials;
}

/** ACS's identities with all they stand on. */
export interface IdentityDesk {
  readonly identities: Identities;
  readonly ledger: IdentityLedger;
  readonly tokens: UserTokens;
  readonly limiter: RateLimiter;
  /** Forgets everything, on disk too. */
  clear(): void;
  close(): void;
}

export function openIdentities({ journal, now, dials }: IdentitiesOptions): IdentityDesk {
  const ledger = openIdentityLedger(journal, now());
  const tokens = userTokens();
  const limiter = rateLimiter(now, limits.window);
  const goneIdentity = () => dials().switches.goneIdentity;
  return {
    identities: identitiesOf({ ledger, tokens, resource: localResource, now, goneIdentity }),
    ledger,
    tokens,
    limiter,
    clear() {
      ledger.clear();
      limiter.clear();
    },
    close: () => ledger.close(),
  };
}
