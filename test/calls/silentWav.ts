import { writeWav } from '../../shared/calls/wav.ts';

/** The body of a `fmt ` chunk: PCM of 16 bits and 16 kHz, as the provider records. */
export function pcm(channels = 1): Uint8Array {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(channels, 2);
  format.writeUInt32LE(16_000, 4);
  format.writeUInt32LE(32_000 * channels, 8);
  format.writeUInt16LE(2 * channels, 12);
  format.writeUInt16LE(16, 14);
  return format;
}

/** A WAV file of so many milliseconds, every byte of whose sound is `level`. */
export const silentWav = (milliseconds: number, level = 0): Uint8Array =>
  writeWav(pcm(), [new Uint8Array(Math.round(milliseconds * 32)).fill(level)]);
