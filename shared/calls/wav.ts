/** What a WAV file says of itself. */
export interface Wav {
  readonly milliseconds: number;
}

const header = 12;
const chunkHeader = 8;

/** Reads the header of a RIFF/WAVE file; `undefined` for what is none, or says that it is longer than it is. */
export function readWav(bytes: Uint8Array): Wav | undefined {
  if (bytes.length < header || textAt(bytes, 0) !== 'RIFF' || textAt(bytes, 8) !== 'WAVE') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let bytesPerSecond = 0;
  for (let at = header; at + chunkHeader <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const name = textAt(bytes, at);
    const end = at + chunkHeader + size;
    if (end > bytes.length) return undefined;
    if (name === 'fmt ' && size >= 16) bytesPerSecond = view.getUint32(at + chunkHeader + 8, true);
    if (name === 'data')
      return bytesPerSecond === 0 ? undefined : { milliseconds: Math.round((size / bytesPerSecond) * 1_000) };
    // Chunks begin at even places.
    at = end + (size % 2);
  }
  return undefined;
}

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
