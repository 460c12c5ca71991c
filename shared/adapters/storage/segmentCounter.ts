import { AppError } from '../../core/errors.ts';
import type { Rand } from '../../core/rand.ts';
import type { Entity, EntityTable, Operation } from './entityTable.ts';

export interface SegmentCounter {
  readonly table: EntityTable;
  readonly rand: Rand;
  /** Segments of a day. */
  readonly perDay: number;
  /** Segments leased at a time, if the day has so many left. */
  readonly tranche: number;
  /** Waits before it tries again, milliseconds; by default on the process's own timer. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined;
}

interface Lease {
  readonly token: string;
  readonly size: number;
}

/** A day's row: how much of the day is leased, and the latest leases. */
interface Count {
  readonly day: string;
  readonly leased: number;
  readonly leases: readonly Lease[];
  /** Absent while the day has no row. */
  readonly etag?: string | undefined;
}

const partition = 'segments';
/** A lease whose answer was lost is known again by its token, unless more others than these were made meanwhile. */
const leasesKept = 16;
const tries = 12;
const longestPause = 500;

/**
 * Leases segments of a day (`2026-11-24`): at least as many as are wanted, or 0 if the day has not so many left, which
 * later asks no more of storage. One request, or two where others have leased since the last. A lease is counted before it is
 * known to its holder and is never given back, so what dies with a process or an answer is lost to the day, and no more
 * than `perDay` can ever be handed out. Throws `storage-failed`, and `busy` when others are always faster.
 */
export function segmentCounter({ table, rand, perDay, tranche, pause = onTimer }: SegmentCounter) {
  /** As it was read or written last; what it leaves of the day can only have become less since then. */
  let known: Count | undefined;
  /** A lease that may have been counted although we were not told: the next call asks for it once more. */
  let unsure: { readonly day: string; readonly token: string } | undefined;

  async function attempt(day: string, token: string, wanted: number): Promise<number | undefined> {
    const count = known?.day === day ? known : await read(table, day);
    known = undefined;
    const ours = count.leases.find((lease) => lease.token === token);
    const left = perDay - count.leased;
    if (ours !== undefined || left < wanted) {
      known = count;
      return ours?.size ?? 0;
    }
    const next = withLease(count, { token, size: Math.min(Math.max(tranche, wanted), left) });
    const written = await table.transact(partition, [writing(next)]);
    if (written.type === 'failed') return undefined;
    known = { ...next, etag: written.etags[0] };
    return next.leased - count.leased;
  }

  return async function lease(day: string, wanted: number): Promise<number> {
    const token = unsure?.day === day ? unsure.token : rand.token();
    unsure = { day, token };
    for (let n = 0; n < tries; n++) {
      const size = await attempt(day, token, wanted);
      if (size !== undefined) {
        unsure = undefined;
        return size;
      }
      await pause(rand.fraction() * Math.min(longestPause, 10 * 2 ** n));
    }
    throw new AppError('busy', 'Others keep changing the day’s counter of segments; try again.');
  };
}

async function read(table: EntityTable, day: string): Promise<Count> {
  const entity = await table.get({ partition, row: day });
  return entity === undefined ? { day, leased: 0, leases: [] } : countOf(day, entity);
}

const withLease = ({ leased, leases, ...row }: Count, lease: Lease): Count => ({
  ...row,
  leased: leased + lease.size,
  leases: [...leases, lease].slice(-leasesKept),
});

function writing({ day: row, leased, leases, etag }: Count): Operation {
  const columns = { leased, leases: leases.map(({ token, size }) => `${token}:${size}`).join() };
  return etag === undefined ? { type: 'insert', row, columns } : { type: 'replace', row, columns, etag };
}

const countOf = (day: string, { columns, etag }: Entity): Count => ({
  day,
  leased: Number(columns['leased']),
  leases: String(columns['leases']).split(',').map(leaseOf),
  etag,
});

function leaseOf(text: string): Lease {
  const [token = '', size] = text.split(':');
  return { token, size: Number(size) };
}

const onTimer = (ms: number): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, ms));
