import { describe, expect, test } from 'vitest';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { eraseConversation } from '../../shared/conversations/eraseConversation.ts';
import type { Flag } from '../../shared/conversations/flags.ts';
import { listConversations } from '../../shared/conversations/listConversations.ts';
import { updateConversation } from '../../shared/conversations/updateConversation.ts';
import { asTicks, ticksOf } from '../../shared/core/time.ts';
import { judge } from '../../shared/sms/judge.ts';
import { recordDelivery } from '../../shared/sms/recordDelivery.ts';
import { resendSms } from '../../shared/sms/resendSms.ts';
import { ended } from '../../shared/sms/sendPolicy.ts';
import { sendSms } from '../../shared/sms/sendSms.ts';
import type { SendOutcome } from '../../shared/sms/smsSender.ts';
import { anOutbound, local, subscriber } from '../support/smsValues.ts';
import { type SmsWorldOptions, smsWorld } from '../support/smsWorld.ts';

const refused: SendOutcome = { type: 'refused', code: 'recipient-400', reason: 'No such number.', optedOut: false };
const noAnswer: SendOutcome = { type: 'ambiguous', reason: 'no answer' };
const tooMany: SendOutcome = { type: 'refused-for-now', code: 'request-429', reason: 'Too many.' };

/** A conversation with what people and the carrier do to it. */
function aStory(options?: SmsWorldOptions) {
  const world = smsWorld(options);
  const { services, conversation } = world;
  const latest = async () => (await world.outbound())[0]!;
  const report = async (delivered: boolean, optedOut = false) => {
    const { key } = await latest();
    const said = { providerId: 'p', delivered, at: world.now(), reason: 'Unreachable.', optedOut };
    await recordDelivery({ conversation, key, ...said }, services);
  };
  return {
    ...world,
    latest,
    report,
    send: (text = 'Hello.') => sendSms({ service: local, subscriber, text, agent: 'ada' }, services),
    settle: (...settle: Flag[]) =>
      updateConversation(
        { conversation, agent: 'ada', update: { settle } },
        { ...services, timeline: timeline(world.table) },
      ),
    /** Flags as they are stored. */
    flags: async () => (await world.head())?.flags.map(({ flag }) => flag),
    /** Flags as the inbox shows them. */
    shown: async (flag?: Flag) => {
      const { items } = await listConversations({ service: local, size: 10, flag }, services);
      return items.map(({ head }) => head.flags.map((raised) => raised.flag));
    },
  };
}

describe('a message that ends badly flags its conversation', () => {
  test('refused for good: failed', async () => {
    const { behaviours, text, head, latest } = aStory();
    behaviours.push(refused);
    await text('hours');
    expect((await head())?.flags).toEqual([{ flag: 'failed', entries: [(await latest()).key] }]);
  });

  test('may have left: unknown', async () => {
    const { behaviours, text, flags } = aStory({ settings: { ambiguousSends: 'never' } });
    behaviours.push(noAnswer);
    await text('hours');
    expect(await flags()).toEqual(['unknown']);
  });

  test('given up by its last wake after the window: unknown', async () => {
    const { behaviours, text, flags, advance } = aStory();
    behaviours.push(...Array<SendOutcome>(20).fill(noAnswer));
    await text('hours');
    expect(await flags()).toEqual([]);
    await advance(600_000);
    expect(await flags()).toEqual(['unknown']);
  });

  test('an answer that could not leave in time: too-old', async () => {
    const { behaviours, text, flags, advance } = aStory();
    behaviours.push(...Array<SendOutcome>(60).fill(tooMany));
    await text('hours');
    await advance(1_900_000);
    expect(await flags()).toEqual(['too-old']);
  });

  test('an answer to a text that comes hours late: too-old, with the text itself', async () => {
    const { text, flags, now } = aStory();
    await text('hours', { at: ticksOf(now() - 7_200_000) });
    expect(await flags()).toEqual(['too-old']);
  });

  test('a wake that failed too often: failed', async () => {
    const { behaviours, text, wakes, advance, settleWake, flags } = aStory();
    behaviours.push(tooMany);
    await text('hours');
    const [{ wake } = { wake: undefined }] = wakes.splice(0);
    await advance(60_000);
    await settleWake(wake!);
    expect(await flags()).toEqual(['failed']);
  });

  test('refused by the day’s limit: failed', async () => {
    const { text, flags } = aStory({ perDay: 1 });
    await text('hours', { id: '1' });
    await text('hours', { id: '2' });
    expect(await flags()).toEqual(['failed']);
  });

  test('not delivered, as the carrier reports: failed', async () => {
    const { text, report, head, latest } = aStory();
    await text('hours');
    await report(false);
    expect((await head())?.flags).toEqual([{ flag: 'failed', entries: [(await latest()).key] }]);
  });

  test('unknown, and then reported as not delivered: failed', async () => {
    const { behaviours, text, report, flags } = aStory({ settings: { ambiguousSends: 'never' } });
    behaviours.push(noAnswer);
    await text('hours');
    await report(false);
    expect(await flags()).toEqual(['failed']);
  });
});

