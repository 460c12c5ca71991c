import type { ContainerClient } from '@azure/storage-blob';
import { lazily } from '../../core/lazily.ts';
import { deadlineOf, pipelineOf, type StorageConnection, speaksPlainHttp } from './connection.ts';
import { serviceCode } from './failure.ts';
import { onceMade } from './onceMade.ts';

/** A container of blobs; the SDK is evaluated at first use. */
export interface BlobContainer {
  client(): Promise<ContainerClient>;
  /** Runs a call, and makes the container first if that is what it lacks. */
  made<T>(call: () => Promise<T>): Promise<T>;
}

export function blobContainer(name: string, options: StorageConnection): BlobContainer {
  speaksPlainHttp(options);
  const client = lazily(() => connect(name, options));
  return {
    client,
    made: onceMade(isContainerMissing, async () => (await client()).createIfNotExists(deadlineOf(options))),
  };
}

/** While nothing was ever put there, there is no container. */
export const isContainerMissing = (error: unknown): boolean => serviceCode(error) === 'ContainerNotFound';

async function connect(name: string, options: StorageConnection): Promise<ContainerClient> {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const service =
    'connectionString' in options
      ? BlobServiceClient.fromConnectionString(options.connectionString, pipelineOf(options))
      : new BlobServiceClient(options.endpoints.blob, options.credential, pipelineOf(options));
  return service.getContainerClient(name);
}
