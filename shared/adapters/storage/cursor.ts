import { AppError } from '../../core/errors.ts';
import type { RowRange } from './entityTable.ts';

/**
 * A cursor is the last row seen, in base64url: it leans on no service's continuation token, so it outlives restarts,
 * erased rows and the change from Azurite to Azure.
 */
export const cursorAfter = (row: string): string => Buffer.from(row).toString('base64url');

/** The row a page begins after. One that no page of this range can have given is `invalid-input`. */
export function rowOfCursor(cursor: string, { from, below }: RowRange): string {
  const row = Buffer.from(cursor, 'base64url').toString();
  if (cursorAfter(row) !== cursor || row < from || row >= below)
    throw new AppError('invalid-input', 'The cursor is not one that was given out here.');
  return row;
}
