import type { RecordingStore } from '../../calls/recordings.ts';
import { atOf, type ConversationId, type EntryKey, parseEntryKey } from '../../conversations/keys.ts';
import { blobContainer, isContainerMissing } from './blobContainer.ts';
import { deadlineOf, type StorageConnection } from './connection.ts';
import { storageFailed } from './failure.ts';

const container = 'recordings';

/** Recordings as WAV blobs, a folder for each conversation. The SDK is evaluated at first use. */
export function recordingBlobs(options: StorageConnection): RecordingStore {
  const { client, made } = blobContainer(container, options);
  const blob = async (conversation: ConversationId, key: EntryKey) =>
    (await client()).getBlockBlobClient(`${conversation}/${key}.wav`);

  return {
    async keep(conversation, key, wav) {
      try {
        await made(async () =>
          (await blob(conversation, key)).uploadData(wav, {
            blobHTTPHeaders: { blobContentType: 'audio/wav' },
            ...deadlineOf(options),
          }),
        );
      } catch (error) {
        throw storageFailed('Keeping a recording', error);
      }
    },
    size: (conversation, key) =>
      attempt('Looking for a recording', async () => {
        const { contentLength } = await (await blob(conversation, key)).getProperties(deadlineOf(options));
        return contentLength;
      }),
    read: (conversation, key, { from, to }) =>
      attempt('Reading a recording', async () =>
        (await blob(conversation, key)).downloadToBuffer(from, to - from + 1, deadlineOf(options)),
      ),
    async erase(conversation, upTo) {
      await attempt('Erasing recordings', async () => {
        const all = await client();
        for await (const { name } of all.listBlobsFlat({ prefix: `${conversation}/`, ...deadlineOf(options) })) {
          const key = keyIn(name);
          if (key === undefined || atOf(key) <= upTo)
            await all.getBlockBlobClient(name).deleteIfExists(deadlineOf(options));
        }
      });
    },
  };
}

const keyIn = (name: string): EntryKey | undefined => parseEntryKey(name.replace(/^.*\//, '').replace(/\.wav$/, ''));

/** `undefined`: there is none. */
async function attempt<T>(doing: string, look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (isContainerMissing(error) || (error as { statusCode?: unknown }).statusCode === 404) return undefined;
    throw storageFailed(doing, error);
  }
}
