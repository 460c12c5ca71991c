import fc from 'fast-check';
import type { Columns, EntityTable, Operation, Value } from '../../../shared/adapters/storage/entityTable.ts';
import { AppError } from '../../../shared/core/errors.ts';

/** Which ETag an operation goes under: none, the row's latest, or one that the row no longer has (or never had). */
type Condition = 'none' | 'fresh' | 'stale';

interface Step {
  readonly type: Operation['type'];
  readonly row: string;
  readonly columns: Columns;
  readonly under: Condition;
}

export type Command =
  | { readonly type: 'get'; readonly row: string }
  | { readonly type: 'transact'; readonly steps: readonly Step[] }
  | {
      readonly type: 'query';
      readonly from: string;
      readonly below: string;
      readonly size: number;
      readonly go: boolean;
    };

/** Few rows and few columns, so that commands meet; more that makes rows than takes them away. */
const row = fc.constantFrom('a', 'b', 'c', "it's", 'é%');
const bound = fc.constantFrom('a', 'b', 'c', "it's", 'é');
const lowest = '';
const highest = '\uffff';

const value: fc.Arbitrary<Value | undefined> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.boolean(),
  fc.constant(undefined),
);

const step: fc.Arbitrary<Step> = fc.record({
  type: fc.constantFrom('insert', 'insert', 'upsert', 'upsert', 'upsert', 'replace', 'merge', 'delete'),
  row,
  columns: fc.dictionary(fc.constantFrom('x', 'y', 'z'), value),
  under: fc.constantFrom('none', 'fresh', 'fresh', 'stale'),
});

const steps = fc.oneof(
  { weight: 12, arbitrary: fc.uniqueArray(step, { minLength: 1, maxLength: 4, selector: (each) => each.row }) },
  { weight: 1, arbitrary: fc.array(step, { maxLength: 3 }) },
);

export const commands: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ type: fc.constant('get' as const), row }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constant('transact' as const), steps }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant('query' as const),
        from: fc.oneof(fc.constant(lowest), bound),
        below: fc.oneof(fc.constant(highest), bound),
        size: fc.integer({ min: 1, max: 3 }),
        go: fc.boolean(),
      }),
    },
  ),
  { minLength: 1, maxLength: 12 },
);

const neverGiven = 'W/"datetime\'2026-11-24T04%3A38%3A00.0000000Z\'"';

/**
 * Runs the commands, then reads everything, and tells what came of each. ETags differ between implementations, so each
 * is told as how many its row had had before.
 */
export async function run(table: EntityTable, partition: string, all: readonly Command[]): Promise<unknown[]> {
  const etags = new Map<string, string[]>();
  let cursor: string | undefined;
  const known = (of: string) => etags.get(of) ?? [];
  const learn = (of: string, etag: string | undefined) => {
    if (etag !== undefined && !known(of).includes(etag)) etags.set(of, [...known(of), etag]);
    return etag === undefined ? undefined : known(of).indexOf(etag);
  };
  const etagFor = ({ row: of, under }: Step) => known(of).at(under === 'fresh' ? -1 : -2) ?? neverGiven;
  const operation = (each: Step): Operation => {
    const { type, columns, under } = each;
    if (type === 'delete') return { type, row: each.row };
    if (type === 'insert' || type === 'upsert' || under === 'none') return { type, row: each.row, columns };
    return { type, row: each.row, columns, etag: etagFor(each) };
  };

  async function observe(command: Command): Promise<unknown> {
    switch (command.type) {
      case 'get': {
        const entity = await table.get({ partition, row: command.row });
        return entity && { ...entity, etag: learn(entity.row, entity.etag) };
      }
      case 'transact': {
        const result = await table.transact(partition, command.steps.map(operation));
        if (result.type === 'failed') return result;
        return { ...result, etags: command.steps.map(({ row: of }, n) => learn(of, result.etags[n])) };
      }
      case 'query': {
        const page = await table.query({ partition, ...command }, command.size, command.go ? cursor : undefined);
        cursor = page.cursor;
        return {
          ...page,
          entities: page.entities.map((entity) => ({ ...entity, etag: learn(entity.row, entity.etag) })),
        };
      }
    }
  }

  const observed: unknown[] = [];
  for (const command of [...all, everything]) observed.push(await observe(command).catch(codeOf));
  return observed;
}

const everything: Command = { type: 'query', from: lowest, below: highest, size: 1_000, go: false };

function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  throw error;
}
