import { TableServiceClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';

/** Empties the world's storage; the app makes its tables and containers again when it needs them. */
export async function clearStorage(connection: string): Promise<void> {
  const tables = TableServiceClient.fromConnectionString(connection, { allowInsecureConnection: true });
  for await (const { name = '' } of tables.listTables()) await tables.deleteTable(name);
  const queues = QueueServiceClient.fromConnectionString(connection);
  for await (const { name } of queues.listQueues()) await queues.getQueueClient(name).clearMessages();
  const blobs = BlobServiceClient.fromConnectionString(connection);
  for await (const { name } of blobs.listContainers()) await blobs.deleteContainer(name);
}
