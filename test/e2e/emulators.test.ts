import { createServer, type IncomingMessage } from 'node:http';
import { SmsClient } from '@azure/communication-sms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionStringOf, localAccessKey } from '../../local/acs/connection.ts';
import { listen, shut } from '../../local/listen.ts';
import { type RealWorld, realWorld, until } from '../support/realWorld.ts';

interface Delivered {
  readonly eventType: string;
  readonly data: { readonly message?: string; readonly tag?: string; readonly deliveryStatus?: string };
}

const delivered: Delivered[] = [];

/** Somebody else's functions: they agree to the handshake and write down what comes. */
const functions = createServer(async (request, response) => {
  const [event] = (await bodyOf(request)) as [Delivered & { data: { validationCode?: string } }];
  response.setHeader('content-type', 'application/json');
  if (request.headers['aeg-event-type'] === 'SubscriptionValidation')
    return response.end(JSON.stringify({ validationResponse: event.data.validationCode }));
  delivered.push(event);
  return response.writeHead(202).end();
});

let world: RealWorld;
beforeAll(async () => {
  const port = await listen(functions, 0);
  world = await realWorld('emulators', { FUNCTIONS_URL: `http://127.0.0.1:${port}` });
});
afterAll(async () => {
  await world.close();
  await shut(functions);
});

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

const eventOf = (type: string) =>
  until(`an event ${type}`, async () => delivered.find(({ eventType }) => eventType.endsWith(type)));

test('a text is delivered where FUNCTIONS_URL says, as Event Grid would', async () => {
  await world.text('+14255550501', '+14255550100', 'hello');
  expect((await eventOf('SMSReceived')).data.message).toBe('hello');
});

test('an unmodified SDK client sends, with the connection string of the example', async () => {
  const client = new SmsClient(connectionStringOf(world.acs, localAccessKey), { allowInsecureConnection: true });
  const request = { from: '+14255550100', to: ['+14255550502'], message: 'hello back' };
  const [result] = await client.send(request, { enableDeliveryReport: true, tag: 'mine' });
  expect(result?.successful).toBe(true);
  expect(await world.received('+14255550502', 1)).toEqual(['hello back']);
  expect((await eventOf('SMSDeliveryReportReceived')).data).toMatchObject({ tag: 'mine', deliveryStatus: 'Delivered' });
});
