import { describe, expect, test } from 'vitest';
import { timeline as timelineOver } from '../../shared/adapters/storage/timeline.ts';
import { consentOf } from '../../shared/conversations/consent.ts';
import type { Commit } from '../../shared/conversations/conversationStore.ts';
import type { Head } from '../../shared/conversations/head.ts';
import { entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { type ConversationUpdate, updateConversation } from '../../shared/conversations/updateConversation.ts';
import { asTicks, ticksOf } from '../../shared/core/time.ts';
import { aHead, testSettings } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

const at = ticksOf(start);

/** A conversation whose head is as told; `between` happens after an update has read it and before it writes. */
async function aConversation(columns: Partial<Head> = {}) {
  const world = smsWorld();
  const { services, conversation } = world;
  await services.store.commit({ conversation, head: { value: aHead({ last: at, lastInbound: at, ...columns }) } });
  const timeline = timelineOver(world.table);
  const commits: Commit[] = [];
  const between: (() => Promise<unknown>)[] = [];
  const store: typeof services.store = {
    ...services.store,
    async commit(commit) {
      commits.push(commit);
      await between.shift()?.();
      return services.store.commit(commit);
    },
  };
  const change = async (head: Partial<Head>) => {
    const known = (await services.store.head(conversation))!;
    await services.store.commit({ conversation, head: { ...known, value: { ...known.value, ...head } as Head } });
  };
  return {
    ...world,
    commits,
    between,
    change,
    history: () => timeline.consentHistory(conversation),
    update: (update: ConversationUpdate) =>
      updateConversation({ conversation, agent: 'ann', update }, { ...services, store, timeline }),
  };
}

test('consent that an agent gives does not outlast a STOP that is on its way, on a clock ahead of the service', async () => {
  const { update, text, head, sent } = await aConversation();
  await update({ consent: { consent: 'given', reason: 'Said so on the phone.' } });
  await text('STOP', { at: ticksOf(start - 3_000) });
  await text('hours', { at: ticksOf(start - 2_000) });
  expect((await head())?.stopAt).toBe(ticksOf(start - 3_000));
  expect(sent.map((sms) => sms.text)).toEqual(['You will get no more texts.']);
});

test('an agent does not give consent over a STOP that has only just come', async () => {
  const { update, text } = await aConversation();
  await text('STOP');
  const given = update({ consent: { consent: 'given', reason: 'Said so on the phone.' } });
  await expect(given).rejects.toMatchObject({ code: 'conflict' });
});

test('having read the latest does not hide an answer to a message of ours that is ahead of it', async () => {
  const { update, text, head } = await aConversation({ last: ticksOf(start + 3_000), lastInbound: at });
  await update({ readTo: 'latest' });
  await text('yes', { at: ticksOf(start + 1_000) });
  const { lastInbound, readTo } = (await head())!;
  expect(lastInbound! > readTo!).toBe(true);
});

describe('who answers', () => {
  test('an agent who takes over holds the conversation for a while', async () => {
    const { update, head } = await aConversation();
    await update({ mode: 'agent' });
    expect(await head()).toMatchObject({ mode: 'agent', modeUntil: start + testSettings.agentHold });
  });

  test('who takes over again holds it anew', async () => {
    const { update, head, advance } = await aConversation({ mode: 'agent', modeUntil: start + 1_000 });
    await advance(500);
    await update({ mode: 'agent' });
    expect((await head())?.modeUntil).toBe(start + 500 + testSettings.agentHold);
  });

  test('who hands back leaves it to the bot at once', async () => {
    const { update, head } = await aConversation({ mode: 'agent', modeUntil: start + 1_000 });
    expect(await update({ mode: 'bot' })).toEqual(await head());
    expect(await head()).toMatchObject({ mode: 'bot' });
    expect((await head())?.modeUntil).toBeUndefined();
  });
});

describe('what was read', () => {
  const keyAt = (ms: number) => entryKeyOf(ticksOf(ms), 'other', entryIdOf({ type: 'inbound', messageId: 'm' }));
  const cases: [string, ConversationUpdate['readTo'], number | undefined, number][] = [
    ['moves forward to the entry', keyAt(start - 5_000), start - 9_000, start - 5_000],
    ['never moves back', keyAt(start - 9_000), start - 5_000, start - 5_000],
    ['goes no further than what is there', keyAt(start + 5_000), undefined, start],
    ['goes to the latest', 'latest', undefined, start],
  ];
  test.each(cases)('%s', async (_, readTo, before, after) => {
    const { update, head } = await aConversation({ readTo: before === undefined ? undefined : ticksOf(before) });
    await update({ readTo });
    expect((await head())?.readTo).toBe(ticksOf(after));
  });
});

describe('consent', () => {
  test('is kept with who, why and when', async () => {
    const { update, head, history, logged } = await aConversation();
    await update({ consent: { consent: 'revoked', reason: 'Asked on the phone.' } });
    expect(consentOf((await head())!)).toBe('revoked');
    expect(await history()).toMatchObject([
      {
        consent: 'revoked',
        at,
        by: 'agent:ann',
        reason: 'Asked on the phone.',
        source: expect.stringMatching(/^request:/),
      },
    ]);
    expect(logged).toMatchObject([{ event: 'conversation.updated', by: 'ann', consent: 'revoked' }]);
    expect(JSON.stringify(logged)).not.toContain('phone');
  });

  const skewed = asTicks(at + 90_000_000n);
  test.each([
    ['given after a STOP of long ago', { stopAt: asTicks(at - 160_000_000n) }, 'given'],
    ['revoked after a START that our clock has not reached', { goAt: skewed }, 'revoked'],
    ['revoked in the same instant as a START', { goAt: at }, 'revoked'],
  ] as const)('%s is what counts', async (_, columns, consent) => {
    const { update, head } = await aConversation(columns);
    await update({ consent: { consent, reason: 'Signed a form.' } });
    expect(consentOf((await head())!)).toBe(consent);
  });

  test('settles the suggestion that somebody look at it', async () => {
    const { update, head } = await aConversation({ flags: [{ flag: 'stop-suggested', entries: [], others: true }] });
    await update({ consent: { consent: 'given', reason: 'Meant the price list.' } });
    expect((await head())?.flags).toEqual([]);
  });
});

describe('side by side with others', () => {
  test('a text that comes in meanwhile is not lost, and neither is the update', async () => {
    const { update, head, between, change } = await aConversation();
    between.push(() => change({ preview: 'a new text', last: ticksOf(start + 1), lastInbound: ticksOf(start + 1) }));
    await update({ mode: 'agent', readTo: 'latest' });
    expect(await head()).toMatchObject({ preview: 'a new text', mode: 'agent', readTo: ticksOf(start + 1) });
  });

  test('a STOP that comes in meanwhile is not overruled by an agent who has not seen it', async () => {
    const { update, head, between, change, history } = await aConversation();
    between.push(() => change({ stopAt: ticksOf(start + 5_000) }));
    const given = update({ consent: { consent: 'given', reason: 'Signed a form.' } });
    await expect(given).rejects.toMatchObject({ code: 'conflict' });
    expect(consentOf((await head())!)).toBe('revoked');
    expect(await history()).toHaveLength(0);
  });

  test('a conversation that will not stand still is busy, and unchanged', async () => {
    const { update, head, between, change } = await aConversation();
    let n = 0;
    between.push(...Array.from({ length: 5 }, () => () => change({ preview: `text ${++n}` })));
    await expect(update({ mode: 'agent' })).rejects.toMatchObject({ code: 'busy' });
    expect(await head()).toMatchObject({ mode: 'bot', preview: 'text 5' });
  });
});

describe('when the answer of our own write is lost', () => {
  test.each<[string, ConversationUpdate]>([
    ['consent is written into the history once', { consent: { consent: 'revoked', reason: 'Asked on the phone.' } }],
    ['the rest is as it would have been', { mode: 'agent', readTo: 'latest' }],
  ])('%s', async (_, wanted) => {
    const { update, head, trouble, history } = await aConversation();
    trouble.conversations.push('echo');
    const after = await update(wanted);
    expect(after).toEqual(await head());
    expect(await history()).toHaveLength(wanted.consent === undefined ? 0 : 1);
    if (wanted.mode) expect(after).toMatchObject({ mode: 'agent', readTo: at });
  });
});

test('what changes nothing writes nothing', async () => {
  const { update, commits } = await aConversation({ readTo: at });
  await update({ mode: 'bot', readTo: 'latest' });
  expect(commits).toEqual([]);
});

test('what is not there cannot be updated', async () => {
  const { services, table, conversation } = smsWorld();
  const asked = { conversation, agent: 'ann', update: { mode: 'agent' } } as const;
  const refused = updateConversation(asked, { ...services, timeline: timelineOver(table) });
  await expect(refused).rejects.toMatchObject({ code: 'not-found' });
});
