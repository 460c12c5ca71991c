import { expect, test } from 'vitest';
import type { Country } from '../../shared/core/countries.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks, ticksOf } from '../../shared/core/time.ts';
import { receiveSms } from '../../shared/sms/receiveSms.ts';
import { local, subscriber, tollFree } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

const answer = 'We are open 9 to 5.';
const ambiguous = { type: 'ambiguous', reason: 'no answer came in time.' } as const;
const tooMany = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' } as const;
const blocked = { type: 'refused', code: 'recipient-400', reason: 'Opted out.', optedOut: true } as const;

test('a text is kept and answered', async () => {
  const world = smsWorld();
  await world.text('hours');
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
  expect(world.sent).toMatchObject([{ from: local, text: answer, firstSentAt: start - 10_000 }]);
  expect(await world.head()).toMatchObject({ preview: 'hours', mode: 'bot', flags: [] });
});

test('a redelivered text is answered once', async () => {
  const world = smsWorld();
  await world.text('hours');
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
  expect(await world.timeline()).toHaveLength(2);
});

test('the same text from two workers at once is answered once', async () => {
  const world = smsWorld();
  await Promise.all([world.text('hours'), world.text('hours'), world.text('hours')]);
  expect(world.sent).toHaveLength(1);
});

test('two texts at once are both kept and both answered', async () => {
  const world = smsWorld();
  await Promise.all([
    world.text('hours', { id: 'a', at: ticksOf(start) }),
    world.text('hours', { id: 'b', at: ticksOf(start + 1) }),
  ]);
  expect(world.sent).toHaveLength(2);
  expect(await world.timeline()).toHaveLength(4);
});

test.each([
  ['first', 'second'],
  ['second', 'first'],
])('of texts of one instant the same one is shown, also when %s comes first', async (one, other) => {
  const world = smsWorld();
  for (const text of [one, other]) await world.text(text, { id: text, at: ticksOf(start) });
  expect(await world.head()).toMatchObject({ preview: 'first' });
});

test('texts stand in the order of the service, not of arrival, each with its reply after it', async () => {
  const world = smsWorld();
  await world.text('hours', { id: '2', at: asTicks(ticksOf(start) + 2n) });
  await world.text('what?', { id: '1', at: asTicks(ticksOf(start) + 1n) });
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
    ['accepted', 'Sorry?'],
    ['inbound', 'what?'],
  ]);
  expect(await world.head()).toMatchObject({ preview: 'hours', last: ticksOf(start) + 2n });
});

test('a commit whose answer was lost is our own, and its reply is sent at once', async () => {
  const world = smsWorld();
  world.trouble.conversations.push('echo');
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
});

test('storage that fails before the commit loses nothing: the event comes again', async () => {
  const world = smsWorld();
  world.trouble.conversations.push('fail');
  await expect(world.text('hours')).rejects.toMatchObject({ code: 'storage-failed', retryable: true });
  expect(world.sent).toHaveLength(0);
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
});

test('when the mark fails after the send, the same send is asked about again and no other is made', async () => {
  const world = smsWorld();
  world.trouble.conversations.push('none', 'fail');
  await expect(world.text('hours')).rejects.toMatchObject({ code: 'storage-failed' });
  await world.advance(10_000);
  await world.text('hours');
  expect(world.wakes).toMatchObject([{ at: start + 35_000 }]);
  await world.advance(60_000);
  const ids = new Set(world.sent.map((sms) => sms.repeatabilityId));
  expect([world.sent.length, ids.size]).toEqual([2, 1]);
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
});

test('a process that dies while sending is relieved when its lease ends, with the same id', async () => {
  const world = smsWorld();
  await world.textAndDie('hours');
  await world.advance(10_000);
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
  await world.advance(60_000);
  expect(world.sent).toHaveLength(2);
  expect(world.sent[1]).toEqual(world.sent[0]);
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
});

test('a process that died so long ago that its send is forgotten leaves the reply unknown', async () => {
  const world = smsWorld();
  await world.textAndDie('hours');
  await world.advance(300_000);
  await world.text('hours');
  expect(world.sent).toHaveLength(1);
  expect(await world.timeline()).toEqual([
    ['unknown', answer],
    ['inbound', 'hours'],
  ]);
});

test('a send that is refused for now is tried again under a new id', async () => {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  expect(await world.timeline()).toEqual([
    ['queued', answer],
    ['inbound', 'hours'],
  ]);
  await world.advance(5_000);
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
  expect(new Set(world.sent.map((sms) => sms.repeatabilityId)).size).toBe(2);
});

