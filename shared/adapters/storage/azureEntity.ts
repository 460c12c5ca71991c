import type { TableEntity, TableEntityResult, TransactionAction } from '@azure/data-tables';
import { AppError } from '../../core/errors.ts';
import type { Entity, Operation, Value } from './entityTable.ts';
import { storedColumns } from './storedColumns.ts';

/** An operation in the SDK's words. */
export function actionOf(partition: string, operation: Operation): TransactionAction {
  const keys = { partitionKey: partition, rowKey: operation.row };
  if (operation.type === 'delete') return ['delete', keys];
  const entity: TableEntity = { ...keys, ...properties(operation) };
  switch (operation.type) {
    case 'insert':
      return ['create', entity];
    case 'upsert':
      return ['upsert', entity, 'Replace'];
    case 'replace':
      return ['update', entity, 'Replace', condition(operation)];
    case 'merge':
      return ['update', entity, 'Merge', condition(operation)];
  }
}

/** A row as the SDK read it, without what the service added. */
export function entityOf(read: TableEntityResult<Record<string, unknown>>): Entity {
  const { partitionKey = '', rowKey = '', etag, timestamp: _, ...properties } = read;
  const columns = Object.entries(properties).filter(([name]) => !name.startsWith('odata.'));
  return {
    partition: partitionKey,
    row: rowKey,
    etag,
    columns: Object.fromEntries(columns.map(([name, value]) => [name, readValue(name, value)])),
  };
}

type Written = Exclude<Operation, { type: 'delete' }>;
type Updated = Extract<Operation, { etag?: string }>;

const properties = ({ columns }: Written): Record<string, unknown> =>
  Object.fromEntries(Object.entries(storedColumns(columns)).map(([name, value]) => [name, propertyOf(value)]));

/** Whole numbers past 32 bits are named as doubles: JSON shows no difference, and the service would take them for an Int32. */
const propertyOf = (value: Value): unknown =>
  typeof value === 'number' && value !== (value | 0) ? { type: 'Double', value } : value;

/** The SDK's default is any ETag. */
const condition = ({ etag }: Updated) => (etag === undefined ? {} : { etag });

function readValue(name: string, value: unknown): Value {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
    case 'boolean':
      return value;
    default:
      throw new AppError('storage-failed', `Column ${name} holds a kind of value that is never written here.`);
  }
}
