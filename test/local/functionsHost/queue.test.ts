import { QueueClient } from '@azure/storage-queue';
import { describe, expect, test } from 'vitest';
import { takeAccount } from '../../support/storage.ts';
import { aGate } from './aGate.ts';
import { aHost, anApp, type RunningHost, running } from './aHost.ts';

const source = `
  import { app, output } from '@azure/functions';
  app.storageQueue('wake', { queueName: 'wakes', connection: 'Store', handler: async (wake, context) => {
    if (wake === 'wait') await (globalThis as any).wakeGate();
    if (wake === 'bad') throw new Error('not awake');
    context.log(JSON.stringify({ wake, metadata: context.triggerMetadata }));
  } });`;
const app = { 'functions/wake.ts': source };

/** Queue settings for tests: a message that fails is visible again at once. */
const hostJson = (queues: object = {}) => ({
  extensionBundle: { id: 'Microsoft.Azure.Functions.ExtensionBundle', version: '[4.*, 5.0.0)' },
  extensions: {
    http: { routePrefix: '' },
    queues: { messageEncoding: 'none', maxPollingInterval: '00:00:00.1', ...queues },
  },
});

/** An app on an account of its own, with a client for each of its queues. */
async function aQueueHost({ queues = {}, sources = app }: { queues?: object; sources?: Record<string, string> } = {}) {
  const Store = takeAccount();
  const host = await aHost(sources, { hostJson: hostJson(queues), env: { Store }, timeScale: 10 });
  return { ...host, queue: (name: string) => new QueueClient(Store, name) };
}

