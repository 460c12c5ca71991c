import { describe, expect, test } from 'vitest';
import { anEvent, aWorld, topic } from './aGrid.ts';
import { agree, aReceiver, type Reaction, type Received } from './receiver.ts';

const origin = 'http://127.0.0.1:7080';
const cloudEvents = { schema: 'CloudEventSchemaV1_0' } as const;
const messagesOf = (log: readonly { event: string; fields: object }[], event: string) =>
  log.filter((line) => line.event === event).map(({ fields }) => JSON.stringify(fields));

describe('the handshake', () => {
  test('in the Event Grid schema posts a validation event and wants its code back', async () => {
    const { grid, receiver, log } = await aWorld({ origin });
    await grid.settled();
    const [{ method, headers, body }] = receiver.handshakes as [Received];
    const [{ id, data, ...rest }] = JSON.parse(body);
    expect({ method, headers }).toMatchObject({
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'aeg-event-type': 'SubscriptionValidation',
        'aeg-subscription-name': 'SMSRECEIVED',
        'aeg-delivery-count': '0',
        'aeg-data-version': '1',
        'aeg-metadata-version': '1',
      },
    });
    expect(rest).toEqual({
      topic,
      subject: '',
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      eventTime: '2026-11-24T02:00:00.000Z',
      metadataVersion: '1',
      dataVersion: '1',
    });
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(data).toEqual({
      validationCode: expect.stringMatching(/^[\da-f-]{36}$/),
      validationUrl: `${origin}/eventgrid/validate?id=${data.validationCode}`,
    });
    expect(messagesOf(log, 'eventgrid.subscribed')).toHaveLength(1);
  });

  test('in the CloudEvents schema asks by OPTIONS', async () => {
    const { grid, receiver, log } = await aWorld({ subscription: cloudEvents, origin });
    await grid.settled();
    expect(receiver.handshakes).toMatchObject([
      {
        method: 'OPTIONS',
        headers: {
          'webhook-request-origin': 'eventgrid.azure.net',
          'webhook-request-callback': expect.stringMatching(`^${origin}/eventgrid/validate\\?id=`),
        },
        body: '',
      },
    ]);
    expect(messagesOf(log, 'eventgrid.subscribed')).toHaveLength(1);
  });

  test('events that were published before it wait for it', async () => {
    const { grid, receiver } = await aWorld({ idle: true });
    await grid.publish(anEvent({ id: 'a' }));
    await grid.publish(anEvent({ id: 'b' }));
    expect(receiver.deliveries).toEqual([]);
    grid.start();
    await grid.settled();
    expect(
      receiver
        .events()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b']);
    expect(receiver.handshakes).toHaveLength(1);
  });

  const code = ({ body }: Received) => JSON.parse(body)[0].data.validationCode;
  const allow = (value: string): Reaction => ({ status: 200, headers: { 'WebHook-Allowed-Origin': value } });
  const refusals: readonly (readonly [
    string,
    'EventGridSchema' | 'CloudEventSchemaV1_0',
    (to: Received) => Reaction,
    RegExp,
  ])[] = [
    ['202', 'EventGridSchema', (to) => ({ ...(agree(to) as object), status: 202 }), /answered 202; only 200 counts/],
    ['500', 'EventGridSchema', () => ({ status: 500 }), /answered 500/],
    [
      'a wrong code',
      'EventGridSchema',
      () => ({ status: 200, body: '{"validationResponse":"x"}' }),
      /wrong validationResponse/,
    ],
    ['no code', 'EventGridSchema', () => ({ status: 200, body: '{}' }), /without validationResponse/],
    ['no JSON', 'EventGridSchema', () => ({ status: 200, body: 'ok' }), /without validationResponse/],
    ['null', 'EventGridSchema', () => ({ status: 200, body: 'null' }), /without validationResponse/],
    ['202 to OPTIONS', 'CloudEventSchemaV1_0', () => ({ ...(allow('*') as object), status: 202 }), /answered 202/],
    ['another origin', 'CloudEventSchemaV1_0', () => allow('example.org'), /wrong WebHook-Allowed-Origin/],
    ['no origin', 'CloudEventSchemaV1_0', () => ({ status: 200 }), /without WebHook-Allowed-Origin/],
  ];
  test.each(refusals)(
    'is not passed by %s, and tried again after a second until it is',
    async (_, schema, refuse, words) => {
      const { grid, receiver, log, time } = await aWorld({ subscription: { schema }, idle: true });
      receiver.shakeHandsWith(refuse);
      grid.start();
      await grid.settled();
      for (const count of [2, 3]) {
        time.advance(1_000);
        await receiver.seen('handshakes', count);
        await grid.settled();
      }
      expect(messagesOf(log, 'eventgrid.endpoint-down')).toEqual([expect.stringMatching(words)]);
      await grid.publish(anEvent());
      receiver.shakeHandsWith(agree);
      time.advance(1_000);
      await grid.settled();
      expect(receiver.deliveries).toHaveLength(1);
      expect(messagesOf(log, 'eventgrid.endpoint-up')).toHaveLength(1);
      expect(new Set(receiver.handshakes.map((to) => (to.body === '' ? to : code(to)))).size).toBe(4);
    },
  );

  test('accepts any origin from a CloudEvents endpoint', async () => {
    const receiver = await aReceiver();
    receiver.shakeHandsWith(() => allow('*'));
    const { grid } = await aWorld({ subscription: cloudEvents, receiver });
    await grid.publish(anEvent());
    await grid.settled();
    expect(receiver.deliveries).toHaveLength(1);
  });
});

describe('validating by hand', () => {
  const reservedWorld = async (schema: 'EventGridSchema' | 'CloudEventSchemaV1_0') => {
    const receiver = await aReceiver();
    receiver.shakeHandsWith(() => ({ status: 200 }));
    const world = await aWorld({ receiver, origin, subscription: { schema } });
    await world.grid.settled();
    const [{ headers, body }] = receiver.handshakes as [Received];
    const url = String(headers['webhook-request-callback'] ?? (body && JSON.parse(body)[0].data.validationUrl));
    return { ...world, url, get: async () => world.grid.handle(new Request(url)) };
  };

  test.each(['EventGridSchema', 'CloudEventSchemaV1_0'] as const)(
    'a GET of the address opens the way (%s)',
    async (schema) => {
      const { grid, receiver, log, get, url } = await reservedWorld(schema);
      expect(messagesOf(log, 'eventgrid.awaiting-validation')).toEqual([expect.stringContaining(url)]);
      await grid.publish(anEvent());
      expect((await get())?.status).toBe(200);
      await grid.settled();
      expect(receiver.deliveries).toHaveLength(1);
      expect((await get())?.status).toBe(404);
    },
  );

  test('is possible for five minutes; then the endpoint is asked anew, with another code', async () => {
    const { grid, receiver, time, get } = await reservedWorld('EventGridSchema');
    time.advance(300_001);
    expect((await get())?.status).toBe(404);
    await receiver.seen('handshakes', 2);
    await grid.settled();
    expect((await get())?.status).toBe(404);
  });

  test.each([
    ['GET', '/eventgrid/validate?id=nonsense', 404],
    ['GET', '/eventgrid/validate', 404],
    ['POST', '/eventgrid/validate?id=nonsense', undefined],
    ['GET', '/admin/events', undefined],
  ])('%s %s is answered %s', async (method, path, status) => {
    const { grid } = await reservedWorld('EventGridSchema');
    expect((await grid.handle(new Request(`${origin}${path}`, { method })))?.status).toBe(status);
  });
});
