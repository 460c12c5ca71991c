import type { Columns, Value } from './entityTable.ts';

/* Limits: https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model */
const mostColumns = 252;
/** 64 KiB of UTF-16. */
const longestText = 32_768;
const columnName = /^[A-Za-z]\w{0,254}$/;
/** The service's own names, and those which the SDK turns into them. */
const reserved = new Set(['PartitionKey', 'RowKey', 'Timestamp', 'partitionKey', 'rowKey', 'timestamp', 'etag']);

/** Calls `refuse` with the reason when the service would not take these columns. */
export function checkColumns(columns: Columns, refuse: (why: string) => never): void {
  let present = 0;
  for (const [name, value] of Object.entries(columns)) {
    if (value === undefined) continue;
    present += 1;
    if (!columnName.test(name) || reserved.has(name)) refuse(`no column may be named ${JSON.stringify(name)}`);
    if (!fits(value)) refuse(`column ${name} cannot hold this ${typeof value}`);
  }
  if (present > mostColumns) refuse(`a row has at most ${mostColumns} columns, not ${present}`);
}

/** The columns as they come back: absent ones fall away, JSON has no negative zero, and UTF-8 no half of a surrogate pair. */
export function storedColumns(columns: Columns): Readonly<Record<string, Value>> {
  const present: [string, Value][] = [];
  for (const [name, value] of Object.entries(columns)) if (value !== undefined) present.push([name, stored(value)]);
  return Object.fromEntries(present);
}

function stored(value: Value): Value {
  if (typeof value === 'string') return value.toWellFormed();
  return value === 0 ? 0 : value;
}

function fits(value: Value): boolean {
  switch (typeof value) {
    case 'string':
      return value.length <= longestText;
    case 'number':
      return Number.isFinite(value);
    case 'bigint':
      return BigInt.asIntN(64, value) === value;
    case 'boolean':
      return true;
  }
}
