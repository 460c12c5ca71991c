import { AppError } from '../../core/errors.ts';
import type { Key, Operation, RowRange } from './entityTable.ts';
import { checkColumns } from './storedColumns.ts';

/*
 * What the Table service refuses, refused before a request is spent, and alike by every implementation
 * (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
 */
const mostOperations = 100;
const mostRowsOfAPage = 1_000;
const longestKey = 512;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what keys must not hold.
const unfitForKeys = /[/\\#?\u0000-\u001f\u007f-\u009f]/;

export function checkTransaction(partition: string, operations: readonly Operation[]): void {
  if (operations.length < 1 || operations.length > mostOperations)
    refuse(`a transaction takes 1 to ${mostOperations} operations, not ${operations.length}`);
  if (new Set(operations.map(({ row }) => row)).size < operations.length) refuse('a transaction touches each row once');
  for (const operation of operations) {
    checkKey({ partition, row: operation.row });
    if (operation.type !== 'delete') checkColumns(operation.columns, refuse);
  }
}

export function checkKey({ partition, row }: Key): void {
  for (const key of [partition, row])
    if (key.length > longestKey || unfitForKeys.test(key) || !key.isWellFormed())
      refuse(`no key may be ${JSON.stringify(key.slice(0, 80))}`);
}

export function checkQuery(range: RowRange, size: number): void {
  checkKey({ partition: range.partition, row: '' });
  if (!Number.isInteger(size) || size < 1 || size > mostRowsOfAPage)
    refuse(`a page holds 1 to ${mostRowsOfAPage} rows, not ${size}`);
}

function refuse(why: string): never {
  throw new AppError('storage-failed', `Storage cannot do this: ${why}.`);
}
