import type { RecordedPart, RecordingSource } from './recordings.ts';
import { readWav, type Wav, writeWav } from './wav.ts';

/** What could be had of a recording. */
export interface Joined {
  /** Absent: nothing. `ms`: milliseconds. */
  readonly whole?: { readonly wav: Uint8Array; readonly ms: number } | undefined;
  /** The parts that are in it. */
  readonly parts: readonly RecordedPart[];
  /** What is not in it, and why, in words. */
  readonly lost?: string | undefined;
}

/** Bytes; a quarter of an hour and more of what the provider records (16-bit, mono, 16 kHz). */
const largest = 32_000_000;

const leftThere = 'it is left at the provider, which keeps it for a day.';

/**
 * Fetches the parts of a recording and joins those of one format into one file, in their order. Throws `unavailable` while one
 * of them cannot be had but may be later.
 */
export async function joinParts(parts: readonly RecordedPart[], source: RecordingSource): Promise<Joined> {
  if (parts.length === 0) return { parts, lost: 'The provider has no recording of it.' };
  const files = await Promise.all(parts.map(({ contentLocation }) => source.fetch(contentLocation)));
  const read = files.map((bytes) => bytes && readWav(bytes));
  const format = read.find((wav) => wav !== undefined)?.format;
  const joined: Wav[] = [];
  const kept: RecordedPart[] = [];
  const lost: string[] = [];
  let room = largest;
  for (const [index, part] of parts.entries()) {
    const wav = read[index];
    const fault = faultOf(files[index], wav, { format, room });
    if (fault !== undefined) lost.push(inWords(fault, index, parts));
    else if (wav !== undefined) {
      joined.push(wav);
      kept.push(part);
      room -= wav.sound.length;
    }
  }
  return { whole: wholeOf(joined), parts: kept, lost: lost.join(' ') || undefined };
}

interface Joining {
  readonly format: Uint8Array | undefined;
  readonly room: number;
}

function faultOf(bytes: Uint8Array | undefined, wav: Wav | undefined, { format, room }: Joining): string | undefined {
  if (bytes === undefined) return 'the provider no longer had it.';
  if (wav === undefined) return `it is no WAV file; ${leftThere}`;
  if (format !== undefined && !Buffer.from(format).equals(wav.format))
    return `its format is another than that of the others; ${leftThere}`;
  return wav.sound.length > room
    ? `it is too large, for more than ${largest / 1_000_000} MB are not kept; ${leftThere}`
    : undefined;
}

const inWords = (fault: string, index: number, { length }: readonly RecordedPart[]): string =>
  length === 1 ? `The recording is not kept: ${fault}` : `Part ${index + 1} of ${length} is not kept: ${fault}`;

function wholeOf(joined: readonly Wav[]): Joined['whole'] {
  const [first] = joined;
  if (first === undefined) return undefined;
  const wav = writeWav(
    first.format,
    joined.map(({ sound }) => sound),
  );
  return { wav, ms: joined.reduce((sum, { milliseconds }) => sum + milliseconds, 0) };
}
