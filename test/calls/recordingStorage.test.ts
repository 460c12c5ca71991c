import { describe, expect, test } from 'vitest';
import { azureEntityTable } from '../../shared/adapters/storage/azureEntityTable.ts';
import { callIndex } from '../../shared/adapters/storage/callIndex.ts';
import { memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { recordingBlobs } from '../../shared/adapters/storage/recordingBlobs.ts';
import type { RecordingRef } from '../../shared/calls/recordings.ts';
import { conversationIdOf, entryIdOf, entryKeyOf, recordingIdOf } from '../../shared/conversations/keys.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { takeAccount } from '../support/storage.ts';
import { memoryRecordings } from './memoryRecordings.ts';

const at = (ms: number) => ticksOf(Date.parse('2026-11-24T12:00:00Z') + ms);
const ref = (ms: number, recording = 'one', who = subscriber): RecordingRef => ({
  conversation: conversationIdOf('key', local, who),
  key: entryKeyOf(at(ms), 'other', entryIdOf({ type: 'call', correlationId: `${ms}` })),
  recording: recordingIdOf(recording),
});
const bytes = (...values: number[]) => new Uint8Array(values);

describe.each([
  ['in memory', () => memoryRecordings()],
  ['as blobs', () => recordingBlobs({ connectionString: takeAccount() })],
])('recordings %s', (_, aStore) => {
  test('are read in part, each for itself, and kept again are as they were', async () => {
    const store = aStore();
    const read = async (recording: RecordingRef) => {
      const found = await store.read(recording, { from: 1, to: 2 });
      return found && [...found];
    };
    expect(await read(ref(0))).toBeUndefined();
    await store.keep(ref(0), bytes(1, 2, 3, 4));
    await store.keep(ref(0), bytes(1, 2, 3, 4));
    await store.keep(ref(0, 'two'), bytes(5, 6, 7, 8));
    expect([await read(ref(0)), await read(ref(0, 'two')), await read(ref(0, 'three'))]).toEqual([
      [2, 3],
      [6, 7],
      undefined,
    ]);
  });

  test('are erased up to an instant, every one of a call, and those of nobody else', async () => {
    const store = aStore();
    const other = ref(0, 'one', '+14255550177' as PhoneNumber);
    await store.erase(other.conversation, at(0));
    const all = [ref(-1), ref(0), ref(0, 'two'), ref(1), other];
    for (const each of all) await store.keep(each, bytes(1));
    for (let n = 0; n < 2; n++) {
      await store.erase(ref(0).conversation, at(0));
      const left = await Promise.all(
        all.map(async (each) => (await store.read(each, { from: 0, to: 0 })) !== undefined),
      );
      expect(left).toEqual([false, false, false, true, true]);
    }
  });
});

describe.each([
  ['in memory', () => callIndex(memoryEntityTable())],
  ['in Table Storage', () => callIndex(azureEntityTable({ connectionString: takeAccount(), table: 'calls' }))],
])('the index of calls %s', (_, anIndex) => {
  test('leads from whatever the provider calls a call to its entry', async () => {
    const index = anIndex();
    const { conversation, key } = ref(0);
    const odd = 'aHR0cHM6Ly9hcGk/c=1#\\ü\u0000';
    expect(await index.find(odd)).toBeUndefined();
    await index.remember(odd, { conversation, key });
    await index.remember(odd, { conversation, key });
    expect([await index.find(odd), await index.find(`${odd}x`)]).toEqual([{ conversation, key }, undefined]);
  });
});
