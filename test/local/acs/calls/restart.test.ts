import { afterEach, expect, test } from 'vitest';
import { aLine, type Line, text } from './aLine.ts';

const lines: Line[] = [];
afterEach(async () => {
  for (const line of lines.splice(0)) await line.close();
});
async function started(): Promise<Line> {
  const line = await aLine();
  lines.push(line);
  return line;
}

test('calls end with the world, which says so', async () => {
  const before = await started();
  const { context } = await before.ring();
  const { properties } = await before.answer();
  await before.close();
  lines.length = 0;
  expect(before.log).toContainEqual({ event: 'acs.calls-dropped', reason: undefined });

  const after = await started();
  await expect(after.client.answerCall(context, after.callback)).rejects.toMatchObject({
    statusCode: 404,
    code: '8522',
    message: expect.stringContaining('do not outlive'),
  });
  const gone = after.client.getCallConnection(properties.callConnectionId!);
  await expect(gone.hangUp(true)).rejects.toMatchObject({ statusCode: 404, code: '8522' });
});

test('a world that ends leaves nothing running', async () => {
  const line = await started();
  const { media } = await line.answer();
  await media.playToAll([text('hello')], { loop: true });
  await line.ring();
  line.dials.change({ calls: { promptScale: 1 } });
  await media.playToAll([text('hello')]);
  await line.close();
  lines.length = 0;
  expect(line.timers.untilNext()).toBeUndefined();
});

test('a world that ends waits for nobody who takes its callbacks and does not answer', async () => {
  const line = await started();
  line.app.whenever(() => new Promise(() => {}));
  const { context } = await line.ring();
  await line.client.answerCall(context, line.callback);
  await line.app.came(1);
  await line.close();
  lines.length = 0;
});

test('what was being said when the world was made fresh is never told of', async () => {
  const line = await started();
  const { media } = await line.answer();
  line.dials.change({ calls: { promptScale: 1 } });
  await media.playToAll([text('hello')]);
  await line.app.told('PlayStarted');
  await line.admin('POST', '/reset');
  line.timers.advance(60_000);
  await line.settled();
  expect(line.app.types()).not.toContain('PlayCompleted');
});

test('a fresh world has no calls, and handsets do as the dial says', async () => {
  const line = await started();
  const { id, call } = await line.answer();
  await line.admin('PUT', '/handsets/14255550177', { does: 'answer' });
  await line.admin('POST', '/reset');
  expect((await line.admin('GET', '/calls')).body).toEqual({ calls: [] });
  expect((await line.admin('GET', '/handsets')).body).toEqual({ handsets: {} });
  expect(await line.admin('GET', `/calls/${id}`)).toMatchObject({ status: 404 });
  await expect(call.hangUp(true)).rejects.toMatchObject({ statusCode: 404 });
  await line.settled();
  expect(line.app.types()).toEqual(['CallConnected', 'ParticipantsUpdated']);
});
