import type { Calls } from './calls/openCalls.ts';
import type { DialsHolder } from './dialsHolder.ts';
import type { Exchange } from './exchange.ts';
import type { IdentityDesk } from './identity/openIdentities.ts';

/** Everything of ACS's that a fresh world has none of. */
export interface Kept {
  readonly exchange: Exchange;
  readonly identityDesk: IdentityDesk;
  readonly calls: Calls;
}

/** What stands beside ACS and is made fresh with it. */
export interface Beside {
  readonly eventGrid: { clear(): void };
  readonly dials: DialsHolder;
  readonly alsoReset?: (() => Promise<void>) | undefined;
}

/** A fresh world. Calls end first: nothing they still do may reach it. */
export async function resetAcs(
  { eventGrid, dials, alsoReset }: Beside,
  { exchange, identityDesk, calls }: Kept,
): Promise<void> {
  const { deliveries, ledger, limiter, inProgress } = exchange;
  await calls.clear();
  await deliveries.stop();
  ledger.clear();
  limiter.clear();
  inProgress.clear();
  identityDesk.clear();
  eventGrid.clear();
  dials.reset();
  await alsoReset?.();
}
