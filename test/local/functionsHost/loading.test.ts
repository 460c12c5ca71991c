import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../../shared/core/errors.ts';
import { aFolder, aHost, anApp, running, type Sources } from './aHost.ts';

const hello = `import { app } from '@azure/functions'; app.get('hello', () => ({ body: 'hello' }));`;

describe('several hosts in one process', () => {
  const source = `
    import { app } from '@azure/functions';
    import process2 from 'node:process';
    let calls = 0;
    app.get('who', () => ({ jsonBody: [process.env.WHO, process2.env.WHO, process.env.PATH ?? null, ++calls] }));`;

  test('each have their own environment, and nothing of this process', async () => {
    const root = await anApp({ 'functions/who.ts': source });
    const one = await running(root, { env: { WHO: 'one' } });
    const two = await running(root, { env: { WHO: 'two' } });
    expect(await (await one.fetch('/who')).json()).toEqual(['one', 'one', null, 1]);
    expect(await (await one.fetch('/who')).json()).toEqual(['one', 'one', null, 2]);
    expect(await (await two.fetch('/who')).json()).toEqual(['two', 'two', null, 1]);
  });

  test('leave the real process to the app in all else', async () => {
    const source = `
      import { app } from '@azure/functions';
      app.get('where', () => ({ jsonBody: [process.cwd(), process.version, process.uptime() > 0] }));`;
    const root = await anApp({ 'functions/where.ts': source });
    const host = await running(root);
    expect(await (await host.fetch('/where')).json()).toEqual([root, process.version, true]);
  });
});

test('a host tells its functions by name, with the paths and methods of those over HTTP', async () => {
  const source = `
    import { app } from '@azure/functions';
    app.timer('tidy', { schedule: '0 0 3 * * *', handler: () => {} });
    app.post('createOrder', { route: 'orders', handler: () => ({}) });
    app.eventGrid('smsReceived', { handler: () => {} });
    app.http('about', { handler: () => ({}) });`;
  const host = await aHost({ 'functions/all.ts': source });
  expect(host.functions).toEqual([
    { name: 'about', trigger: 'http', route: '/about', methods: ['GET', 'POST'] },
    { name: 'createOrder', trigger: 'http', route: '/orders', methods: ['POST'] },
    { name: 'smsReceived', trigger: 'eventGrid' },
    { name: 'tidy', trigger: 'timer' },
  ]);
  expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

describe('an app that Azure would not run is refused in words', () => {
  const noBundle = { extensions: { http: { routePrefix: '' } } };
  const one = (body: string): Sources => ({
    'functions/one.ts': `import { app, output } from '@azure/functions';\n${body}`,
  });

  test.each<[what: string, sources: Sources, reason: RegExp, hostJson?: object]>([
    [
      'throws while it is loaded',
      one(`app.get('a', () => ({}));\n\nthrow new Error('no key');`),
      /dist\/app\.cjs fails while it is loaded: no key \(.*functions\/one\.ts:4:7\)$/,
    ],
    ['registers nothing', one(`console.assert(app);`), /registers no functions.*npm run build/],
    [
      'registers a name twice',
      {
        ...one(`app.get('a', () => ({}));`),
        'functions/two.ts': `import { app } from '@azure/functions'; app.get('a', () => ({}));`,
      },
      /Two functions are named "a"/,
    ],
    [
      'has an event function without the bundle',
      one(`app.eventGrid('a', { handler() {} });`),
      /Function "a": .*Add "extensionBundle"/,
      noBundle,
    ],
    [
      'has a queue function without the bundle',
      one(`app.storageQueue('a', { queueName: 'q', connection: 'C', handler() {} });`),
      /Function "a": .*Add "extensionBundle"/,
      noBundle,
    ],
    [
      'has a queue output without the bundle',
      one(
        `app.get('a', { extraOutputs: [output.storageQueue({ queueName: 'q', connection: 'C' })], handler: () => ({}) });`,
      ),
      /Function "a": .*Add "extensionBundle"/,
      noBundle,
    ],
    [
      'has a route with a leading slash',
      one(`app.get('a', { route: '/a', handler: () => ({}) });`),
      /Function "a": The route "\/a" begins with a slash/,
    ],
    [
      'has a trigger that is not run here',
      one(`app.storageBlob('a', { path: 'p', connection: 'C', handler() {} });`),
      /Function "a": Its trigger binding "blobTrigger.*is of type blobTrigger/,
    ],
    [
      'has an output that is not run here',
      one(`app.get('a', { extraOutputs: [output.table({ tableName: 't', connection: 'C' })], handler: () => ({}) });`),
      /Function "a": Its output binding "tableOutput.*is of type table/,
    ],
    [
      'has a schedule of five fields',
      one(`app.timer('a', { schedule: '0 3 * * *', handler() {} });`),
      /Function "a": The schedule "0 3 \* \* \*" is not NCRONTAB/,
    ],
    [
      'refers to a setting that is missing',
      one(`app.timer('a', { schedule: '%WHEN%', handler() {} });`),
      /Function "a": It refers to the setting WHEN, which is missing/,
    ],
    [
      'has no connection string for its queue',
      one(`app.storageQueue('a', { queueName: 'q', connection: 'Store', handler() {} });`),
      /The setting Store is missing.*queue "q"/,
    ],
    [
      'turns HTTP streaming on',
      one(`app.setup({ enableHttpStream: true }); app.get('a', () => ({}));`),
      /enableHttpStream/,
    ],
    [
      'fails in an appStart hook',
      one(`app.hook.appStart(() => { throw new Error('not today'); }); app.get('a', () => ({}));`),
      /^An appStart hook fails: not today$/,
    ],
    [
      'refuses its settings in an appStart hook',
      one(`
        const refusal = Object.assign(new Error('SERVICE_NUMBERS is missing.'), { code: 'invalid-configuration' });
        app.hook.appStart(() => { throw refusal; });
        app.get('a', () => ({}));`),
      /^SERVICE_NUMBERS is missing\.$/,
    ],
    [
      'uses a hook that does not exist',
      { 'functions/one.ts': `require('@azure/functions-core').registerHook('lunch', () => {});` },
      /Unrecognized hook "lunch"/,
    ],
  ])('it %s', async (_, sources, reason, hostJson) => {
    const root = await anApp(sources, { hostJson });
    const refusal = await running(root).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'invalid-configuration', message: expect.stringMatching(reason) });
  });

  test('it is not built', async () => {
    await expect(running(aFolder({}))).rejects.toThrow('dist/app.cjs is missing: run `npm run build`.');
  });

  test('it has no package.json', async () => {
    const root = aFolder({});
    rmSync(join(root, 'package.json'));
    await expect(running(root)).rejects.toThrow(/package\.json cannot be read/);
  });
});