test('an unclear send is tried again under the same id', async () => {
  const world = smsWorld();
  world.behaviours.push(ambiguous);
  await world.text('hours');
  await world.advance(5_000);
  expect(world.sent[1]).toEqual(world.sent[0]);
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
});

test('a wake on a clock that is behind still does its work', async () => {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  const [armed] = world.wakes;
  world.wakes.splice(0, 1, { wake: armed!.wake, at: armed!.at - 4_000 });
  await world.advance(5_000);
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
});

test('when the wake cannot be armed the event is not acknowledged, and nobody believes one is', async () => {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  world.trouble.wakes.push('fail');
  await expect(world.text('hours')).rejects.toMatchObject({ code: 'storage-failed' });
  expect((await world.outbound())[0]?.nextTryAt).toBeUndefined();
  await world.advance(60_000);
  await world.text('hours');
  expect(await world.timeline()).toEqual([
    ['accepted', answer],
    ['inbound', 'hours'],
  ]);
});

test('a send that stays unclear becomes unknown once the provider has forgotten it', async () => {
  const world = smsWorld();
  world.behaviours.push(...Array.from({ length: 20 }, () => ambiguous));
  await world.text('hours');
  await world.advance(600_000);
  expect(await world.timeline()).toEqual([
    ['unknown', answer],
    ['inbound', 'hours'],
  ]);
  expect(world.wakes).toEqual([]);
  expect(new Set(world.sent.map((sms) => sms.repeatabilityId)).size).toBe(1);
});

test('a provider that is down for longer than a reply is worth leaves it failed, with the reason', async () => {
  const world = smsWorld();
  world.behaviours.push(...Array.from({ length: 60 }, () => tooMany));
  await world.text('hours');
  await world.advance(3_600_000);
  expect(await world.outbound()).toMatchObject([{ endedAs: 'failed', endCode: 'expired' }]);
  expect(world.wakes).toEqual([]);
});

test('a text that arrives too late is kept, and its reply stands there unsent with the reason', async () => {
  const world = smsWorld();
  await world.text('hours', { at: ticksOf(start - 1_800_001) });
  expect(world.sent).toHaveLength(0);
  expect(await world.outbound()).toMatchObject([{ text: answer, endedAs: 'failed', endCode: 'expired' }]);
});

test('nothing is said after STOP but the one confirmation, until START', async () => {
  const world = smsWorld();
  for (const message of ['hours', 'STOP', 'hours', 'stop', 'START', 'hours'])
    await world.text(message, { id: `${message}${world.now()}` }).then(() => world.advance(1_000));
  expect(world.sent.map((sms) => sms.text)).toEqual([answer, 'You will get no more texts.', 'Welcome back.', answer]);
});

test('STOP while a reply waits for its next try stops it', async () => {
  const world = smsWorld();
  world.behaviours.push(tooMany);
  await world.text('hours');
  await world.advance(1_000);
  await world.text('STOP');
  await world.advance(60_000);
  expect(await world.timeline()).toEqual([
    ['accepted', 'You will get no more texts.'],
    ['inbound', 'STOP'],
    ['failed', answer],
    ['inbound', 'hours'],
  ]);
});

test('a STOP confirmation that waits is not cancelled by its own STOP, but by a START', async () => {
  const kept = smsWorld();
  kept.behaviours.push(tooMany);
  await kept.text('STOP');
  await kept.advance(6_000);
  expect(kept.sent).toHaveLength(2);
  const cancelled = smsWorld();
  cancelled.behaviours.push(tooMany);
  await cancelled.text('STOP');
  await cancelled.advance(1_000);
  await cancelled.text('START');
  await cancelled.advance(60_000);
  expect(cancelled.sent.map((sms) => sms.text)).toEqual(['You will get no more texts.', 'Welcome back.']);
});

test('a YES that arrives before the STOP it came after still counts', async () => {
  const world = smsWorld();
  await world.text('YES', { at: ticksOf(start + 2_000) });
  await world.text('STOP', { at: ticksOf(start + 1_000) });
  await world.text('hours', { at: ticksOf(start + 3_000) });
  expect(world.sent.at(-1)?.text).toBe(answer);
});

