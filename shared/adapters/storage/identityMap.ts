import type { IdentityMap, IdentityRow } from '../../identity/identityMap.ts';
import type { UserId } from '../../identity/identityProvider.ts';
import type { Columns, Entity, EntityTable } from './entityTable.ts';

const row = 'identity';

/** Identities in the table `identities`: a partition for each user, with one row in it. */
export const identityMap = (table: EntityTable): IdentityMap => ({
  async read(user) {
    const entity = await table.get({ partition: user, row });
    return entity && { value: rowOf(entity), etag: entity.etag };
  },
  async write(user, value, etag) {
    const columns = columnsOf(value);
    const operation =
      etag === undefined
        ? ({ type: 'insert', row, columns } as const)
        : ({ type: 'replace', row, columns, etag } as const);
    const result = await table.transact(user, [operation]);
    return result.type === 'done' ? result.etags[0] : undefined;
  },
});

const columnsOf = ({ identity, deleting, issued, attempt }: IdentityRow): Columns => ({
  identity,
  deleting,
  issued: issued.join(','),
  attempt,
});

function rowOf({ columns: { identity, deleting, issued, attempt } }: Entity): IdentityRow {
  return {
    ...(identity !== undefined && { identity: String(identity) as UserId }),
    ...(deleting === true && { deleting }),
    issued: String(issued).split(',').filter(Boolean).map(Number),
    attempt: String(attempt),
  };
}
