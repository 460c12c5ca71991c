import { randomUUID } from 'node:crypto';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { subscriber, tollFree } from '../anAcs.ts';
import { aLine, type Line, phone } from './aLine.ts';

let line: Line;
beforeAll(async () => {
  line = await aLine();
});
beforeEach(() => line.fresh());
afterAll(() => line.close());

/** A client whose requests carry this id and this first-sent time. */
function repeating(id: string, firstSent: string = new Date(line.timers.now()).toUTCString()) {
  const policy = {
    name: 'repeating',
    sendRequest: (
      request: { headers: { set(name: string, value: string): void } },
      next: (request: never) => never,
    ) => {
      request.headers.set('Repeatability-Request-ID', id);
      request.headers.set('Repeatability-First-Sent', firstSent);
      return next(request as never);
    },
  };
  const options = { ...line.options, additionalPolicies: [{ policy: policy as never, position: 'perCall' as const }] };
  return new CallAutomationClient(line.connectionString, options);
}
const create = (client: CallAutomationClient, to = subscriber) =>
  client.createCall({ targetParticipant: phone(to), sourceCallIdNumber: phone(tollFree) }, line.callback);
const calls = async () => (await line.admin('GET', '/calls')).body.calls.length;

test('the same request of the same id is one call', async () => {
  const client = repeating(randomUUID());
  const [first, second] = [await create(client), await create(client)];
  expect(second.callConnectionProperties).toEqual(first.callConnectionProperties);
  expect(await calls()).toBe(1);
});

test('an answer that was repeated is no second answer', async () => {
  const { context } = await line.ring();
  const client = repeating(randomUUID());
  const [first, second] = [
    await client.answerCall(context, line.callback),
    await client.answerCall(context, line.callback),
  ];
  expect(second.callConnectionProperties.callConnectionId).toBe(first.callConnectionProperties.callConnectionId);
  await line.settled();
  expect(line.app.types()).toEqual(['CallConnected', 'ParticipantsUpdated']);
});

test('an answer that got lost is found by its id', async () => {
  const client = repeating(randomUUID());
  line.dials.change({ calls: { lostAnswer: 1 } });
  await expect(create(client)).rejects.toThrow();
  line.dials.change({ calls: { lostAnswer: 0 } });
  await create(client);
  expect(await calls()).toBe(1);
});

test('what failed on the service’s side is done anew', async () => {
  const client = repeating(randomUUID());
  line.dials.change({ calls: { status5xx: 1 } });
  await expect(create(client)).rejects.toMatchObject({ statusCode: 500 });
  line.dials.change({ calls: { status5xx: 0 } });
  await create(client);
  expect(await calls()).toBe(1);
});

test('what hangs is in progress, until it is forgotten', async () => {
  const client = repeating(randomUUID());
  line.dials.change({ calls: { timeout: 1 } });
  const armed = line.timers.armed();
  const hanging = expect(create(client)).rejects.toThrow();
  await armed;
  line.dials.change({ calls: { timeout: 0 } });
  await expect(create(client)).rejects.toMatchObject({ statusCode: 409, code: '8519' });
  line.timers.advance(30_000);
  await hanging;
  await create(client);
  expect(await calls()).toBe(1);
});

test.each([
  ['no GUID', () => create(repeating('seven')), 400],
  ['no date', () => create(repeating(randomUUID(), 'yesterday')), 400],
  ['a date of long ago', () => create(repeating(randomUUID(), 'Mon, 02 Jan 2006 15:04:05 GMT')), 412],
])('%s is refused', async (_what, run, statusCode) => {
  await expect(run()).rejects.toMatchObject({ statusCode });
});

test('another request of the same id is refused', async () => {
  const client = repeating(randomUUID());
  await create(client);
  await expect(create(client, '+14255550124')).rejects.toMatchObject({ statusCode: 400, code: '8523' });
});

test('a service that ignores the id calls twice', async () => {
  line.dials.change({ calls: { repeatability: false } });
  const client = repeating(randomUUID());
  await create(client);
  await create(client);
  expect(await calls()).toBe(2);
});
