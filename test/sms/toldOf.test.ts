import { describe, expect, test } from 'vitest';
import { statusOf } from '../../shared/conversations/status.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { draftReply } from '../../shared/sms/draftReply.ts';
import type { ReceivedSms } from '../../shared/sms/receivedSms.ts';
import { recordDelivery } from '../../shared/sms/recordDelivery.ts';
import { toldOfItsConsent, toldOfMessage, toldOfText } from '../../shared/sms/toldOf.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

const textOf = (text: string): ReceivedSms => ({
  messageId: `m-${text}`,
  service: local,
  subscriber,
  text,
  at: ticksOf(start),
});

describe('a text tells', () => {
  test.each(['hours', 'STOP', 'START', 'YES', 'HELP', 'please stop texting me'])(
    '%j as it is committed',
    async (text) => {
      const { services, conversation } = smsWorld();
      const attempt = { token: 't', now: start };
      const { commit } = await draftReply(textOf(text), { conversation, head: undefined, attempt }, services);
      const [received, consent] = toldOfText(textOf(text), conversation);
      const { conversation: _, service: __, subscriber: ___, ...data } = received!.data;
      expect(commit.create?.[0]).toMatchObject({ key: received?.data['entry' as never], text, direction: 'inbound' });
      expect(data).toMatchObject({ text, direction: 'inbound' });
      expect(consent?.data).toEqual(
        commit.consent && {
          conversation,
          service: local,
          subscriber,
          consent: commit.consent.consent,
          by: 'subscriber',
        },
      );
      expect(toldOfItsConsent(textOf(text), conversation)).toEqual(consent === undefined ? [] : [consent]);
    },
  );
});

describe('an outbound message tells', () => {
  const replied = async (world: ReturnType<typeof smsWorld>) => {
    await world.text('hours');
    const [message] = await world.outbound();
    if (message === undefined) throw new Error('no reply');
    return { conversation: world.conversation, key: message.key };
  };
  const reportOf = (of: Awaited<ReturnType<typeof replied>>, optedOut: boolean) => ({
    ...of,
    providerId: 'Outgoing_1',
    delivered: false,
    at: start + 1_000,
    reason: optedOut ? 'Sender blocked for given recipient.' : '4006',
    optedOut,
  });

  test('where it stands, and the same again', async () => {
    const world = smsWorld();
    const reply = await replied(world);
    const told = await toldOfMessage(reply, world.services);
    expect(told).toMatchObject([
      { type: 'Switchboard.MessageStatusChanged', data: { status: 'accepted', service: local, subscriber } },
    ]);
    expect(await toldOfMessage(reply, world.services)).toEqual(told);
  });

  test('nothing while it is under way', async () => {
    const world = smsWorld();
    world.behaviours.push({ type: 'refused-for-now', code: 'request-503', reason: 'Busy.' });
    const reply = await replied(world);
    expect(statusOf((await world.outbound())[0]!)).toBe('queued');
    expect(await toldOfMessage(reply, world.services)).toEqual([]);
  });

  test('nothing when there is none', async () => {
    const world = smsWorld();
    const reply = await replied(smsWorld());
    expect(await toldOfMessage(reply, world.services)).toEqual([]);
  });

  test('of a report, and of the opt-out it taught', async () => {
    const world = smsWorld();
    const reply = await replied(world);
    await recordDelivery(reportOf(reply, true), world.services);
    const [status, consent] = await toldOfMessage(reply, world.services);
    expect(status).toMatchObject({ data: { status: 'failed' } });
    expect(consent).toMatchObject({ type: 'Switchboard.ConsentChanged', data: { consent: 'revoked', by: 'carrier' } });
    expect(await toldOfMessage(reply, world.services)).toEqual([status, consent]);
  });

  test('of a refusal, and of the opt-out it taught', async () => {
    const world = smsWorld();
    world.behaviours.push({ type: 'refused', code: 'recipient-400', reason: 'Opted out.', optedOut: true });
    const told = await toldOfMessage(await replied(world), world.services);
    expect(told.map(({ type }) => type)).toEqual(['Switchboard.MessageStatusChanged', 'Switchboard.ConsentChanged']);
  });

  test('of no opt-out that it did not teach', async () => {
    const world = smsWorld();
    const reply = await replied(world);
    await recordDelivery(reportOf(reply, false), world.services);
    await world.text('STOP', { at: ticksOf(start + 2_000) });
    expect(await toldOfMessage(reply, world.services)).toMatchObject([{ data: { status: 'failed' } }]);
  });
});
