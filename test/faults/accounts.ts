import { azureEntityTable } from '../../shared/adapters/storage/azureEntityTable.ts';
import { callIndex } from '../../shared/adapters/storage/callIndex.ts';
import { droppedBlobs } from '../../shared/adapters/storage/droppedBlobs.ts';
import { recordingBlobs } from '../../shared/adapters/storage/recordingBlobs.ts';
import { segmentLedger } from '../../shared/adapters/storage/segmentLedger.ts';
import { wakeQueue } from '../../shared/adapters/storage/wakeQueue.ts';
import type { RecordingRef } from '../../shared/calls/recordings.ts';
import { parseWake } from '../../shared/conversations/wakeQueue.ts';
import { takeAccount } from '../support/storage.ts';
import { beginning } from './passing.ts';

/** Runs that share an account. Azurite reads a whole table for every query, so that each run makes the next slower. */
const runs = 20;

/** Gives out accounts in which everything is there that the app makes at its first use, each for so many runs one after the other. */
export function accounts(): () => Promise<string> {
  let current: Promise<string> | undefined;
  let left = 0;
  return () => {
    if (left-- === 0 || current === undefined) {
      current = prepared();
      left = runs - 1;
    }
    return current;
  };
}

async function prepared(): Promise<string> {
  const connectionString = takeAccount();
  const clock = { now: () => beginning };
  const tableOf = (table: string) => azureEntityTable({ connectionString, table });
  const nobody = { partition: 'nobody', operations: [{ type: 'upsert', row: 'nothing', columns: {} }] } as const;
  const conversation = 'n'.repeat(22);
  const ref = { conversation, key: 'nothing', recording: 'nothing' } as RecordingRef;
  const wakes = wakeQueue({ connectionString, clock });
  const rand = { token: () => 'nobody', fraction: () => 0 };
  await Promise.all([
    ...['conversations', 'inbox'].map((table) => tableOf(table).transact(nobody.partition, nobody.operations)),
    segmentLedger({ table: tableOf('limits'), rand, clock, perDay: 1_000_000, tranche: 50 }).take(1),
    wakes.arm(parseWake({ conversation, erase: true })!, beginning),
    wakes.armSettling(parseWake({ conversation, erase: true })!, beginning),
    droppedBlobs({ connectionString, clock }).keep({}, 'nothing'),
    callIndex(tableOf('calls')).remember('nobody', ref),
    recordingBlobs({ connectionString }).keep(ref, new Uint8Array()),
  ]);
  return connectionString;
}
