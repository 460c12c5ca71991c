import type { Logger } from '../core/logger.ts';
import type { Rand } from '../core/rand.ts';
import type { Clock } from '../core/time.ts';
import type { IdentityMap } from './identityMap.ts';
import type { IdentityProvider } from './identityProvider.ts';
import type { ScopesByHolder } from './scopes.ts';

export interface IdentitySettings {
  /** Makes users' pseudonyms. */
  readonly conversationKey: string;
  readonly scopes: ScopesByHolder;
  readonly tokensPerHour: number;
  /** Without it, no tokens of Teams users are exchanged. */
  readonly teamsClientId: string | undefined;
}

/** What the use cases of identity reach the world through. */
export interface IdentityServices {
  readonly clock: Clock;
  readonly rand: Rand;
  readonly log: Logger;
  /** Resolves after so many milliseconds. */
  readonly pause: (ms: number) => Promise<unknown>;
  readonly map: IdentityMap;
  readonly provider: IdentityProvider;
  readonly settings: IdentitySettings;
}

/** Who calls, as their verified token says. */
export interface Person {
  readonly issuer: string;
  readonly subject: string;
  readonly objectId?: string | undefined;
  readonly roles: readonly ('agent' | 'admin')[];
}
