import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen, shut } from '../../../local/listen.ts';
import { freePort } from '../../../local/ports.ts';
import { ownEventsEndpoint, ownEventsTopic } from '../../../local/subscriptions.ts';
import { eventGridTopic } from '../../../shared/adapters/eventgrid/eventGridTopic.ts';
import { conversationIdOf } from '../../../shared/conversations/keys.ts';
import {
  consentChanged,
  messageStatusChanged,
  type OwnEvent,
  withoutText,
} from '../../../shared/conversations/ownEvents.ts';
import { ticksOf } from '../../../shared/core/time.ts';
import { anAcs } from '../../local/acs/anAcs.ts';
import { aWorld } from '../../local/eventGrid/aGrid.ts';
import { anOutbound, local, subscriber, testSettings } from '../../support/smsValues.ts';

const now = 1_795_485_600_000;
const source = '/subscriptions/s/switchboard';
const parties = {
  conversation: conversationIdOf(testSettings.conversationKey, local, subscriber),
  service: local,
  subscriber,
};
const accepted = messageStatusChanged(parties, anOutbound({ acceptedAt: now }), now)!;
const stopped = consentChanged(parties, { consent: 'revoked', at: ticksOf(now), by: 'subscriber', source: 'm1' });

/** The local Event Grid with the topic for own events, and one that listens. */
async function aTopic() {
  const world = await aWorld({
    topics: [ownEventsTopic],
    subscriptions: (endpoint) => [
      { name: 'ownEvents', topic: ownEventsTopic.name, endpoint, schema: 'CloudEventSchemaV1_0' },
    ],
  });
  const acs = await anAcs({ eventGrid: world.grid });
  onTestFinished(() => acs.close());
  const endpoint = ownEventsEndpoint(acs.url);
  return { ...world, endpoint, topic: eventGridTopic({ endpoint, key: ownEventsTopic.key, source }) };
}

const jsonOf = (event: OwnEvent) => JSON.parse(JSON.stringify(event));

test('what is told arrives as CloudEvents, all of it by one request', async () => {
  const { topic, grid, receiver } = await aTopic();
  expect(await topic.send([accepted, stopped])).toBeUndefined();
  await grid.settled();
  const envelope = { source, specversion: '1.0', datacontenttype: 'application/json' };
  const received = receiver.deliveries.map(({ body }) => JSON.parse(body));
  expect(received).toHaveLength(2);
  for (const told of [accepted, stopped]) expect(received).toContainEqual({ ...jsonOf(told), ...envelope });
});

test('told again, it bears the same id', async () => {
  const { topic, grid } = await aTopic();
  for (let n = 0; n < 2; n++) await topic.send([accepted]);
  expect(grid.events().map(({ event }) => event.id)).toEqual([accepted.id, accepted.id]);
});

test('a text that is not to be told is not on the wire', async () => {
  const { topic, grid } = await aTopic();
  await topic.send([withoutText(accepted)]);
  expect(JSON.stringify(grid.events())).not.toContain('We are open');
});

describe('what goes wrong is told and never thrown:', () => {
  test('a rejected key needs a person', async () => {
    const { endpoint } = await aTopic();
    const failure = await eventGridTopic({ endpoint, key: 'd3Jvbmc=', source }).send([accepted]);
    expect(failure).toEqual({ reason: 'The topic answered 401 Unauthorized.', alarm: true });
  });

  test('so does a topic that is not there', async () => {
    const { endpoint } = await aTopic();
    const elsewhere = endpoint.replace(ownEventsTopic.name, 'gone');
    const failure = await eventGridTopic({ endpoint: elsewhere, key: ownEventsTopic.key, source }).send([accepted]);
    expect(failure).toMatchObject({ reason: expect.stringContaining('404'), alarm: true });
  });

  test('a host that is not there does not', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}/api/events`;
    const failure = await eventGridTopic({ endpoint, key: 'a2V5', source }).send([accepted]);
    expect(failure).toEqual({ reason: 'The topic could not be reached (ECONNREFUSED).', alarm: false });
  });
});

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A topic that does what real ones do on their bad days. */
async function aBadTopic(handle: Handler, deadlineMs?: number) {
  let count = 0;
  const server = createServer((request, response) => handle(request, response, ++count));
  const port = await listen(server, 0);
  onTestFinished(() => shut(server));
  const endpoint = `http://127.0.0.1:${port}/api/events`;
  const topic = eventGridTopic({ endpoint, key: 'a2V5', source, ...(deadlineMs !== undefined && { deadlineMs }) });
  return { topic, count: () => count };
}

describe('a topic on a bad day', () => {
  test('that breaks the connection once is asked again at once', async () => {
    const { topic, count } = await aBadTopic((request, response, nth) =>
      nth === 1 ? request.socket.destroy() : response.writeHead(200).end(),
    );
    expect(await topic.send([accepted])).toBeUndefined();
    expect(count()).toBe(2);
  });

  test.each([
    [429, false],
    [500, false],
    [400, true],
    [403, true],
  ])('that answers %i is asked twice at most', async (status, alarm) => {
    const { topic, count } = await aBadTopic((_, response) => response.writeHead(status).end());
    expect(await topic.send([accepted])).toMatchObject({ reason: expect.stringContaining(String(status)), alarm });
    expect(count()).toBeLessThanOrEqual(2);
  });

  test.each<[string, Handler]>([
    ['says nothing', () => {}],
    ['asks us to wait for an hour', (_, response) => response.writeHead(429, { 'retry-after': '3600' }).end()],
  ])('that %s is given up at the deadline', async (_, handle) => {
    const { topic } = await aBadTopic(handle, 100);
    expect(await topic.send([accepted])).toEqual({ reason: 'The topic did not answer in time.', alarm: false });
  });
});

test('a key is not sent in the clear to another machine: the SDK refuses before it looks for it', async () => {
  const failure = await eventGridTopic({ endpoint: 'http://topic.invalid/api/events', key: 'a2V5', source }).send([
    accepted,
  ]);
  expect(failure).toEqual({ reason: 'The topic could not be reached (Error).', alarm: false });
});
