import { digest } from '../../core/hash.ts';
import type { Clock } from '../../core/time.ts';
import type { DroppedEvents } from '../../events/droppedEvents.ts';
import { deadlineOf, pipelineOf, type StorageConnection, speaksPlainHttp } from './connection.ts';
import { serviceCode, storageFailed } from './failure.ts';
import { lazily } from './lazily.ts';
import { onceMade } from './onceMade.ts';

const container = 'dropped';
const mostCounted = 1_000;
const isoDay = /^\d{4}-\d{2}-\d{2}/;

/** Dropped events as JSON blobs: `{ event, reason, keptAt }`. The SDK is evaluated at first use. */
export function droppedBlobs(options: StorageConnection & { readonly clock: Clock }): DroppedEvents {
  speaksPlainHttp(options.connectionString);
  const client = lazily(async () => {
    const { BlobServiceClient } = await import('@azure/storage-blob');
    const service = BlobServiceClient.fromConnectionString(options.connectionString, pipelineOf(options));
    return service.getContainerClient(container);
  });
  const made = onceMade(isContainerMissing, async () => (await client()).createIfNotExists(deadlineOf(options)));

  return {
    async keep(event, reason) {
      const body = JSON.stringify({ event, reason, keptAt: new Date(options.clock.now()).toISOString() });
      try {
        await made(async () => {
          const blob = (await client()).getBlockBlobClient(nameOf(event));
          return blob.upload(body, Buffer.byteLength(body), { ...onlyIfNew, ...deadlineOf(options) });
        });
      } catch (error) {
        if (serviceCode(error) !== 'BlobAlreadyExists') throw storageFailed('Keeping a dropped event', error);
      }
    },

    async count() {
      try {
        const blobs = (await client()).listBlobsFlat(deadlineOf(options));
        const { value } = await blobs.byPage({ maxPageSize: mostCounted }).next();
        return value?.segment.blobItems.length ?? 0;
      } catch (error) {
        if (isContainerMissing(error)) return 0;
        throw storageFailed('Counting dropped events', error);
      }
    },
  };
}

const onlyIfNew = {
  conditions: { ifNoneMatch: '*' },
  blobHTTPHeaders: { blobContentType: 'application/json' },
} as const;

/** The event's own day, by which people look for it, and its digest: the same event, the same name, whenever it is kept. */
function nameOf(event: unknown): string {
  const { eventTime, time } = (event ?? {}) as { readonly eventTime?: unknown; readonly time?: unknown };
  const [day = 'undated'] = isoDay.exec(String(eventTime ?? time)) ?? [];
  return `${day}/${digest(JSON.stringify(event) ?? '', 16)}.json`;
}

const isContainerMissing = (error: unknown): boolean => serviceCode(error) === 'ContainerNotFound';
