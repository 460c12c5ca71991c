import { describe, expect, test } from 'vitest';
import { aGate } from './aGate.ts';
import { aHost, type RunningHost } from './aHost.ts';

const source = `
  import { app } from '@azure/functions';
  app.eventGrid('smsReceived', {
    handler: async (event, context) => {
      if (event.data?.message === 'wait') await (globalThis as any).bothHere();
      if (event.data?.message === 'bad') throw new Error('cannot keep it');
      context.log(JSON.stringify([event, context.triggerMetadata]));
    },
  });
  app.eventGrid('batched', { cardinality: 'many', handler: (events, context) => context.log(JSON.stringify(events)) } as never);`;
const app = { 'functions/events.ts': source };

const anEvent = (id: string, message = 'hours') => ({
  id,
  eventType: 'Microsoft.Communication.SMSReceived',
  eventTime: '2026-11-24T02:00:02Z',
  data: { MessageId: id, message, receivedTimestamp: '2026-11-24T02:00:00.32Z' },
});

interface Delivery {
  readonly path?: string;
  readonly type?: string | undefined;
  readonly body?: unknown;
  readonly method?: string;
  readonly headers?: Record<string, string>;
}

async function deliver(host: RunningHost, { type = 'Notification', body = [], ...delivery }: Delivery) {
  const path = delivery.path ?? '/runtime/webhooks/EventGrid?functionName=smsReceived';
  const headers = { 'aeg-event-type': type, ...delivery.headers };
  const response = await host.fetch(path, { method: delivery.method ?? 'POST', headers, body: JSON.stringify(body) });
  return [response.status, await response.text()];
}

describe('the Event Grid webhook', () => {
  test('gives an event to its function as it came, and its data camel-cased beside it', async () => {
    const host = await aHost(app);
    expect(await deliver(host, { body: [anEvent('a')] })).toEqual([202, '']);
    const [event, metadata] = JSON.parse(String(host.lines.said()[0]));
    expect(event).toEqual(anEvent('a'));
    expect(metadata).toEqual({
      data: { messageId: 'a', message: 'hours', receivedTimestamp: '2026-11-24T02:00:00.32Z' },
    });
  });

  test('takes one event alone, as CloudEvents come', async () => {
    const host = await aHost(app);
    expect(await deliver(host, { body: anEvent('a') })).toEqual([202, '']);
    expect(host.lines.said()).toHaveLength(1);
  });

  test('runs all events of a batch at the same time', async () => {
    const gate = aGate('bothHere');
    const bothHere = gate.reached(2).then(gate.open);
    const host = await aHost(app);
    expect(await deliver(host, { body: [anEvent('a', 'wait'), anEvent('b', 'wait')] })).toEqual([202, '']);
    await bothHere;
  });

  test('answers 500 with the reason when one event fails, and the others are done all the same', async () => {
    const host = await aHost(app);
    const body = [anEvent('a'), anEvent('b', 'bad'), anEvent('c')];
    expect(await deliver(host, { body })).toEqual([500, 'cannot keep it']);
    expect(host.lines.said()).toHaveLength(2);
    expect(host.lines.of('function.failed')).toHaveLength(1);
  });

  test('hands the batch on whole where the function takes many', async () => {
    const host = await aHost(app);
    const path = '/runtime/webhooks/eventgrid?functionName=batched';
    expect(await deliver(host, { path, body: [anEvent('a'), anEvent('b')] })).toEqual([202, '']);
    expect(host.lines.said()).toEqual([JSON.stringify([anEvent('a'), anEvent('b')])]);
  });

  const code = '512d38b6-0000-4000-8000-000000000010';
  test.each<[what: string, delivery: Delivery, answer: [number, string]]>([
    [
      'a validation in the Event Grid schema',
      { type: 'SubscriptionValidation', body: [{ data: { validationCode: code } }] },
      [200, `{"validationResponse":"${code}"}`],
    ],
    [
      'a validation as a CloudEvent',
      { type: 'SubscriptionValidation', body: { data: `{"validationCode":"${code}"}` } },
      [200, `{"validationResponse":"${code}"}`],
    ],
    [
      'a validation without a code',
      { type: 'SubscriptionValidation', body: [{ data: {} }] },
      [500, 'The validation event holds no validationCode.'],
    ],
    ['an unsubscription', { type: 'Unsubscribe' }, [202, '']],
    ['an event type in other letters', { type: 'notification', body: anEvent('a') }, [202, '']],
    ['another event type', { type: 'SubscriptionDeletion' }, [400, '']],
    ['no event type', { type: '' }, [400, '']],
    ['no JSON', { body: 7 }, [500, 'The body is not a JSON object or array.']],
    ['an unknown function', { path: '/runtime/webhooks/eventgrid?functionName=x' }, [404, `cannot find function: 'x'`]],
    [
      'a function in other letters',
      { path: '/runtime/webhooks/eventgrid?functionName=SMSReceived' },
      [404, `cannot find function: 'SMSReceived'`],
    ],
    ['no function', { path: '/RUNTIME/WEBHOOKS/EVENTGRID' }, [404, `cannot find function: ''`]],
  ])('answers %s', async (_, delivery, answer) => {
    expect(await deliver(await aHost(app), delivery)).toEqual(answer);
  });

  test.each([
    ['eventgrid.azure.net', 'eventgrid.azure.net'],
    ['eventgrid.azure.us', 'eventgrid.azure.us'],
    ['example.org', 'eventgrid.azure.net'],
  ])('greets the origin %s by allowing %s', async (origin, allowed) => {
    const host = await aHost(app);
    const response = await host.fetch('/runtime/webhooks/eventgrid?functionName=smsReceived', {
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': origin },
    });
    expect([response.status, response.headers.get('webhook-allowed-origin')]).toEqual([200, allowed]);
  });

  test.each<[delivery: Delivery, status: number]>([
    [{}, 401],
    [{ path: '/runtime/webhooks/eventgrid?functionName=smsReceived&code=h' }, 401],
    [{ path: '/runtime/webhooks/eventgrid?functionName=smsReceived&code=e' }, 202],
    [{ path: '/runtime/webhooks/eventgrid?functionName=smsReceived&code=m' }, 202],
    [{ headers: { 'x-functions-key': 'e' } }, 202],
  ])('with keys, %j answers %i', async (delivery, status) => {
    const host = await aHost(app, { keys: { master: 'm', host: 'h', eventGrid: 'e' } });
    expect(await deliver(host, delivery)).toEqual([status, '']);
  });
});
