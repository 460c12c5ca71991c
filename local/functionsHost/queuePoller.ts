import { setTimeout as pause } from 'node:timers/promises';
import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { Logger } from '../../shared/core/logger.ts';

export interface PolledQueue {
  readonly queue: QueueClient;
  readonly functionName: string;
  readonly batchSize: number;
  /** More is fetched once no more than this many messages are being worked on. */
  readonly newBatchThreshold: number;
  /** Milliseconds up to which the pause doubles while the queue is empty. */
  readonly longestPause: number;
  /** Milliseconds for which a message that was taken is hidden from others. */
  readonly hiddenFor: number;
  readonly timeScale: number;
  /** Rejects only when storage does; the message then comes again. */
  readonly work: (message: DequeuedMessageItem) => Promise<void>;
  readonly log: Logger;
}

/** The queue extension's shortest pause (https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue-trigger#polling-algorithm), in milliseconds. */
const shortestPause = 100;

/** Takes messages from one queue until it is stopped. */
export class QueuePoller {
  readonly #of: PolledQueue;
  readonly #stopping = new AbortController();
  readonly #working = new Set<Promise<void>>();
  readonly #ended: Promise<void>;
  #reachable = true;

  constructor(of: PolledQueue) {
    this.#of = of;
    this.#ended = this.#poll();
  }

  /** Resolves once the messages already taken are dealt with. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#ended;
    await Promise.all(this.#working);
  }

  async #poll(): Promise<void> {
    const { longestPause, timeScale } = this.#of;
    const { signal } = this.#stopping;
    let idle = shortestPause;
    while (!signal.aborted) {
      const messages = await this.#receive();
      for (const message of messages) this.#start(message);
      if (messages.length > 0) {
        idle = shortestPause;
        await this.#roomForMore();
      } else {
        await pause(idle / timeScale, undefined, { signal }).catch(() => undefined);
        idle = longerPause(idle, longestPause);
      }
    }
  }

  async #receive(): Promise<readonly DequeuedMessageItem[]> {
    const { queue, batchSize: numberOfMessages, hiddenFor, functionName, log } = this.#of;
    const about = { function: functionName, queue: queue.name };
    try {
      const visibilityTimeout = wholeSeconds(hiddenFor);
      const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages, visibilityTimeout });
      if (!this.#reachable) log('info', 'queue.reachable', about);
      this.#reachable = true;
      return receivedMessageItems;
    } catch (error) {
      await this.#cannotReceive(error as Error);
      return [];
    }
  }

  /** A queue that somebody deleted is made again; anything else is said once, not at every poll. */
  async #cannotReceive(error: Error & { readonly statusCode?: number }): Promise<void> {
    const { queue, functionName, log } = this.#of;
    if (error.statusCode === 404) {
      await queue.createIfNotExists().catch(() => undefined);
      return;
    }
    const about = { function: functionName, queue: queue.name };
    if (this.#reachable) log('warn', 'queue.unreachable', { ...about, message: error.message });
    this.#reachable = false;
  }

  #start(message: DequeuedMessageItem): void {
    const { queue, functionName, work, log } = this.#of;
    const done = work(message).catch((error: Error) => {
      const about = { function: functionName, queue: queue.name, messageId: message.messageId };
      log('warn', 'queue.unsettled', { ...about, message: `It will come again: ${error.message}` });
    });
    this.#working.add(done);
    void done.then(() => this.#working.delete(done));
  }

  async #roomForMore(): Promise<void> {
    while (this.#working.size > this.#of.newBatchThreshold) await Promise.race(this.#working);
  }
}

/** Twice as long, up to what host.json says, but never less than the shortest. */
export const longerPause = (pause: number, longest: number): number =>
  Math.max(Math.min(pause * 2, longest), shortestPause);

/** Storage counts visibility in whole seconds. */
export const wholeSeconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);
