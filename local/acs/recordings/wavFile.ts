/** The sound of every recording: PCM, 16 bits, one channel, 16 kHz, a soft tone. */
export const sound = { sampleRate: 16_000, bytesPerSample: 2, hertz: 440, amplitude: 1_000 } as const;

const headerSize = 44;
const bytesPerSecond = sound.sampleRate * sound.bytesPerSample;

/** The size of a file of this length in milliseconds, in bytes. */
export const wavSize = (length: number): number => headerSize + sampleCount(length) * sound.bytesPerSample;

const sampleCount = (length: number): number => Math.round((length * sound.sampleRate) / 1_000);

/** A stretch of the file, both ends included; no more of it is made than is asked for. */
export function wavBytes(length: number, from = 0, to = wavSize(length) - 1): Uint8Array {
  const header = headerOf(sampleCount(length) * sound.bytesPerSample);
  const bytes = new Uint8Array(to - from + 1);
  for (let at = from; at <= to; at++) bytes[at - from] = header[at] ?? soundByte(at - headerSize);
  return bytes;
}

function soundByte(at: number): number {
  const index = Math.floor(at / sound.bytesPerSample);
  const sample = Math.round(sound.amplitude * Math.sin((2 * Math.PI * sound.hertz * index) / sound.sampleRate));
  return at % sound.bytesPerSample === 0 ? sample & 0xff : (sample >> 8) & 0xff;
}

function headerOf(dataSize: number): Buffer {
  const header = Buffer.alloc(headerSize);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerSize - 8 + dataSize, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sound.sampleRate, 24);
  header.writeUInt32LE(bytesPerSecond, 28);
  header.writeUInt16LE(sound.bytesPerSample, 32);
  header.writeUInt16LE(sound.bytesPerSample * 8, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataSize, 40);
  return header;
}
