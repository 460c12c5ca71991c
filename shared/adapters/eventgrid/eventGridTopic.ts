import type { SendCloudEventInput } from '@azure/eventgrid';
import type { TokenCredential } from '@azure/identity';
import type { OwnEvent } from '../../conversations/ownEvents.ts';
import type { Topic } from '../../conversations/publishing.ts';
import { lazily } from '../../core/lazily.ts';
import { isLoopback } from '../../core/loopback.ts';
import { failureOf } from './failure.ts';

export interface TopicConnection {
  /** A custom topic's address, such as `https://name.region-1.eventgrid.azure.net/api/events`; http only on this machine. */
  readonly endpoint: string;
  /** The topic's own, or a credential, which needs TLS. */
  readonly key: string | TokenCredential;
  /** What the events say they come from; with their id it is unlike that of any other event. */
  readonly source: string;
  /** After how many milliseconds a request is given up, with its repetition; 3,000 if not said. */
  readonly deadlineMs?: number;
}

/** A topic that is well answers within a tenth of a second; whatever is handled meanwhile is not acknowledged yet. */
const patience = 3_000;
/** One quick repetition, for the connection that was closed while it lay idle. More is up to whoever keeps what was not taken. */
const retryOptions = { maxRetries: 1, retryDelayInMs: 100, maxRetryDelayInMs: 500 };

/** A custom topic that takes CloudEvents 1.0. The SDK is evaluated when there is first something to send. */
export function eventGridTopic({ source, deadlineMs = patience, ...connection }: TopicConnection): Topic {
  const client = lazily(() => connect(connection));
  return {
    async send(events) {
      const cloudEvents = events.map((event) => cloudEventOf(event, source));
      try {
        await (await client()).send(cloudEvents, { abortSignal: AbortSignal.timeout(deadlineMs) });
        return undefined;
      } catch (error) {
        return failureOf(error);
      }
    },
  };
}

async function connect({ endpoint, key }: Pick<TopicConnection, 'endpoint' | 'key'>) {
  const { AzureKeyCredential, EventGridPublisherClient } = await import('@azure/eventgrid');
  const credential = typeof key === 'string' ? new AzureKeyCredential(key) : key;
  return new EventGridPublisherClient(endpoint, 'CloudEvent', credential, {
    retryOptions,
    allowInsecureConnection: isLoopback(new URL(endpoint).hostname),
  });
}

const cloudEventOf = ({ time, ...event }: OwnEvent, source: string): SendCloudEventInput<OwnEvent['data']> => ({
  ...event,
  source,
  time: new Date(time),
});
