import type { ContainerClient } from '@azure/storage-blob';
import { digest } from '../../core/hash.ts';
import type { Clock } from '../../core/time.ts';
import type { DroppedEvent, DroppedEvents } from '../../events/droppedEvents.ts';
import { blobContainer, isContainerMissing } from './blobContainer.ts';
import { deadlineOf, type StorageConnection } from './connection.ts';
import { serviceCode, storageFailed } from './failure.ts';

const container = 'dropped';
const mostCounted = 1_000;
const isoDay = /^\d{4}-\d{2}-\d{2}/;

/** Dropped events as JSON blobs: `{ event, reason, keptAt }`. The SDK is evaluated at first use. */
export function droppedBlobs(options: StorageConnection & { readonly clock: Clock }): DroppedEvents {
  const { client, made } = blobContainer(container, options);

  return {
    async keep(event, reason) {
      const body = JSON.stringify({ event, reason, keptAt: new Date(options.clock.now()).toISOString() });
      try {
        await made(async () => {
          const blob = (await client()).getBlockBlobClient(blobNameOf(idOf(event)));
          return blob.upload(body, Buffer.byteLength(body), { ...onlyIfNew, ...deadlineOf(options) });
        });
      } catch (error) {
        if (serviceCode(error) !== 'BlobAlreadyExists') throw storageFailed('Keeping a dropped event', error);
      }
    },

    async count() {
      const { names } = await attempt('Counting dropped events', { names: [] }, async () =>
        pageOf(await client(), { maxPageSize: mostCounted }, options),
      );
      return names.length;
    },

    list: (size, cursor) =>
      attempt('Listing dropped events', { items: [] }, async () => {
        const from = cursor === undefined ? {} : { continuationToken: Buffer.from(cursor, 'base64url').toString() };
        const { names, next } = await pageOf(await client(), { maxPageSize: size, ...from }, options);
        const read = await Promise.all(names.map(async (name) => readBlob(await client(), name, options)));
        const items = read.filter((event) => event !== undefined);
        return { items, cursor: next && Buffer.from(next).toString('base64url') };
      }),

    get: (id) =>
      attempt('Reading a dropped event', undefined, async () => readBlob(await client(), blobNameOf(id), options)),

    remove: (id) =>
      attempt('Removing a dropped event', undefined, async () => {
        await (await client()).getBlockBlobClient(blobNameOf(id)).deleteIfExists(deadlineOf(options));
      }),
  };
}

/** While nothing was ever dropped there is no container, and nothing in it. */
async function attempt<T, N>(doing: string, nothing: N, look: () => Promise<T>): Promise<T | N> {
  try {
    return await look();
  } catch (error) {
    if (isContainerMissing(error)) return nothing;
    throw storageFailed(doing, error);
  }
}

async function pageOf(
  client: ContainerClient,
  page: { readonly maxPageSize: number; readonly continuationToken?: string },
  options: StorageConnection,
): Promise<{ readonly names: readonly string[]; readonly next?: string | undefined }> {
  const { value } = await client.listBlobsFlat(deadlineOf(options)).byPage(page).next();
  const blobs: readonly { readonly name: string }[] = value?.segment.blobItems ?? [];
  return { names: blobs.map(({ name }) => name), next: value?.continuationToken || undefined };
}

/** `undefined`: somebody took it away. */
async function readBlob(
  client: ContainerClient,
  name: string,
  options: StorageConnection,
): Promise<DroppedEvent | undefined> {
  try {
    const body = await client.getBlobClient(name).downloadToBuffer(0, undefined, deadlineOf(options));
    const { event, reason, keptAt }: Omit<DroppedEvent, 'id'> = JSON.parse(body.toString('utf8'));
    return { id: idOfBlob(name), event, reason, keptAt };
  } catch (error) {
    if (serviceCode(error) === 'BlobNotFound' || (error as { statusCode?: unknown }).statusCode === 404)
      return undefined;
    throw error;
  }
}

const onlyIfNew = {
  conditions: { ifNoneMatch: '*' },
  blobHTTPHeaders: { blobContentType: 'application/json' },
} as const;

/** The event's own day, by which people look for it, and its digest: the same event, the same name, whenever it is kept. */
function idOf(event: unknown): string {
  const { eventTime, time } = (event ?? {}) as { readonly eventTime?: unknown; readonly time?: unknown };
  const [day = 'undated'] = isoDay.exec(String(eventTime ?? time)) ?? [];
  return `${day}_${digest(JSON.stringify(event) ?? '', 16)}`;
}

/** In the container each day is a folder. */
const blobNameOf = (id: string): string => `${id.replace('_', '/')}.json`;
const idOfBlob = (name: string): string => name.replace('/', '_').replace(/\.json$/, '');
