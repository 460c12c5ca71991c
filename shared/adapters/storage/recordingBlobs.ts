import type { RecordingRef, RecordingStore } from '../../calls/recordings.ts';
import { atOf, parseEntryKey } from '../../conversations/keys.ts';
import { blobContainer, isContainerMissing } from './blobContainer.ts';
import { deadlineOf, type StorageConnection } from './connection.ts';
import { storageFailed } from './failure.ts';

const container = 'recordings';

/** Recordings as WAV blobs, a folder for each conversation and in it one for each call. The SDK is evaluated at first use. */
export function recordingBlobs(options: StorageConnection): RecordingStore {
  const { client, made } = blobContainer(container, options);
  const blob = async ({ conversation, key, recording }: RecordingRef) =>
    (await client()).getBlockBlobClient(`${conversation}/${key}/${recording}.wav`);

  return {
    async keep(recording, wav) {
      try {
        await made(async () =>
          (await blob(recording)).uploadData(wav, {
            blobHTTPHeaders: { blobContentType: 'audio/wav' },
            ...deadlineOf(options),
          }),
        );
      } catch (error) {
        throw storageFailed('Keeping a recording', error);
      }
    },
    read: (recording, { from, to }) =>
      attempt('Reading a recording', async () =>
        (await blob(recording)).downloadToBuffer(from, to - from + 1, deadlineOf(options)),
      ),
    async erase(conversation, upTo) {
      await attempt('Erasing recordings', async () => {
        const all = await client();
        for await (const { name } of all.listBlobsFlat({ prefix: `${conversation}/`, ...deadlineOf(options) })) {
          const key = parseEntryKey(name.split('/')[1] ?? '');
          if (key === undefined || atOf(key) <= upTo)
            await all.getBlockBlobClient(name).deleteIfExists(deadlineOf(options));
        }
      });
    },
  };
}

/** `undefined`: there is none. */
async function attempt<T>(doing: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isContainerMissing(error) || (error as { statusCode?: unknown }).statusCode === 404) return undefined;
    throw storageFailed(doing, error);
  }
}
