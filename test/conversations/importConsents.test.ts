import { expect, test } from 'vitest';
import { type ImportedConsent, importConsents } from '../../shared/conversations/importConsents.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

const stopped = (more: Partial<ImportedConsent> = {}): ImportedConsent => ({
  service: local,
  subscriber,
  consent: 'revoked',
  at: ticksOf(start - 86_400_000),
  reason: 'Opted out by mail.',
  ...more,
});
const imported = (world: ReturnType<typeof smsWorld>, ...consents: ImportedConsent[]) =>
  importConsents(consents, 'agent:root', world.services);

test('who opted out elsewhere is not answered here, until START', async () => {
  const world = smsWorld();
  expect(await imported(world, stopped())).toEqual({ changed: 1, unchanged: 0 });
  await world.text('hours');
  expect(world.sent).toEqual([]);
  await world.text('START');
  await world.text('hours', { id: 'again' });
  expect(world.sent.map(({ text }) => text)).toEqual(['Welcome back.', 'We are open 9 to 5.']);
});

test('who does it and why is kept, once, however often the file is sent', async () => {
  const world = smsWorld();
  await imported(world, stopped());
  expect(await imported(world, stopped())).toEqual({ changed: 0, unchanged: 1 });
  const history = world.table.entities().filter(({ row }) => row.startsWith('c'));
  expect(history).toMatchObject([{ columns: { consent: 'revoked', by: 'agent:root', reason: 'Opted out by mail.' } }]);
});

test('what happened here since keeps its effect', async () => {
  const world = smsWorld();
  await world.text('START');
  expect(await imported(world, stopped())).toEqual({ changed: 1, unchanged: 0 });
  await world.text('hours');
  expect(world.sent.at(-1)?.text).toBe('We are open 9 to 5.');
});

test('a pair without a conversation does not show in the inbox, and is greeted as a first contact', async () => {
  const world = smsWorld({
    playbook: {
      business: { name: 'B', timeZone: 'UTC' },
      sms: { rules: [], greeting: 'Hi from {{business}}.', fallback: 'Sorry?' },
    },
  });
  await imported(world, stopped({ consent: 'given' }));
  expect(world.inboxTable.entities()).toEqual([]);
  await world.text('hello');
  expect(world.sent[0]?.text).toContain('Hi from B.');
});

test('the same pair twice in one file is decided by the later time', async () => {
  const world = smsWorld();
  await imported(world, stopped({ consent: 'given', at: ticksOf(start - 1) }), stopped());
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
});