test('a blocked send teaches the opt-out, with who and why', async () => {
  const world = smsWorld();
  world.behaviours.push(blocked);
  await world.text('hours');
  await world.advance(1_000);
  await world.text('hours', { id: 'again' });
  expect(world.sent).toHaveLength(1);
  expect((await world.outbound())[0]).toMatchObject({ endedAs: 'failed', endReason: 'Opted out.' });
  expect((await world.head())?.stopAt).toBe(ticksOf(start - 15_000));
});

test('a START sent after the blocked send keeps its effect', async () => {
  const world = smsWorld();
  await world.text('START', { at: ticksOf(start - 1_000) });
  world.behaviours.push(blocked);
  await world.text('hours');
  await world.advance(1_000);
  await world.text('hours', { id: 'again' });
  expect(world.sent.map((sms) => sms.text)).toEqual(['Welcome back.', answer, answer]);
});

test('a text to a number that is not ours to serve, or from the future, is refused for good', async () => {
  const world = smsWorld();
  const strange = {
    messageId: 'm',
    service: '+15555550000' as PhoneNumber,
    subscriber,
    text: 'hi',
    at: ticksOf(start),
  };
  await expect(receiveSms(strange, world.services)).rejects.toMatchObject({ code: 'invalid-input', retryable: false });
  const future = world.text('hi', { at: ticksOf(start + 86_400_001) });
  await expect(future).rejects.toMatchObject({ code: 'invalid-input', retryable: false });
});

test.each(['MYBANK', '12345', tollFree])('a text from %s is kept and not answered', async (from) => {
  const world = smsWorld();
  const text = { messageId: 'm', service: local, subscriber: from as PhoneNumber, text: 'hours', at: ticksOf(start) };
  await receiveSms(text, world.services);
  expect(world.sent).toEqual([]);
  expect(world.table.entities().filter(({ row }) => row.startsWith('e'))).toHaveLength(1);
});

test('two bots do not talk for ever', async () => {
  const world = smsWorld();
  for (let n = 0; n < 15; n++) await world.text('hours', { id: `${n}` }).then(() => world.advance(10_000));
  expect(world.sent).toHaveLength(10);
  await world.advance(600_000);
  await world.text('hours', { id: 'later' });
  expect(world.sent).toHaveLength(11);
});

test('a wish to be left alone is flagged for a person', async () => {
  const world = smsWorld();
  await world.text('please stop texting me');
  expect((await world.head())?.flags).toMatchObject([{ flag: 'stop-suggested', entries: [expect.any(String)] }]);
});

test('the inbox has one row for the conversation, where its head says', async () => {
  const world = smsWorld();
  await world.text('hours', { id: '1' });
  await world.advance(5_000);
  await world.text('hours', { id: '2' });
  const rows = world.inboxTable.entities().map(({ partition, row }) => [partition, row]);
  expect(rows).toEqual([[local, (await world.head())?.inboxKey]]);
});

test('a redelivery puts back an inbox row that a crash left out', async () => {
  const world = smsWorld();
  await world.text('hours');
  const key = (await world.head())?.inboxKey ?? '';
  await world.inboxTable.transact(local, [{ type: 'delete', row: key }]);
  await world.text('hours');
  expect(world.inboxTable.entities().map(({ row }) => row)).toEqual([key]);
});

test('a reply to a country that is not allowed is kept, unsent, with the reason', async () => {
  const world = smsWorld({ settings: { allowedCountries: ['GB' as Country] } });
  await world.text('hours');
  expect(world.sent).toEqual([]);
  expect(await world.outbound()).toMatchObject([{ endedAs: 'failed', endCode: 'country-not-allowed' }]);
});

test('a subscriber gets no more segments than the cap, counted in the conversation', async () => {
  const world = smsWorld({ settings: { subscriberCap: { segments: 2, within: 3_600_000 } } });
  for (const id of ['1', '2', '3']) await world.text('hours', { id }).then(() => world.advance(1_000));
  expect(world.sent).toHaveLength(2);
  expect((await world.outbound())[0]).toMatchObject({ endCode: 'subscriber-limit' });
  await world.advance(2 * 3_600_000);
  await world.text('hours', { id: '4' });
  expect(world.sent).toHaveLength(3);
});

test('a text that comes again costs nothing of the day', async () => {
  const world = smsWorld({ perDay: 2 });
  for (let n = 0; n < 5; n++) await world.text('hours');
  await world.text('hours', { id: 'another' });
  expect(world.sent).toHaveLength(2);
  await world.text('hours', { id: 'one too many' });
  expect((await world.outbound()).map(({ endCode }) => endCode)).toContain('daily-limit');
  expect(world.sent).toHaveLength(2);
});
