import { Agent, request } from 'node:http';
import { smsReceivedEvent } from '../local/acs/smsEvents.ts';
import { exampleSettings } from '../local/appSettings.ts';
import { notification } from '../local/eventGrid/envelope.ts';
import { readSubscriptions } from '../local/eventGrid/subscription.ts';
import { subscriptionsTo } from '../local/subscriptions.ts';
import type { PhoneNumber } from '../shared/core/phoneNumbers.ts';
import { type Arena, serviceNumber } from './arena.ts';
import { type Group, numberIn } from './group.ts';

export interface TexterOptions {
  /** The functions' address. */
  readonly url: string;
  readonly group: Group;
}

/** Subscribers who text in turn. */
export interface Texter {
  /** The next text, ready to be sent: resolves when the function has answered, the text is kept and its reply has reached ACS. */
  next(): () => Promise<void>;
  close(): void;
}

/** Plays Event Grid at its simplest: one event a request, on connections that stay open, again at once if it fails. */
export function texter({ world, root }: Arena, { url, group }: TexterOptions): Texter {
  const topic = exampleSettings(root)['ACS_RESOURCE_ID'] ?? '';
  const [subscription] = readSubscriptions(subscriptionsTo(url)).filter(({ name }) => name === 'smsReceived');
  if (subscription === undefined) throw new Error('No subscription is called smsReceived.');
  const agent = new Agent({ keepAlive: true });
  let texts = 0;
  return {
    next() {
      const from = numberIn(group, texts);
      const messageId = `Incoming_${group.firstNumber}_${++texts}`;
      const receivedTimestamp = new Date().toISOString();
      const received = { messageId, from, to: serviceNumber as PhoneNumber, message: 'hours', receivedTimestamp };
      const event = smsReceivedEvent(received, world.dials.get().switches);
      const { headers, body = '' } = notification(subscription, {
        events: [event],
        topic,
        deliveryCount: 0,
        inBatch: false,
      });
      return () => deliver(agent, { url: subscription.endpoint, headers, body });
    },
    close: () => agent.destroy(),
  };
}

/** Of one event, should the function fail; all of them count as its time. */
const tries = 5;

async function deliver(agent: Agent, event: Post): Promise<void> {
  let status = 0;
  for (let n = 0; n < tries && status !== 202; n++) status = await post(agent, event);
  if (status !== 202) throw new Error(`The function answered a text with ${status}, ${tries} times.`);
}

interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Resolves to the status. A connection that was closed while it stood idle is no answer: the event goes again, on another. */
const post = (agent: Agent, { url, headers, body }: Post): Promise<number> =>
  new Promise((resolve, reject) => {
    const sent = request(url, {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    });
    sent.on('error', (error) => {
      if (sent.reusedSocket) resolve(post(agent, { url, headers, body }));
      else reject(error);
    });
    sent.on('response', (answer) => {
      answer.on('error', reject).on('end', () => resolve(answer.statusCode ?? 0));
      answer.resume();
    });
    sent.end(body);
  });