const firstSaid = async ({ lines }: RunningHost) => JSON.parse(String((await lines.until('function.log')).message));
const textsIn = async (queue: QueueClient) =>
  (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(({ messageText }) => messageText);

describe('a queue trigger', () => {
  test.each([
    ['hello', 'hello'],
    ['42', 42],
    ['true', true],
    ['{"a":1}', { a: 1 }],
    ['[1]', [1]],
  ])('gives %s to its function as %j', async (text, wake) => {
    const host = await aQueueHost();
    await host.queue('wakes').sendMessage(text);
    expect(await firstSaid(host)).toMatchObject({ wake });
  });

  test('tells about the message', async () => {
    const host = await aQueueHost();
    const { messageId } = await host.queue('wakes').sendMessage('hello');
    expect((await firstSaid(host)).metadata).toMatchObject({
      id: messageId,
      dequeueCount: 1,
      popReceipt: expect.any(String),
      insertionTime: expect.stringMatching(/^\d{4}-.*\+00:00$/),
      queueTrigger: 'hello',
    });
  });

  test('takes a message that is done out of the queue', async () => {
    const host = await aQueueHost();
    await host.queue('wakes').sendMessage('hello');
    await host.lines.until('function.log');
    await host.close();
    expect((await host.queue('wakes').getProperties()).approximateMessagesCount).toBe(0);
  });

  test('shows a failed message again, and puts it among the poisoned after maxDequeueCount', async () => {
    const host = await aQueueHost({ queues: { maxDequeueCount: 3 } });
    await host.queue('wakes').sendMessage('bad');
    const poisoned = await host.lines.until('queue.poisoned');
    expect(poisoned).toMatchObject({
      level: 'error',
      function: 'wake',
      message: 'Moved to wakes-poison: it has failed 3 times.',
    });
    expect(host.lines.of('function.failed')).toHaveLength(3);
    expect(await textsIn(host.queue('wakes-poison'))).toEqual(['bad']);
    expect((await host.queue('wakes').getProperties()).approximateMessagesCount).toBe(0);
  });

  test('keeps a failed message hidden for visibilityTimeout', async () => {
    const host = await aQueueHost({ queues: { visibilityTimeout: '00:10:00' } });
    await host.queue('wakes').sendMessage('bad');
    await host.lines.until('function.failed');
    await host.close();
    const wakes = host.queue('wakes');
    expect(await textsIn(wakes)).toEqual([]);
    expect((await wakes.getProperties()).approximateMessagesCount).toBe(1);
  });

  test('reads base64 where host.json says so; what is none is poison at once', async () => {
    const host = await aQueueHost({ queues: { messageEncoding: 'base64' } });
    await host.queue('wakes').sendMessage('not base64!');
    await host.queue('wakes').sendMessage(Buffer.from('hello').toString('base64'));
    expect(await firstSaid(host)).toMatchObject({ wake: 'hello' });
    expect(await host.lines.until('queue.poisoned')).toMatchObject({
      message: expect.stringMatching(/it is not base64/),
    });
    expect(await textsIn(host.queue('wakes-poison'))).toEqual(['not base64!']);
    expect(host.lines.of('function.failed')).toEqual([]);
  });

  test('works on many messages at the same time, but not on more than host.json allows', async () => {
    const gate = aGate('wakeGate');
    const host = await aQueueHost({ queues: { batchSize: 2, newBatchThreshold: 0 } });
    for (const text of ['wait', 'wait', 'wait']) await host.queue('wakes').sendMessage(text);
    await gate.reached(2);
    expect(gate.count()).toBe(2);
    gate.open();
    await gate.reached(3);
  });

  test('finishes what it has taken before the host closes', async () => {
    const gate = aGate('wakeGate');
    const host = await aQueueHost();
    await host.queue('wakes').sendMessage('wait');
    await gate.reached();
    const closed = host.close();
    gate.open();
    await closed;
    expect(host.lines.said()).toHaveLength(1);
    expect((await host.queue('wakes').getProperties()).approximateMessagesCount).toBe(0);
  });

  test('on a poison queue leaves a failed message there, hidden, and makes no poison of poison', async () => {
    const sources = { 'functions/wake.ts': source.replace("'wakes'", "'wakes-poison'") };
    const host = await aQueueHost({ queues: { maxDequeueCount: 1 }, sources });
    await host.queue('wakes-poison').sendMessage('bad');
    await host.lines.until('function.failed');
    await host.close();
    expect(await textsIn(host.queue('wakes-poison'))).toEqual([]);
    expect((await host.queue('wakes-poison').getProperties()).approximateMessagesCount).toBe(1);
    expect(await host.queue('wakes-poison-poison').exists()).toBe(false);
  });

  test('gives what was given out too often to nobody: it is poison, or stays where there is no queue for that', async () => {
    const Store = takeAccount();
    for (const name of ['wakes', 'wakes-poison']) {
      const queue = new QueueClient(Store, name);
      await queue.create();
      await queue.sendMessage(`of ${name}`);
      await queue.receiveMessages({ visibilityTimeout: 1 });
    }
    const sources = {
      ...app,
      'functions/poison.ts': source.replace("'wake',", "'poison',").replace("'wakes'", "'wakes-poison'"),
    };
    const host = await aHost(sources, { hostJson: hostJson({ maxDequeueCount: 1 }), env: { Store } });
    expect(await host.lines.until('queue.poisoned')).toMatchObject({
      message: expect.stringContaining('given out 1 times'),
    });
    // Moved, it is counted anew; the other is not given to the function before it.
    expect(await firstSaid(host)).toMatchObject({ wake: 'of wakes' });
    await host.close();
    expect(host.lines.said().filter((line) => JSON.stringify(line).includes('of wakes-poison'))).toEqual([]);
    expect((await new QueueClient(Store, 'wakes-poison').getProperties()).approximateMessagesCount).toBe(1);
  });

  test('may take the name of its queue from a setting', async () => {
    const Store = takeAccount();
    const sources = { 'functions/wake.ts': source.replace("'wakes'", "'%QUEUE%'") };
    const host = await aHost(sources, { env: { Store, QUEUE: 'others' }, hostJson: hostJson() });
    await new QueueClient(Store, 'others').sendMessage('hello');
    expect(await firstSaid(host)).toMatchObject({ wake: 'hello' });
  });

  test('whose storage cannot be reached stops the start, and says which setting led there', async () => {
    const Store = takeAccount().replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:9');
    const refused = running(await anApp(app, { hostJson: hostJson() }), { env: { Store } });
    await expect(refused).rejects.toThrow(
      /Queue "wakes" cannot be opened by the setting Store: .*Is Azurite running\?/s,
    );
  });

  test('finds its connection under the name that Azure puts first', async () => {
    const AzureWebJobsStore = takeAccount();
    const host = await aHost(app, { env: { AzureWebJobsStore, Store: 'not this one' }, hostJson: hostJson() });
    await new QueueClient(AzureWebJobsStore, 'wakes').sendMessage('hello');
    expect(await firstSaid(host)).toMatchObject({ wake: 'hello' });
  });
});

describe('a queue output', () => {
  const sources = {
    'functions/out.ts': `
      import { app, output } from '@azure/functions';
      const extra = output.storageQueue({ queueName: 'extra', connection: 'Store' });
      app.post('send', { extraOutputs: [extra], handler: async (request, context) => {
        context.extraOutputs.set(extra, await request.json());
        return { status: 201 };
      } });
      app.timer('returns', {
        schedule: '0 0 0 1 1 *',
        return: output.storageQueue({ queueName: 'returned', connection: 'Store' }),
        handler: () => ({ a: 1 }) as never,
      });`,
  };
  const send = (host: RunningHost, value: unknown) =>
    host.fetch('/send', { method: 'POST', body: JSON.stringify(value) });

  test('is sent before the answer', async () => {
    const host = await aQueueHost({ sources });
    expect((await send(host, ['one', { two: 2 }])).status).toBe(201);
    expect(await textsIn(host.queue('extra'))).toEqual(['one', '{\n  "two": 2\n}']);
  });

  test('may be what the handler returns', async () => {
    const host = await aQueueHost({ sources });
    await host.invoke('returns');
    expect(await textsIn(host.queue('returned'))).toEqual(['{\n  "a": 1\n}']);
  });

  test('is encoded as host.json says', async () => {
    const host = await aQueueHost({ sources, queues: { messageEncoding: 'base64' } });
    await send(host, 'hello');
    expect(await textsIn(host.queue('extra'))).toEqual([Buffer.from('hello').toString('base64')]);
  });
});
