import { app } from '@azure/functions';
import { lazily } from '../../shared/core/lazily.ts';
import { type Call, functionMark, type Recorded } from './recorder.ts';

/** A trigger file, by what it registers; `load` evaluates it and everything it needs. */
export interface Part {
  readonly calls: readonly Call[];
  readonly load: () => Promise<{ readonly recorded: Recorded }>;
}

/**
 * Carries out the calls of all trigger files as they were written down when the app was built. Where they hand over a
 * function, the file is evaluated when it is first called.
 */
export function register(parts: readonly Part[]): void {
  for (const { calls, load } of parts) {
    const part = lazily(async () => {
      const { recorded } = await load();
      recorded.close();
      return recorded.calls;
    });
    for (const [index, call] of calls.entries()) carryOut(call, async () => (await part())[index]?.args);
  }
}

function carryOut({ path, args }: Call, live: () => Promise<readonly unknown[] | undefined>): void {
  const lazy = (place: readonly string[]): unknown => {
    return async (...given: readonly unknown[]) => {
      const found = at(await live(), place) as (...given: readonly unknown[]) => unknown;
      return found(...given);
    };
  };
  const revived = revive(args, lazy) as readonly unknown[];
  const [owner, method] = [at(app, path.slice(0, -1)), path.at(-1) ?? ''];
  (owner as Record<string, (...args: readonly unknown[]) => unknown>)[method]?.(...revived);
}

const at = (from: unknown, place: readonly string[]): unknown =>
  place.reduce((value, name) => (value as Record<string, unknown>)[name], from);

/** The value with every mark replaced by what `lazy` makes of its place. */
function revive(value: unknown, lazy: (place: readonly string[]) => unknown, place: readonly string[] = []): unknown {
  if (value === functionMark) return lazy(place);
  if (Array.isArray(value)) return value.map((item, n) => revive(item, lazy, [...place, String(n)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, revive(item, lazy, [...place, name])]));
}
