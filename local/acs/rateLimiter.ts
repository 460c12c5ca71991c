import { rateLimits } from './rules.ts';

interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly weight: number;
}

/** Counts what was asked for in the last minute, or another window, under any name. */
export interface RateLimiter {
  /** `undefined` while it fits; else after how many milliseconds it would, if nobody asked meanwhile. */
  ask(name: string, weight: number, limit: number): number | undefined;
  clear(): void;
}

/** A sliding window of so many milliseconds. Refused requests count too, as the service says of itself. */
export function rateLimiter(now: () => number, window: number = rateLimits.window): RateLimiter {
  const logs = new Map<string, Asked[]>();
  return {
    ask(name, weight, limit) {
      const at = now();
      const recent = (logs.get(name) ?? []).filter((asked) => at - asked.at < window);
      const wait = waitFor(recent, { at, weight }, { limit, window });
      logs.set(name, [...recent, { at, weight }]);
      return wait;
    },
    clear: () => logs.clear(),
  };
}

/** How long until enough of what was asked lies outside the window. */
function waitFor(
  recent: readonly Asked[],
  asked: Asked,
  { limit, window }: { readonly limit: number; readonly window: number },
): number | undefined {
  let excess = recent.reduce((sum, { weight }) => sum + weight, asked.weight) - limit;
  if (excess <= 0) return undefined;
  for (const { at, weight } of recent) {
    excess -= weight;
    if (excess <= 0) return at + window - asked.at;
  }
  return window;
}
