import { AppError } from '../../shared/core/errors.ts';
import type { IdentityServices } from '../../shared/identity/identityServices.ts';

/**
 * What befalls one effect. `before`, `after`: the process dies there, and nothing it awaits ever settles. `fail`: not done,
 * and said so. `lose`: done, and the answer lost. `echo`, of writes: done, repeated beneath, and so answered "changed".
 */
export const faults = ['before', 'after', 'fail', 'lose', 'echo'] as const;
export interface Trouble {
  readonly process: number;
  /** Which of the process's effects, from 0. */
  readonly effect: number;
  readonly fault: (typeof faults)[number];
}

type Choose = (options: number) => number;

/** Runs once for each way in which its choices can go. */
export async function everyWay(run: (choose: Choose) => Promise<void>): Promise<number> {
  let path: { choice: number; options: number }[] = [];
  for (let runs = 1; ; runs++) {
    let at = 0;
    await run((options) => {
      const step = path[at] ?? { choice: 0, options };
      path[at] = step;
      at += 1;
      return step.choice;
    });
    path = path.slice(0, at);
    while (path.length > 0 && path.at(-1)!.choice + 1 >= path.at(-1)!.options) path.pop();
    const last = path.at(-1);
    if (last === undefined) return runs;
    last.choice += 1;
  }
}

export interface Schedule {
  readonly choose: Choose;
  readonly trouble?: Trouble | undefined;
  /** How often at most another process goes on although the last could; without it, any number of times. */
  readonly switches?: number | undefined;
}

const died = new Promise<never>(() => {});
const idle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs processes side by side, one effect at a time, in the order chosen. Resolves when each is done, has failed or has
 * died: to what each came to (`undefined` for one that died), and whether the trouble happened.
 */
export async function sideBySide<T>(
  processes: readonly ((services: IdentityServices) => Promise<T>)[],
  services: IdentityServices,
  { choose, trouble, switches = Number.POSITIVE_INFINITY }: Schedule,
) {
  const waiting = new Map<number, () => void>();
  const ends: (PromiseSettledResult<T> | undefined)[] = processes.map(() => undefined);
  let troubled = false;

  const stepped = (process: number): IdentityServices => {
    let effects = 0;
    const step = async <R>(act: () => Promise<R>, isWrite = false): Promise<R> => {
      const effect = effects++;
      await new Promise<void>((go) => waiting.set(process, go));
      if (trouble?.process !== process || trouble.effect !== effect) return act();
      if (trouble.fault === 'echo' && !isWrite) return act();
      troubled = true;
      if (trouble.fault === 'before') return died;
      const failed = new AppError(isWrite ? 'storage-failed' : 'unavailable', 'trouble');
      if (trouble.fault === 'fail') throw failed;
      await act();
      if (trouble.fault === 'after') return died;
      if (trouble.fault === 'echo') return undefined as R;
      throw failed;
    };
    const { map, provider } = services;
    return {
      ...services,
      map: {
        read: (user) => step(() => map.read(user)),
        write: (user, row, etag) => step(() => map.write(user, row, etag), true),
      },
      provider: {
        createUser: () => step(() => provider.createUser()),
        issueToken: (user, wish) => step(() => provider.issueToken(user, wish)),
        revokeTokens: (user) => step(() => provider.revokeTokens(user)),
        deleteUser: (user) => step(() => provider.deleteUser(user)),
        exchangeTeamsToken: (exchange) => step(() => provider.exchangeTeamsToken(exchange)),
      },
    };
  };

  for (const [n, process] of processes.entries())
    process(stepped(n)).then(
      (value) => {
        ends[n] = { status: 'fulfilled', value };
      },
      (reason) => {
        ends[n] = { status: 'rejected', reason };
      },
    );
  let last: number | undefined;
  for (let left = switches; ; ) {
    await idle();
    const ready = [...waiting.keys()].sort();
    if (ready.length === 0) return { ends, troubled };
    const goesOn = last !== undefined && waiting.has(last);
    const next = goesOn && left === 0 ? last! : ready[choose(ready.length)]!;
    if (goesOn && next !== last) left -= 1;
    last = next;
    const go = waiting.get(next)!;
    waiting.delete(next);
    go();
  }
}
