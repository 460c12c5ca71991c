/** What a column can hold; `bigint` is an Int64, `number` a finite double or Int32. A column that is `undefined` is absent. */
export type Value = string | number | bigint | boolean;

export type Columns = Readonly<Record<string, Value | undefined>>;

export interface Key {
  readonly partition: string;
  readonly row: string;
}

export interface Entity extends Key {
  readonly etag: string;
  readonly columns: Readonly<Record<string, Value>>;
}

/**
 * One step of a transaction. `insert` wants the row absent; `replace` and `merge` want it present, and unchanged where
 * an `etag` is given; `upsert` replaces or makes; `delete` wants it present (the SDK offers no ETag there).
 */
export type Operation =
  | { readonly type: 'insert' | 'upsert'; readonly row: string; readonly columns: Columns }
  | { readonly type: 'replace' | 'merge'; readonly row: string; readonly columns: Columns; readonly etag?: string }
  | { readonly type: 'delete'; readonly row: string };

/** `failed` names the operation that did not hold, by its place in the transaction; nothing of it was written. */
export type TransactResult =
  | { readonly type: 'done'; readonly etags: readonly (string | undefined)[] }
  | { readonly type: 'failed'; readonly index: number; readonly reason: 'exists' | 'missing' | 'changed' };

export interface RowRange {
  readonly partition: string;
  /** Rows from here, inclusive. */
  readonly from: string;
  /** Rows below this. */
  readonly below: string;
}

export interface EntityPage {
  readonly entities: readonly Entity[];
  /** Opaque; absent on the last page. */
  readonly cursor?: string;
}

/**
 * The one narrow port under all table logic. Anything but the outcomes named here is thrown as an `AppError`
 * `storage-failed`. A write whose answer was lost is repeated beneath, so `exists`, `missing` and `changed` may be the
 * echo of our own success: the caller reads back and compares.
 */
export interface EntityTable {
  get(key: Key): Promise<Entity | undefined>;
  /** All or nothing, 1 to 100 operations on distinct rows of one partition; a single operation costs one plain request. */
  transact(partition: string, operations: readonly Operation[]): Promise<TransactResult>;
  /** In ascending row order; `size` is at most 1,000. A page may be shorter than asked while a cursor is present. */
  query(range: RowRange, size: number, cursor?: string): Promise<EntityPage>;
}