test('a port in use keeps its code and is named in words', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const refused = aHost({ 'functions/hello.ts': hello }, { port });
  await expect(refused).rejects.toMatchObject({
    code: 'EADDRINUSE',
    message: `Port ${port} is in use by another program.`,
  });
});

describe('hooks', () => {
  test('run around the app and around each invocation, in order, and share their data', async () => {
    const source = `
      import { app } from '@azure/functions';
      const said = (globalThis as any)[process.env.SAID as string];
      app.hook.appStart(({ hookData }) => { hookData.since = 'start'; said.push('appStart'); });
      app.hook.preInvocation(({ hookData, invocationContext }) => { hookData.n = 1; said.push('pre ' + invocationContext.functionName); });
      app.hook.preInvocation(({ hookData }) => { said.push('pre again ' + hookData.n); });
      app.hook.postInvocation(({ hookData, result }) => { said.push('post ' + hookData.n + ' ' + result.body); });
      app.hook.appTerminate(({ hookData }) => { said.push('appTerminate since ' + hookData.since); });
      app.get('hello', () => { said.push('handler'); return { body: 'hello' }; });`;
    const said: string[] = [];
    Object.assign(globalThis, { hooksSaid: said });
    const host = await aHost({ 'functions/hello.ts': source }, { env: { SAID: 'hooksSaid' } });
    await host.fetch('/hello');
    await host.close();
    await host.close();
    expect(said).toEqual([
      'appStart',
      'pre hello',
      'pre again 1',
      'handler',
      'post 1 hello',
      'appTerminate since start',
    ]);
  });

  test('may replace arguments, handler, result and error', async () => {
    const source = `
      import { app } from '@azure/functions';
      app.hook.preInvocation((context) => {
        if (context.invocationContext.functionName === 'replaced') context.functionHandler = () => ({ body: 'by a hook' });
        context.inputs = [...context.inputs, 'more'];
      });
      app.hook.postInvocation((context) => {
        if (context.error) { context.error = undefined; context.result = { status: 418 }; }
      });
      app.get('replaced', () => ({ body: 'by itself' }));
      app.get('arguments', (_, more) => ({ body: more }));
      app.get('fails', () => { throw new Error('no'); });`;
    const host = await aHost({ 'functions/all.ts': source });
    expect(await (await host.fetch('/replaced')).text()).toBe('by a hook');
    expect(await (await host.fetch('/arguments')).text()).toBe('more');
    expect((await host.fetch('/fails')).status).toBe(418);
  });

  test('of the log see and change every line; a disposed one no longer does', async () => {
    const source = `
      import { app } from '@azure/functions';
      const gone = app.hook.log((line) => { line.message = 'never'; });
      gone.dispose();
      app.hook.log((line) => { line.message = line.message.replace('secret', '…'); });
      app.get('hello', (_, context) => { context.warn('a secret'); return {}; });`;
    const host = await aHost({ 'functions/hello.ts': source });
    await host.fetch('/hello');
    expect(await host.lines.saying('a …')).toMatchObject({ level: 'warn', function: 'hello' });
  });
});

test('what registers after the start is refused', async () => {
  const source = `
    import { app } from '@azure/functions';
    app.get('late', () => {
      try { app.get('later', () => ({})); } catch (error) { return { body: (error as Error).message }; }
      return { body: 'registered' };
    });`;
  const host = await aHost({ 'functions/late.ts': source });
  expect(await (await host.fetch('/late')).text()).toMatch(/"later" registers too late/);
});

test('what registers in an appStart hook is there', async () => {
  const source = `
    import { app } from '@azure/functions';
    app.hook.appStart(() => app.get('early', () => ({ body: 'early' })));`;
  const host = await aHost({ 'functions/early.ts': source });
  expect(await (await host.fetch('/early')).text()).toBe('early');
});
