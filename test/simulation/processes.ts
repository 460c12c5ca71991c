import { AppError } from '../../shared/core/errors.ts';
import { childOf, type Id } from './dice.ts';
import type { Stage } from './stage.ts';

/** One process of a worker, from its start to its end. */
export interface Life {
  readonly worker: Worker;
  dead: boolean;
  /** It does nothing before this, by the agenda. */
  frozenUntil: number;
  /** Tells those who wait for an answer that none will come. */
  readonly callers: Set<Caller>;
}

/** A machine that runs the app, again after each death; `ahead` is its clock's error in milliseconds. */
export interface Worker {
  readonly name: string;
  readonly ahead: number;
  life: Life;
}

/** Somebody's call of a use case on a worker. */
export interface Caller {
  readonly id: Id;
  readonly label: string;
  readonly life: Life;
  /** Effects begun so far, which number the next. */
  effects: number;
  died(): void;
}

export type Ending<T> =
  | { readonly type: 'returned'; readonly value: T }
  | { readonly type: 'threw'; readonly error: unknown }
  /** The process ended in the middle of it: the caller sees a broken connection. */
  | { readonly type: 'died' };

/** A call to be made. */
export interface Call<T> {
  readonly id: Id;
  readonly label: string;
  readonly use: (caller: Caller) => Promise<T>;
  readonly ended: (ending: Ending<T>) => void;
}

export interface Crew {
  call<T>(call: Call<T>): void;
  /** In how many milliseconds somebody is there who looks into a queue: a process that stands still does not. */
  awakeIn(): number;
}

/** The workers, and whoever is free of them for a call. */
export function crew(stage: Stage, clocks: readonly number[], surprised: (error: unknown) => void): Crew {
  const workers = clocks.map((ahead, n) => worker(`worker ${n + 1}`, ahead));

  function lifeFor(id: Id): Life {
    const awake = workers.filter(({ life }) => life.frozenUntil <= stage.agenda.now());
    const able = awake.length > 0 ? awake : workers;
    return able[childOf(id, 99) % able.length]!.life;
  }

  return {
    awakeIn: () => Math.max(0, Math.min(...workers.map(({ life }) => life.frozenUntil)) - stage.agenda.now()),
    call({ id, label, use, ended }) {
      const life = lifeFor(id);
      const end = (ending: Parameters<typeof ended>[0]) => {
        if (life.callers.delete(caller)) ended(ending);
      };
      const caller: Caller = { id, label, life, effects: 0, died: () => end({ type: 'died' }) };
      life.callers.add(caller);
      const threw = (error: unknown) => {
        if (!(error instanceof AppError)) surprised(error);
        end({ type: 'threw', error });
      };
      const begin = () => void use(caller).then((value) => end({ type: 'returned', value }), threw);
      if (life.frozenUntil > stage.agenda.now()) goOn(life, { ms: 0, stage }, begin);
      else begin();
    },
  };
}

function worker(name: string, ahead: number): Worker {
  const made = { name, ahead } as Worker;
  made.life = born(made);
  return made;
}

const born = (of: Worker): Life => ({ worker: of, dead: false, frozenUntil: 0, callers: new Set() });

/** The process ends: nothing that it waits for ever comes, and no line of it runs any more. Another one starts. */
export function kill(life: Life, stage: Stage): void {
  stage.tell?.(life.worker.name, 'DIES');
  life.dead = true;
  life.worker.life = born(life.worker);
  for (const caller of [...life.callers]) caller.died();
}

/** The process stands still for so many milliseconds. */
export function freeze(life: Life, ms: number, stage: Stage): void {
  stage.tell?.(life.worker.name, `STANDS STILL for ${ms / 1_000} s`);
  life.frozenUntil = Math.max(life.frozenUntil, stage.agenda.now() + ms);
}

/** Lets a process go on with what has come for it, after so many milliseconds or when it moves again; never, once it is dead. */
export function goOn(life: Life, { ms, stage }: { readonly ms: number; readonly stage: Stage }, act: () => void): void {
  stage.agenda.after(ms, () => {
    if (life.dead) return;
    const still = life.frozenUntil - stage.agenda.now();
    if (still > 0) goOn(life, { ms: still, stage }, act);
    else act();
  });
}
