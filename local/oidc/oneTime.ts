import { randomBytes } from 'node:crypto';

/** Secrets that are good for one use: codes, and refresh tokens. */
export interface OneTime<T> {
  /** A new secret that stands for the value. */
  put(value: T): string;
  /** What it stands for; `undefined` if it was used, is too old, or never was. Either way it is used now. */
  take(secret: string): T | undefined;
  /** Ends those whose value the test says. */
  end(test: (value: T) => boolean): void;
}

/** `life`: milliseconds. `now`: milliseconds since 1970. */
export function oneTime<T>(life: number, now: () => number): OneTime<T> {
  const kept = new Map<string, { readonly value: T; readonly until: number }>();
  return {
    put(value) {
      for (const [old, { until }] of kept) if (until <= now()) kept.delete(old);
      const secret = randomBytes(32).toString('base64url');
      kept.set(secret, { value, until: now() + life });
      return secret;
    },
    take(secret) {
      const found = kept.get(secret);
      kept.delete(secret);
      return found !== undefined && now() < found.until ? found.value : undefined;
    },
    end(test) {
      for (const [secret, { value }] of kept) if (test(value)) kept.delete(secret);
    },
  };
}
