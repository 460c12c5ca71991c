/** What a WAV file says of itself, and the sound in it. */
export interface Wav {
  readonly milliseconds: number;
  /** The body of its `fmt ` chunk: two files of one format can be joined. */
  readonly format: Uint8Array;
  readonly sound: Uint8Array;
}

const header = 12;
const chunkHeader = 8;
/** The shortest format there is, which every other begins with. */
const shortestFormat = 16;

/** Reads a RIFF/WAVE file; `undefined` for what is none, or says that it is longer than it is. */
export function readWav(bytes: Uint8Array): Wav | undefined {
  if (bytes.length < header || textAt(bytes, 0) !== 'RIFF' || textAt(bytes, 8) !== 'WAVE') return undefined;
  let format: Uint8Array | undefined;
  for (let at = header; at + chunkHeader <= bytes.length; ) {
    const size = viewOf(bytes).getUint32(at + 4, true);
    const name = textAt(bytes, at);
    const end = at + chunkHeader + size;
    if (end > bytes.length) return undefined;
    const body = bytes.subarray(at + chunkHeader, end);
    if (name === 'fmt ' && size >= shortestFormat) format = body;
    if (name === 'data') return format && wavOf(format, body);
    // Chunks begin at even places.
    at = end + (size % 2);
  }
  return undefined;
}

/** Whether the provider plays it: PCM, mono, 16 kHz, 16 bits (https://learn.microsoft.com/azure/communication-services/how-tos/call-automation/play-action). */
export function isPlayable({ format }: Wav): boolean {
  const view = viewOf(format);
  const [coding, channels, bits] = [0, 2, 14].map((at) => view.getUint16(at, true));
  return coding === 1 && channels === 1 && view.getUint32(4, true) === 16_000 && bits === 16;
}

function wavOf(format: Uint8Array, sound: Uint8Array): Wav | undefined {
  const bytesPerSecond = viewOf(format).getUint32(8, true);
  if (bytesPerSecond === 0) return undefined;
  return { milliseconds: Math.round((sound.length / bytesPerSecond) * 1_000), format, sound };
}

/** One file of all the sounds, one after the other. */
export function writeWav(format: Uint8Array, sounds: readonly Uint8Array[]): Uint8Array {
  const sound = chunk('data', sounds);
  const body = [Buffer.from('WAVE', 'latin1'), chunk('fmt ', [format]), sound];
  return chunk('RIFF', body);
}

function chunk(name: string, bodies: readonly Uint8Array[]): Uint8Array {
  const size = bodies.reduce((sum, { length }) => sum + length, 0);
  const head = Buffer.alloc(chunkHeader);
  head.write(name, 'latin1');
  head.writeUInt32LE(size, 4);
  return Buffer.concat([head, ...bodies, Buffer.alloc(size % 2)]);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength);

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
