import type { AcsConnection } from '../adapters/acs/connection.ts';
import { managedIdentity } from '../adapters/entra/managedIdentity.ts';
import { eventGridTopic } from '../adapters/eventgrid/eventGridTopic.ts';
import type { StorageAccount } from '../adapters/storage/connection.ts';
import type { Config } from '../config.ts';
import type { Topic } from '../conversations/publishing.ts';

/** How each service is reached: by a connection string or a key if there is one, else by the app's managed identity. */
export interface Connections {
  readonly storage: StorageAccount;
  readonly acs: AcsConnection;
  /** Absent: there is nobody to tell. */
  readonly topic: Topic | undefined;
}

export function connectionsOf(config: Config): Connections {
  const own = managedIdentity(config.AZURE_CLIENT_ID);
  const client = config.STORAGE_CONNECTION__clientId ?? config.AZURE_CLIENT_ID;
  const { STORAGE_CONNECTION: storage, ACS_CONNECTION_STRING: acs, EVENTS_ENDPOINT: topic } = config;
  return {
    storage:
      storage !== undefined
        ? { connectionString: storage }
        : {
            endpoints: storageEndpoints(config),
            credential: client === config.AZURE_CLIENT_ID ? own : managedIdentity(client),
          },
    acs: acs !== undefined ? { connectionString: acs } : { endpoint: config.ACS_ENDPOINT ?? '', credential: own },
    topic:
      topic === undefined
        ? undefined
        : eventGridTopic({ endpoint: topic, key: config.EVENTS_KEY ?? own, source: config.ACS_RESOURCE_ID }),
  };
}

/** The configuration has seen to it that there is a name, or all of the addresses. */
function storageEndpoints(config: Config) {
  const of = (service: string) => `https://${config.STORAGE_CONNECTION__accountName}.${service}.core.windows.net`;
  return {
    table: config.STORAGE_CONNECTION__tableServiceUri ?? of('table'),
    queue: config.STORAGE_CONNECTION__queueServiceUri ?? of('queue'),
    blob: config.STORAGE_CONNECTION__blobServiceUri ?? of('blob'),
  };
}
