import type { EntityTable, Operation } from '../../shared/adapters/storage/entityTable.ts';
import { AppError } from '../../shared/core/errors.ts';
import { childOf } from './dice.ts';
import { type Caller, freeze, goOn, kill } from './processes.ts';
import { type Stage, wayOf } from './stage.ts';
import type { StorageTrouble } from './troubles.ts';

/** A request on its way. All times are milliseconds from when they are given. */
interface Request {
  readonly caller: Caller;
  readonly stage: Stage;
  /** The usual way there and back. */
  readonly out: number;
  readonly back: number;
  /** Has it done after so long; `then` hears what came of it. */
  done(ms: number, then?: (answered: () => void) => void): void;
  /** Lets the caller hear an answer. */
  answer(ms: number, answered: () => void): void;
  fail(ms: number): void;
}

/** What each trouble does to a request; `ms` is how long it lasts. */
const fates: Readonly<Record<StorageTrouble, (request: Request, ms: number) => void>> = {
  'crash-before': ({ caller, stage }) => kill(caller.life, stage),
  'crash-after': ({ caller, stage, out, done }) => done(out, () => kill(caller.life, stage)),
  refused: ({ fail }, ms) => fail(ms),
  lost({ out, done, fail }, ms) {
    done(out);
    fail(out + ms);
  },
  echo: ({ out, back, done, answer }, ms) => done(out, () => done(ms, (answered) => answer(back, answered))),
  late({ out, back, done, fail }, ms) {
    fail(out + back);
    done(out + back + ms);
  },
  'stall-out': ({ out, back, done, answer }, ms) => done(out + ms, (answered) => answer(back, answered)),
  'stall-back': ({ out, back, done, answer }, ms) => done(out, (answered) => answer(back + ms, answered)),
  'freeze-before'({ caller, stage, out, back, done, answer }, ms) {
    freeze(caller.life, ms, stage);
    goOn(caller.life, { ms: 0, stage }, () => done(out, (answered) => answer(back, answered)));
  },
  'freeze-after': ({ caller, stage, out, back, done, answer }, ms) =>
    done(out, (answered) => {
      freeze(caller.life, ms, stage);
      answer(back, answered);
    }),
};

const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** Does something in storage for a caller, as well as the weather lets it. Once the caller's process is dead it never settles. */
export function storageEffect<T>(stage: Stage, caller: Caller, label: string, work: () => Promise<T>): Promise<T> {
  if (caller.life.dead) return never();
  const id = childOf(caller.id, caller.effects++);
  const roll = stage.roll(id);
  const [out, back] = [wayOf(roll), wayOf(roll)];
  const trouble = stage.trouble(id, 'storage', stage.worded ? `${caller.label}: ${label}` : label, roll);
  const who = caller.life.worker.name;
  return new Promise((resolve, reject) => {
    const answer: Request['answer'] = (ms, answered) => goOn(caller.life, { ms, stage }, answered);
    const request: Request = {
      caller,
      stage,
      out,
      back,
      answer,
      done(ms, then) {
        stage.agenda.after(ms, () => {
          stage.tell?.(who, `${caller.label}: ${label}`);
          work().then(
            (value) => then?.(() => resolve(value)),
            (error: unknown) => then?.(() => reject(error)),
          );
        });
      },
      fail: (ms) => answer(ms, () => reject(new AppError('storage-failed', `No answer: ${label}.`))),
    };
    if (trouble === undefined) request.done(out, (answered) => answer(back, answered));
    else fates[trouble.kind](request, trouble.ms);
  });
}

/** A table as a caller reaches it. */
export const reached = (stage: Stage, caller: Caller, table: EntityTable): EntityTable => ({
  get: (key) => storageEffect(stage, caller, `read ${nameOf(key.row)}`, () => table.get(key)),
  transact: (partition, operations) =>
    storageEffect(stage, caller, stage.worded ? wordsFor(operations) : '', () => table.transact(partition, operations)),
  query: (range, size, cursor) => storageEffect(stage, caller, 'read a page', () => table.query(range, size, cursor)),
});

const names: Readonly<Record<string, string>> = { e: 'message', c: 'consent', k: 'request', h: 'head' };

const nameOf = (row: string): string => names[row.charAt(0)] ?? 'inbox row';

/** What a transaction is about, such as `insert message, replace head`. */
const wordsFor = (operations: readonly Operation[]): string =>
  operations.map((operation) => `${operation.type} ${nameOf(operation.row)}${columnsIn(operation)}`).join(', ');

const telling = ['claimToken', 'nextTryAt', 'endedAs', 'acceptedAt', 'deliveredAt', 'undeliveredAt', 'resends'];

function columnsIn(operation: Operation): string {
  if (operation.type === 'delete' || operation.type === 'insert' || operation.row === 'head') return '';
  const { columns } = operation;
  const told = telling.filter((name) => columns[name] !== undefined).map((name) => `${name} ${columns[name]}`);
  return told.length === 0 ? '' : ` (${told.join(', ')})`;
}
