import { describe, expect, test } from 'vitest';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { receiveSms } from '../../shared/sms/receiveSms.ts';
import { resendSms } from '../../shared/sms/resendSms.ts';
import { sendSms } from '../../shared/sms/sendSms.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld } from '../support/smsWorld.ts';

const hour = 3_600_000;
const talkative = { replies: 1_000, within: hour };
const capOf = (segments: number) => ({ subscriberCap: { segments, within: 24 * hour }, replyBudget: talkative });

type World = ReturnType<typeof smsWorld>;

const send = (world: World, { text = 'Your cake is ready.', key, to = subscriber }: Sending = {}) =>
  sendSms({ service: local, subscriber: to, text, agent: 'ann', idempotencyKey: key }, world.services);

interface Sending {
  readonly text?: string;
  readonly key?: string;
  readonly to?: PhoneNumber;
}

/** Why the latest message was not sent. */
const reasonOf = async (world: World) => (await world.outbound())[0]?.endCode;

describe('a reply', () => {
  test('beyond the subscriber’s cap is kept with its reason, and their text with it', async () => {
    const world = smsWorld({ settings: capOf(2) });
    for (const text of ['hours', 'hours?', 'hours!']) {
      await world.text(text);
      await world.advance(1_000);
    }
    expect(world.sent).toHaveLength(2);
    expect(await reasonOf(world)).toBe('subscriber-limit');
    expect((await world.timeline()).slice(0, 2)).toEqual([
      ['failed', 'We are open 9 to 5.'],
      ['inbound', 'hours!'],
    ]);
  });

  test('is charged once, however often its event comes and whatever happens to the answers of storage', async () => {
    const world = smsWorld({ settings: capOf(2) });
    world.trouble.conversations.push('echo');
    await world.text('hours');
    await world.text('hours');
    world.trouble.conversations.push('lose');
    await world.text('hours?').catch(() => {});
    await world.text('hours?');
    await world.advance(60_000);
    expect(world.sent).toHaveLength(2);
    await world.text('hours!');
    expect(await reasonOf(world)).toBe('subscriber-limit');
  });

  test('of sixteen that come at once, as many leave as the cap allows', async () => {
    const world = smsWorld({ settings: capOf(5) });
    const texts = Array.from({ length: 16 }, (_, n) => `hours ${n}`);
    for (let waiting = texts; waiting.length > 0; ) {
      const outcomes = await Promise.allSettled(waiting.map((text) => world.text(text)));
      waiting = waiting.filter((_, n) => outcomes[n]?.status === 'rejected');
    }
    expect(world.sent).toHaveLength(5);
    expect(await world.outbound()).toHaveLength(16);
  });

  test('beyond the day’s segments is kept too, and a STOP counts all the same', async () => {
    const world = smsWorld({ perDay: 1 });
    await world.text('hours');
    await world.text('STOP');
    expect(world.sent).toHaveLength(1);
    expect(await reasonOf(world)).toBe('daily-limit');
    expect(await world.head()).toMatchObject({ stopAt: ticksOf(world.now()) });
  });

  test('to a country that is not listed does not leave', async () => {
    const world = smsWorld();
    const jamaican = '+18765551234' as PhoneNumber;
    const sms = { messageId: 'm', service: local, subscriber: jamaican, text: 'hours', at: ticksOf(world.now()) };
    await receiveSms(sms, world.services);
    expect(world.sent).toEqual([]);
    const conversation = conversationIdOf(world.services.settings.conversationKey, local, jamaican);
    expect((await world.services.store.head(conversation))?.value).toMatchObject({ preview: 'hours' });
  });
});

describe('an agent', () => {
  test.each<[string, Parameters<typeof smsWorld>[0], Sending, string]>([
    ['another country', {}, { to: '+18765551234' as PhoneNumber }, 'country-not-allowed'],
    ['a premium-rate number', {}, { to: '+19005551234' as PhoneNumber }, 'number-type-not-allowed'],
    ['a short code', {}, { to: '12345' as PhoneNumber }, 'not-textable'],
    ['a subscriber beyond the cap', { settings: capOf(1) }, { text: 'x'.repeat(161) }, 'subscriber-limit'],
    ['anybody beyond the day', { perDay: 1 }, { text: 'x'.repeat(161) }, 'daily-limit'],
    ['a stranger at night', { settings: { sendingHours: [] } }, {}, 'outside-hours'],
  ])('who texts %s is told why not, and nothing is kept or armed', async (_, options, sending, code) => {
    const world = smsWorld(options);
    await expect(send(world, sending)).rejects.toMatchObject({ code, retryable: false });
    expect([world.sent, world.wakes, world.table.entities()]).toEqual([[], [], []]);
  });

  test('answers at night whoever wrote in the evening', async () => {
    const world = smsWorld({ settings: { sendingHours: [] } });
    await world.text('hours');
    await world.advance(23 * hour);
    await send(world);
    expect(world.sent).toHaveLength(2);
    await world.advance(2 * hour);
    await expect(send(world)).rejects.toMatchObject({ code: 'outside-hours' });
  });

  test('who repeats a request is shown what it made, though nothing more may be sent', async () => {
    const world = smsWorld({ settings: capOf(1), perDay: 1 });
    const first = await send(world, { key: 'cake' });
    const again = await send(world, { key: 'cake' });
    expect(again).toMatchObject({ repeated: true, message: { key: first.message.key } });
    await expect(send(world, { key: 'other' })).rejects.toMatchObject({ code: 'subscriber-limit' });
  });

  test('who sends anew pays anew', async () => {
    const world = smsWorld({ settings: capOf(1) });
    world.behaviours.push({ type: 'refused', code: 'recipient-400', reason: 'no', optedOut: false });
    const { conversation, message } = await send(world);
    const anew = resendSms({ conversation, entry: message.key, number: 0, agent: 'ann' }, world.services);
    await expect(anew).rejects.toMatchObject({ code: 'subscriber-limit' });
  });

  test('shares the cap with the bot', async () => {
    const world = smsWorld({ settings: capOf(2) });
    await world.text('hours');
    await send(world);
    await expect(send(world)).rejects.toMatchObject({ code: 'subscriber-limit' });
    expect((await world.head())?.spent).toBe(`${world.now()}:2`);
  });

  test('whose answer from storage is lost is charged once', async () => {
    const world = smsWorld({ settings: capOf(2), perDay: 2 });
    world.trouble.conversations.push('echo');
    await send(world, { key: 'cake' });
    await send(world, { key: 'bread' });
    expect(world.sent).toHaveLength(2);
    await expect(send(world, { key: 'third' })).rejects.toMatchObject({ code: 'subscriber-limit' });
  });
});
