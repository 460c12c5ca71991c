import type { QueueClient } from '@azure/storage-queue';
import { lazily } from '../../core/lazily.ts';
import { pipelineOf, type StorageConnection } from './connection.ts';
import { serviceCode } from './failure.ts';

/** Wakes, and those that failed too often: the Functions host moves them there by itself, and the name is its convention. */
export const queues = { wakes: 'wakes', settling: 'wakes-poison' } as const;

/** The client of a queue. The SDK is evaluated at first use. */
export const queueClient = (name: string, options: StorageConnection): (() => Promise<QueueClient>) =>
  lazily(async () => {
    const { QueueServiceClient } = await import('@azure/storage-queue');
    const service =
      'connectionString' in options
        ? QueueServiceClient.fromConnectionString(options.connectionString, pipelineOf(options))
        : new QueueServiceClient(options.endpoints.queue, options.credential, pipelineOf(options));
    return service.getQueueClient(name);
  });

export const isQueueMissing = (error: unknown): boolean => serviceCode(error) === 'QueueNotFound';
