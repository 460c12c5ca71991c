import hostJson from '../../host.json' with { type: 'json' };
import { type CallWake, parseWake, type Wake } from '../../shared/conversations/wakeQueue.ts';
import type { Crew } from './crew.ts';
import type { Effect } from './effect.ts';
import type { Passing } from './passing.ts';
import type { Eyes } from './seen.ts';
import type { Answer } from './wire.ts';

const { maxDequeueCount, visibilityTimeout } = hostJson.extensions.queues;
const hidden = visibilityTimeout.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000;

const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" };

/** The text of a message as it was put into the queue, unwrapped from its XML. */
const messageIn = (body: string): string =>
  (/<MessageText>(.*)<\/MessageText>/s.exec(body)?.[1] ?? '').replace(/&(\w+);/g, (_, name) => entities[name] ?? '');

/**
 * The Functions host, which answers what is in the queues. Messages are put into the real queue; that they are seen again is
 * played from what the queue took and when it was to show it, since a real queue's time cannot be moved.
 */
export function queueHost({ time, crew, eyes }: { readonly time: Passing; readonly crew: Crew; readonly eyes: Eyes }) {
  function visible(queue: string, wake: Wake | CallWake, count: number): void {
    if (count <= maxDequeueCount) time.start(() => answer(queue, wake, count));
    else if (queue === 'wakes') visible('wakes-poison', wake, 1);
    else eyes.ledger.abandoned.add('key' in wake ? wake.key : 'an erase');
  }

  async function answer(queue: string, wake: Wake | CallWake, count: number): Promise<void> {
    const use = queue === 'wakes' ? 'wakeUp' : 'settle';
    const label = `${queue} ${JSON.stringify(wake)}, dequeued ${count}`;
    const ending = await crew.call(
      'call' in wake
        ? { label, act: (services, uses) => uses.watchCall(wake, services) }
        : { label, use, act: (services, uses) => uses[use](wake, services) },
    );
    if (ending.type !== 'returned') time.after(hidden, () => visible(queue, wake, count + 1));
  }

  return {
    /** Looks whether a request that was carried out has put a message into a queue. */
    async carried({ to, method, path, query, body }: Effect, { status }: Answer): Promise<void> {
      const [, , queue = '', messages] = path.split('/');
      if (to !== 'queue' || method !== 'POST' || messages !== 'messages' || status !== 201) return;
      const wake = parseWake(JSON.parse(messageIn(body)));
      if (wake === undefined || 'tell' in wake) throw new Error(`This is no wake: ${body}`);
      const seconds = Number(new URLSearchParams(query).get('visibilitytimeout') ?? 0);
      time.after(seconds * 1_000, () => visible(queue, wake, 1));
    },
  };
}
