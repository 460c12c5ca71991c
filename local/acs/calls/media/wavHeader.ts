/** What the service plays: https://learn.microsoft.com/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes ("PlayAudio"). */
const playable = { channels: 1, sampleRate: 16_000, bitsPerSample: 16 } as const;

const pcm = 1;

/** How long a WAV file plays, in milliseconds, or in words why the service would not play it. */
export function readWav(bytes: Uint8Array): number | string {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (tag(file, 0) !== 'RIFF' || tag(file, 8) !== 'WAVE') return 'it is no WAV file';
  const chunks = chunksOf(file);
  const format = chunks.get('fmt ');
  const data = chunks.get('data');
  if (format === undefined || format.length < 16 || data === undefined) return 'its WAV header is cut off';
  const channels = format.readUInt16LE(2);
  const sampleRate = format.readUInt32LE(4);
  const bitsPerSample = format.readUInt16LE(14);
  const fits =
    format.readUInt16LE(0) === pcm &&
    channels === playable.channels &&
    sampleRate === playable.sampleRate &&
    bitsPerSample === playable.bitsPerSample;
  if (!fits)
    return `it must be PCM, mono, 16 kHz, 16 bits, not ${channels} channels, ${sampleRate} Hz, ${bitsPerSample} bits`;
  return (data.length / (sampleRate * channels * (bitsPerSample / 8))) * 1_000;
}

const tag = (file: Buffer, at: number): string => file.toString('latin1', at, at + 4);

function chunksOf(file: Buffer): ReadonlyMap<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    chunks.set(tag(file, at), file.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  return chunks;
}
