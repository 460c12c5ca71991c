import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue';
import type { Logger } from '../../shared/core/logger.ts';
import type { QueueTrigger } from './bindings.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import type { HostSettings } from './hostJson.ts';
import type { Run } from './invocations.ts';
import { decodeText, metadataOf } from './queueMessage.ts';
import { QueuePoller, wholeSeconds } from './queuePoller.ts';
import type { StorageQueues } from './storageQueues.ts';

export interface QueueTriggerOptions {
  readonly queues: StorageQueues;
  readonly settings: HostSettings;
  /** Divides the pauses between polls and the visibility timeout. */
  readonly timeScale: number;
  readonly run: Run;
  readonly log: Logger;
}

interface Triggered extends QueueTriggerOptions {
  readonly fn: HostedFunction<QueueTrigger>;
  readonly queue: QueueClient;
  /** A poison queue has none of its own. */
  readonly poison: (() => Promise<QueueClient>) | undefined;
}

/**
 * Milliseconds for which a message stays hidden beyond the time its function may take, or altogether where that has no
 * limit. (The extension hides for 10 minutes, and again; so short a time brings the messages of a killed host back soon.)
 */
const hiddenBeyond = 30_000;
const hiddenWithoutLimit = 600_000;

/** Opens the function's queue, so that a wrong connection is known at once, and begins to poll it. */
export async function startQueueTrigger(
  fn: HostedFunction<QueueTrigger>,
  options: QueueTriggerOptions,
): Promise<QueuePoller> {
  const { queues, settings, timeScale, log } = options;
  const { queueName, connection } = fn.trigger;
  const queue = await queues.open(fn.trigger);
  const poisonName = `${queueName}-poison`;
  const poison = queueName.endsWith('-poison') ? undefined : () => queues.open({ queueName: poisonName, connection });
  return new QueuePoller({
    ...settings.queues,
    longestPause: settings.queues.maxPollingInterval,
    hiddenFor: settings.functionTimeout === undefined ? hiddenWithoutLimit : settings.functionTimeout + hiddenBeyond,
    queue,
    functionName: fn.name,
    timeScale,
    work: (message) => process({ ...options, fn, queue, poison }, message),
    log,
  });
}

/**
 * What was given out too often is given to nobody any more, as the extension has it: it is poison, and where there is no queue for
 * that it stays, hidden again each time (QueueProcessor.BeginProcessingMessageAsync in Azure/azure-sdk-for-net).
 */
async function process(triggered: Triggered, message: DequeuedMessageItem): Promise<void> {
  const { fn, queue, settings, run } = triggered;
  if (message.dequeueCount > settings.queues.maxDequeueCount)
    return putAway(triggered, message, `it was given out ${message.dequeueCount - 1} times`);
  const text = decodeText(message.messageText, settings.queues.messageEncoding);
  if (text === undefined) return putAway(triggered, message, 'it is not base64, as messageEncoding in host.json says');
  const succeeded = await run(fn, { data: { string: text }, metadata: metadataOf(message, text) }).then(
    () => true,
    () => false,
  );
  if (succeeded) await queue.deleteMessage(message.messageId, message.popReceipt);
  else await giveBack(triggered, message);
}

/** Where there is no poison queue, a failed message is left hidden: to show it would be a fast endless loop. */
async function giveBack(triggered: Triggered, message: DequeuedMessageItem): Promise<void> {
  const { queue, poison, settings, timeScale } = triggered;
  const { maxDequeueCount, visibilityTimeout } = settings.queues;
  if (poison === undefined) return;
  if (message.dequeueCount >= maxDequeueCount) {
    await putAway(triggered, message, `it has failed ${message.dequeueCount} times`);
  } else {
    const hiddenFor = wholeSeconds(visibilityTimeout / timeScale);
    await queue.updateMessage(message.messageId, message.popReceipt, message.messageText, hiddenFor);
  }
}

async function putAway(
  { fn, queue, poison, log }: Triggered,
  message: DequeuedMessageItem,
  reason: string,
): Promise<void> {
  const poisonQueue = await poison?.();
  if (poisonQueue === undefined) return;
  const { messageId, popReceipt, messageText } = message;
  await poisonQueue.sendMessage(messageText);
  await queue.deleteMessage(messageId, popReceipt);
  const about = { function: fn.name, queue: queue.name, messageId };
  log('error', 'queue.poisoned', { ...about, message: `Moved to ${poisonQueue.name}: ${reason}.` });
}