describe('nobody is called', () => {
  test('to a message that arrives', async () => {
    const { text, report, flags } = aStory();
    await text('hours');
    await report(true);
    expect(await flags()).toEqual([]);
  });

  test('to an answer that STOP ends', async () => {
    const { behaviours, text, flags, advance, latest } = aStory();
    behaviours.push(tooMany);
    await text('hours');
    await text('STOP', { id: 'stop' });
    await advance(60_000);
    expect((await latest()).purpose).toBe('stop-confirmation');
    expect(await flags()).toEqual([]);
  });

  test('to an answer that the carrier blocks because of STOP', async () => {
    const { text, report, flags, head } = aStory();
    await text('hours');
    await report(false, true);
    expect(await flags()).toEqual([]);
    expect((await head())?.stopAt).toBeDefined();
  });

  test('but to an agent’s message that is blocked', async () => {
    const { send, report, flags } = aStory();
    await send();
    await report(false, true);
    expect(await flags()).toEqual(['failed']);
  });
});

describe('a flag is settled', () => {
  test('by a report that comes later: whoever reads sees the truth, and puts the head right', async () => {
    const { behaviours, text, report, flags, shown } = aStory({ settings: { ambiguousSends: 'never' } });
    behaviours.push(noAnswer);
    await text('hours');
    expect(await shown('unknown')).toEqual([['unknown']]);
    await report(true);
    expect(await flags()).toEqual(['unknown']);
    expect(await shown('unknown')).toEqual([]);
    expect(await flags()).toEqual([]);
  });

  test('by a carrier that takes back its word', async () => {
    const { text, report, shown } = aStory();
    await text('hours');
    await report(false);
    await report(true);
    expect(await shown()).toEqual([[]]);
  });

  test('only of the message that arrived', async () => {
    const { behaviours, text, report, shown, head, latest } = aStory({ settings: { ambiguousSends: 'never' } });
    behaviours.push(noAnswer, noAnswer);
    await text('hours', { id: '1' });
    const first = await latest();
    await text('hours', { id: '2', at: asTicks(first.at + 10n) });
    await report(true);
    expect(await shown()).toEqual([['unknown']]);
    expect((await head())?.flags).toEqual([{ flag: 'unknown', entries: [first.key] }]);
  });

  test('by sending the message anew, in the same transaction', async () => {
    const { behaviours, send, latest, services, conversation, head, trouble } = aStory();
    behaviours.push(refused);
    await send();
    const { key } = await latest();
    trouble.conversations.push('lose');
    await expect(resendSms({ conversation, entry: key, number: 0, agent: 'ada' }, services)).rejects.toThrow();
    expect((await head())?.flags).toEqual([]);
  });

  test('by an agent; a report that comes twice does not raise it again', async () => {
    const { text, report, settle, flags, logged } = aStory();
    await text('hours');
    await report(false);
    expect((await settle('failed')).flags).toEqual([]);
    await report(false);
    expect(await flags()).toEqual([]);
    expect(logged).toContainEqual(
      expect.objectContaining({ event: 'conversation.updated', by: 'ada', settled: 'failed' }),
    );
  });

  test('by an agent, and no other with it', async () => {
    const { behaviours, text, settle, flags } = aStory({ settings: { ambiguousSends: 'never' } });
    behaviours.push(noAnswer, refused);
    await text('please stop texting me');
    await text('hours');
    await settle('unknown');
    expect(await flags()).toEqual(['stop-suggested', 'failed']);
  });

  test('by erasing its conversation', async () => {
    const { behaviours, text, services, conversation, flags, advance } = aStory();
    behaviours.push(refused);
    await text('hours');
    await eraseConversation(conversation, 'ada', services);
    await advance(1_000);
    await text('hello');
    expect(await flags()).toEqual([]);
  });
});

describe('the judgement and its flag are one write', () => {
  test('that fails whole', async () => {
    const { behaviours, text, trouble, flags, latest } = aStory();
    behaviours.push(refused);
    trouble.conversations.push('none', 'fail');
    await expect(text('hours')).rejects.toMatchObject({ code: 'storage-failed' });
    expect([await flags(), (await latest()).endedAs]).toEqual([[], undefined]);
  });

  test('that is known again when its answer is lost', async () => {
    const { behaviours, text, trouble, flags, latest } = aStory();
    behaviours.push(refused);
    trouble.conversations.push('none', 'echo');
    await text('hours');
    expect([await flags(), (await latest()).endedAs]).toEqual([['failed'], 'failed']);
  });

  /** A message whose claim is held, and the head as somebody changes it under a judgement. */
  async function claimed() {
    const { services, conversation, textAndDie, outbound, head } = aStory();
    await textAndDie('hours');
    const { key } = (await outbound())[0]!;
    const entry = await services.store.entry(conversation, key);
    const message = ended(anOutbound({ ...(entry?.value as object), key }), { code: 'request-400', reason: 'No.' });
    const between: (() => Promise<unknown>)[] = [];
    const store: typeof services.store = {
      ...services.store,
      async head(id) {
        const read = await services.store.head(id);
        await between.shift()?.();
        return read;
      },
    };
    const judgement = { conversation, message, etag: entry?.etag };
    return {
      ...services,
      conversation,
      head,
      between,
      message,
      judged: () => judge(judgement, { ...services, store }),
    };
  }

  test('made again when the head has changed meanwhile', async () => {
    const { store, conversation, head, between, judged } = await claimed();
    between.push(async () => {
      const read = (await store.head(conversation))!;
      return store.commit({ conversation, head: { ...read, value: { ...read.value, stopAt: asTicks(1n) } } });
    });
    expect(await judged()).toBe('done');
    expect(await head()).toMatchObject({ stopAt: 1n, flags: [{ flag: 'failed' }] });
  });

  test('and not made when the claim is somebody else’s by then', async () => {
    const { store, conversation, head, message, judged } = await claimed();
    await store.learn(conversation, message.key, { acceptedAt: 1 });
    expect(await judged()).toBe('lost');
    expect((await head())?.flags).toEqual([]);
  });
});
