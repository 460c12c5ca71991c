import type { RecordingRef, RecordingStore } from '../../shared/calls/recordings.ts';
import { atOf, type EntryKey } from '../../shared/conversations/keys.ts';

/** Recordings in memory, `kept` by conversation, call and recording. */
export function memoryRecordings(kept = new Map<string, Uint8Array>()): RecordingStore {
  return {
    keep: async (ref, wav) => void kept.set(nameOf(ref), wav),
    read: async (ref, { from, to }) => kept.get(nameOf(ref))?.slice(from, to + 1),
    async erase(conversation, upTo) {
      for (const name of kept.keys()) {
        const [of, key] = name.split('/');
        if (of === conversation && atOf(key as EntryKey) <= upTo) kept.delete(name);
      }
    },
  };
}

const nameOf = ({ conversation, key, recording }: RecordingRef): string => `${conversation}/${key}/${recording}`;
