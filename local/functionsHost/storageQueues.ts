import type { QueueClient } from '@azure/storage-queue';
import type { QueueBinding } from './bindings.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import type { Environment } from './loadApp.ts';
import { misconfigured } from './misconfigured.ts';
import { encodeText, type MessageEncoding, textsOf } from './queueMessage.ts';
import type { InvocationResponse } from './rpc.ts';

/** A client that answers soon, since somebody local answers, and leaves trying again to the poller's next round. */
const clientOptions = { retryOptions: { maxTries: 2, retryDelayInMs: 100, tryTimeoutInMs: 5_000 } };

/** The queues that bindings name, each created when it is first opened. */
export class StorageQueues {
  readonly #env: Environment;
  readonly #encoding: MessageEncoding;
  readonly #open = new Map<string, Promise<QueueClient>>();

  constructor(env: Environment, encoding: MessageEncoding) {
    this.#env = env;
    this.#encoding = encoding;
  }

  /** Throws `invalid-configuration`, in words, when the setting is missing or leads nowhere. */
  open({ queueName, connection }: Pick<QueueBinding, 'queueName' | 'connection'>): Promise<QueueClient> {
    const key = `${connection} ${queueName}`;
    const known = this.#open.get(key) ?? this.#create(queueName, connection);
    this.#open.set(key, known);
    known.catch(() => this.#open.delete(key));
    return known;
  }

  /** Sends what the function returned, or set, for its queue outputs. */
  readonly write = async (fn: HostedFunction, { returnValue, outputData = [] }: InvocationResponse): Promise<void> => {
    for (const output of fn.outputs) {
      const data = output.name === '$return' ? returnValue : outputData.find(({ name }) => name === output.name)?.data;
      if (data === undefined || data === null) continue;
      const queue = await this.open(output);
      for (const text of textsOf(data)) await queue.sendMessage(encodeText(text, this.#encoding));
    }
  };

  async #create(queueName: string, connection: string): Promise<QueueClient> {
    const { QueueClient } = await import('@azure/storage-queue');
    // The prefixed name goes first, as in Azure.
    const connectionString = this.#env[`AzureWebJobs${connection}`] ?? this.#env[connection];
    if (connectionString === undefined || connectionString === '') {
      throw misconfigured(
        `The setting ${connection} is missing: it must hold the connection string of queue "${queueName}".`,
      );
    }
    try {
      const queue = new QueueClient(connectionString, queueName, clientOptions);
      await queue.createIfNotExists();
      return queue;
    } catch (cause) {
      const reason = (cause as Error).message;
      throw misconfigured(
        `Queue "${queueName}" cannot be opened by the setting ${connection}: ${reason}. Is Azurite running?`,
        cause,
      );
    }
  }
}
