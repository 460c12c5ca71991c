import { describe, expect, test } from 'vitest';
import { aGate } from './aGate.ts';
import { aHost } from './aHost.ts';

const waiting = (gate: string) => `
  import { app } from '@azure/functions';
  app.get('wait', async () => { await (globalThis as any).${gate}(); return { body: 'waited' }; });`;

describe('a failing function', () => {
  test('is logged once, with its place in the sources', async () => {
    const source = `
      import { app } from '@azure/functions';

      app.get('fails', () => {
        throw new TypeError('no such thing');
      });`;
    const host = await aHost({ 'functions/fails.ts': source });
    const response = await host.fetch('/fails');
    expect([response.status, await response.text()]).toEqual([500, '']);
    expect(host.lines.of('function.failed')).toEqual([
      expect.objectContaining({
        level: 'error',
        function: 'fails',
        message: 'no such thing',
        invocationId: expect.stringMatching(/^[\da-f-]{36}$/),
        stack: expect.stringMatching(/^TypeError: no such thing\n\s+at .*functions\/fails\.ts:5:\d+/),
      }),
    ]);
  });

  test.each([
    ["'just words'", 'just words'],
    ['{ code: 7 }', '[object Object]'],
  ])('that throws %s fails with an error all the same', async (thrown, message) => {
    const source = `import { app } from '@azure/functions'; app.get('fails', () => { throw ${thrown}; });`;
    const host = await aHost({ 'functions/fails.ts': source });
    expect((await host.fetch('/fails')).status).toBe(500);
    expect(host.lines.of('function.failed')).toMatchObject([{ message }]);
  });
});

test('a function that runs longer than functionTimeout is given up', async () => {
  const gate = aGate('timeoutGate');
  const hostJson = { functionTimeout: '00:00:00.05', extensions: { http: { routePrefix: '' } } };
  const host = await aHost({ 'functions/wait.ts': waiting('timeoutGate') }, { hostJson });
  expect((await host.fetch('/wait')).status).toBe(500);
  expect(host.lines.of('function.failed')).toMatchObject([
    { message: expect.stringMatching(/0\.05 s, the functionTimeout/) },
  ]);
  gate.open();
});

test('closing waits for what is running, and its answer still arrives', async () => {
  const gate = aGate('closeGate');
  const host = await aHost({ 'functions/wait.ts': waiting('closeGate') });
  const response = host.fetch('/wait');
  await gate.reached();
  const closed = host.close();
  gate.open();
  expect(await (await response).text()).toBe('waited');
  await closed;
  await expect(host.fetch('/wait')).rejects.toThrow();
});

test('a line that is logged after the function has ended is warned about and dropped', async () => {
  const source = `
    import { app } from '@azure/functions';
    app.get('careless', (_, context) => {
      (globalThis as any).late = () => context.log('too late');
      context.log('in time');
      return {};
    });`;
  const host = await aHost({ 'functions/careless.ts': source });
  await host.fetch('/careless');
  (globalThis as unknown as { late: () => void }).late();
  expect(host.lines.said()).toEqual(['in time', expect.stringMatching(/Unexpected call to 'log'/)]);
});

test.each([
  ['trace', 'debug'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
])('context.%s logs at the level %s', async (method, level) => {
  const source = `
    import { app } from '@azure/functions';
    app.get('speaks', (_, context) => { context.${method}('said'); return {}; });`;
  const host = await aHost({ 'functions/speaks.ts': source });
  await host.fetch('/speaks');
  expect(await host.lines.saying('said')).toMatchObject({ level, function: 'speaks', category: 'user' });
});
