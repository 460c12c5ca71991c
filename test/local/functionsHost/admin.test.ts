import { describe, expect, test } from 'vitest';
import { takeAccount } from '../../support/storage.ts';
import { aHost } from './aHost.ts';

const source = `
  import { app } from '@azure/functions';
  app.get('hello', () => ({ body: 'hello' }));
  app.timer('tidy', { schedule: '0 0 0 1 1 *', handler: (timer, context) => context.log('tidy ' + timer.isPastDue) });
  app.eventGrid('smsReceived', { handler: (event, context) => context.log('sms ' + event.id) });
  app.storageQueue('wake', { queueName: 'wakes', connection: 'AzureWebJobsStorage', handler: (wake, context) => {
    if (wake === 'bad') throw new Error('not awake');
    context.log('wake ' + JSON.stringify(wake));
  } });`;
const app = { 'functions/all.ts': source };
const host = () => aHost(app, { storageConnection: takeAccount() });

describe('POST /admin/functions/NAME', () => {
  test.each([
    ['tidy', '{"input":""}', 'tidy false'],
    ['tidy', '', 'tidy false'],
    ['TIDY', '{}', 'tidy false'],
    ['wake', '{"input":"{\\"a\\":1}"}', 'wake {"a":1}'],
    ['wake', '{"input":{"a":1}}', 'wake {"a":1}'],
    ['smsReceived', '{"input":"{\\"id\\":\\"e1\\"}"}', 'sms e1'],
  ])('runs %s with %j', async (name, body, said) => {
    const { fetch, lines } = await host();
    const response = await fetch(`/admin/functions/${name}`, { method: 'POST', body });
    expect([response.status, await response.text()]).toEqual([202, '']);
    await lines.saying(said);
  });

  test.each([
    ['POST', 'nobody', '{}', 404, ''],
    ['GET', 'tidy', undefined, 404, ''],
    ['POST', 'hello', '{}', 400, 'Function "hello" is called over HTTP, at /hello.'],
    ['POST', 'smsReceived', '{"input":"x"}', 400, 'The input of an Event Grid function must be an event in JSON.'],
    ['POST', 'tidy', '{', 400, 'The body is not JSON.'],
  ])('%s %s with %j answers %i', async (method, name, body, status, text) => {
    const { fetch } = await host();
    const response = await fetch(`/admin/functions/${name}`, { method, ...(body !== undefined && { body }) });
    expect([response.status, await response.text()]).toEqual([status, text]);
  });

  test.each([
    ['', 401],
    ['h', 401],
    ['m', 202],
  ])('with keys wants the master key: %j answers %i', async (key, status) => {
    const { fetch } = await aHost(app, { storageConnection: takeAccount(), keys: { master: 'm', host: 'h' } });
    const response = await fetch('/admin/functions/tidy', { method: 'POST', headers: { 'x-functions-key': key } });
    expect(response.status).toBe(status);
  });
});

describe('invoke', () => {
  test('resolves when the function has ended', async () => {
    const { invoke, lines } = await host();
    await invoke('wake', { a: 1 });
    expect(lines.said()).toEqual(['wake {"a":1}']);
  });

  test('rejects as the function failed', async () => {
    const { invoke, lines } = await host();
    await expect(invoke('wake', 'bad')).rejects.toThrow('not awake');
    expect(lines.of('function.failed')).toHaveLength(1);
  });

  test.each([
    ['nobody', 'There is no function "nobody".'],
    ['hello', 'Function "hello" is called over HTTP, at /hello.'],
  ])('of %s is refused', async (name, reason) => {
    const { invoke } = await host();
    await expect(invoke(name)).rejects.toThrow(reason);
  });
});
