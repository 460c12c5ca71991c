import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exampleSettings } from '../../local/appSettings.ts';
import { listen, shut } from '../../local/listen.ts';
import { ownEventsEndpoint, ownEventsTopic } from '../../local/subscriptions.ts';
import { eventGridTopic } from '../../shared/adapters/eventgrid/eventGridTopic.ts';
import { purposes } from '../../shared/conversations/entry.ts';
import { conversationIdOf, entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import {
  consentChanged,
  messageReceived,
  messageStatusChanged,
  withoutText,
} from '../../shared/conversations/ownEvents.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { aWorld } from '../local/eventGrid/aGrid.ts';
import { anOutbound, local, subscriber, testSettings } from '../support/smsValues.ts';
import { root } from '../support/world.ts';
import { receiver } from './examples/ownEventsReceiver.ts';

const page = readFileSync(join(root, 'docs/events.md'), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);

const at = Date.parse('2026-11-24T02:00:00.320Z');
const parties = {
  conversation: conversationIdOf(testSettings.conversationKey, local, subscriber),
  service: local,
  subscriber,
};
const inbound = {
  key: entryKeyOf(ticksOf(at), 'other', entryIdOf({ type: 'inbound', messageId: 'm1' })),
  at: ticksOf(at),
  text: 'STOP',
  keyword: 'stop',
} as const;
const confirmation = anOutbound({
  at: ticksOf(at),
  purpose: 'stop-confirmation',
  text: 'You will get no more texts.',
  replyTo: inbound.key,
  undeliveredAt: at + 8_000,
  undeliveredReason: 'The phone could not be reached (4006).',
});
const source = exampleSettings(root)['ACS_RESOURCE_ID'] ?? '';

/** The story that the page tells: a STOP, with texts on; its confirmation fails, with texts off; what it changes. */
const told = [
  messageReceived(parties, inbound),
  withoutText(messageStatusChanged(parties, confirmation, at)!),
  consentChanged(parties, { consent: 'revoked', at: ticksOf(at), by: 'subscriber', source: 'm1' }),
];

/** What the local topic is sent. */
async function published() {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    for await (const chunk of request) bodies.push(String(chunk));
    response.writeHead(200).end();
  });
  const port = await listen(server, 0);
  onTestFinished(() => shut(server));
  await eventGridTopic({ endpoint: `http://127.0.0.1:${port}/api/events`, key: 'a2V5', source }).send(told);
  return JSON.parse(bodies.join(''));
}

test('the page shows each event as it leaves', async () => {
  expect(blocks('json').map((block) => JSON.parse(block))).toEqual(await published());
});

test('the page tells every type, purpose and status', () => {
  for (const { type } of told) expect(page).toContain(`### ${type}`);
  for (const word of [...purposes, 'unknown', 'accepted', 'failed', 'delivered']) expect(page).toContain(`\`${word}\``);
});

test('the receiver that the page shows agrees and is told', async () => {
  const shown = readFileSync(join(import.meta.dirname, 'examples/ownEventsReceiver.ts'), 'utf8');
  expect(blocks('ts')).toEqual([shown]);
  const taken: string[] = [];
  const server = receiver(async ({ type }) => void taken.push(type));
  const port = await listen(server, 0);
  onTestFinished(() => shut(server));
  const { grid } = await aWorld({
    topics: [ownEventsTopic],
    subscriptions: () => [
      { name: 'crm', topic: ownEventsTopic.name, endpoint: `http://127.0.0.1:${port}`, schema: 'CloudEventSchemaV1_0' },
    ],
  });
  const [event] = await published();
  const { id, type, subject, time, data, specversion: _, ...attributes } = event;
  const topic = ownEventsTopic.name;
  await grid.publish({ id, eventType: type, subject, eventTime: time, data, dataVersion: '', topic, attributes });
  await grid.settled();
  expect(taken).toEqual(['Switchboard.MessageReceived']);
});

test('what the page says to put into local.settings.json is the local topic', () => {
  const shown = JSON.parse(`{${blocks('text')[0]}}`);
  expect(shown).toEqual({
    EVENTS_ENDPOINT: ownEventsEndpoint('http://127.0.0.1:7080'),
    EVENTS_KEY: ownEventsTopic.key,
  });
});
