import type { ReadyRecording } from '../../shared/calls/keepRecording.ts';
import { serverCallId } from './fakeCalls.ts';
import { file } from './script.ts';

/** Where the provider has a file. */
export const places = (name: string) => ({
  contentLocation: `https://at/${name}/content`,
  deleteLocation: `https://at/${name}`,
});

/** The first message of a call, and a second one, with the parts that they came in. */
export const first = (...parts: string[]): ReadyRecording => ready(1, parts);
export const second = (...parts: string[]): ReadyRecording => ready(2, parts);
const ready = (number: number, parts: readonly string[]): ReadyRecording => ({
  serverCallId,
  recordingId: `recording-${number}`,
  startedAt: number * 1_000,
  parts: parts.map(places),
});

/** Puts files where the provider has them. */
export function put(atProvider: Map<string, Uint8Array>, files: Readonly<Record<string, Uint8Array>>): void {
  for (const [name, bytes] of Object.entries(files)) {
    const { contentLocation, deleteLocation } = places(name);
    atProvider.set(contentLocation, bytes);
    atProvider.set(deleteLocation, bytes);
  }
}

/** What is not removed yet, by its name. */
export const leftAt = (atProvider: ReadonlyMap<string, Uint8Array>): readonly string[] =>
  [...atProvider.keys()].filter((location) => !location.endsWith('/content')).map((location) => location.slice(-1));

const { steps } = file.calls;

/** A playbook that takes two messages, one after the other. */
export const twice = {
  ...file,
  calls: {
    ...file.calls,
    steps: {
      ...steps,
      message: { voicemail: { prompt: 'One.' }, go: 'other' },
      other: { voicemail: { prompt: 'Two.' }, go: 'thanks' },
    },
  },
};
