import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { conversationView } from '../../shared/conversations/conversationView.ts';
import { eraseConversation } from '../../shared/conversations/eraseConversation.ts';
import { withFlag } from '../../shared/conversations/flags.ts';
import { followHead } from '../../shared/conversations/followHead.ts';
import type { Head } from '../../shared/conversations/head.ts';
import type { InboxQuery } from '../../shared/conversations/inbox.ts';
import { conversationIdOf, inboxKeyOf } from '../../shared/conversations/keys.ts';
import { listConversations } from '../../shared/conversations/listConversations.ts';
import { currentOf, longestTrust } from '../../shared/conversations/pageVersion.ts';
import { updateConversation } from '../../shared/conversations/updateConversation.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { asTicks, ticksOf } from '../../shared/core/time.ts';
import { aHead, anOutbound, local, testSettings } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

const idOf = (n: number) => conversationIdOf(testSettings.conversationKey, local, numberOf(n));
const numberOf = (n: number) => `+1425555${1000 + n}` as PhoneNumber;

/** Waits before a request to the storage goes on. */
type Pace = () => Promise<void>;
const atOnce: Pace = async () => {};

/** An inbox whose every request to the storage is counted, and waits for its turn; `pace` may be changed. */
async function anInbox(size: number, changed: Partial<Head> = {}) {
  const world = smsWorld();
  const requests: string[] = [];
  const turn = { pace: atOnce };
  const paced = <T extends object>(port: T): T =>
    new Proxy(port, {
      get:
        (target, name) =>
        async (...args: unknown[]) => {
          await turn.pace();
          requests.push(String(name));
          return (target[name as keyof T] as (...args: unknown[]) => unknown)(...args);
        },
    });
  const services = {
    ...world.services,
    store: paced(world.services.store),
    inbox: paced(world.services.inbox),
    timeline: timeline(world.table),
  };
  for (let n = 0; n < size; n += 1) {
    const last = ticksOf(start + n * 1_000);
    const head = aHead({
      subscriber: numberOf(n),
      last,
      lastInbound: last,
      inboxKey: inboxKeyOf(last, idOf(n)),
      ...changed,
    });
    await world.services.store.commit({ conversation: idOf(n), head: { value: head } });
    await world.services.inbox.move(local, head.inboxKey);
  }
  const asked = (query: Partial<InboxQuery> = {}) => ({ service: local, size: 3, ...query });
  const read = async (query: Partial<InboxQuery> = {}) => {
    const page = await listConversations(asked(query), services);
    const shown = page.items.map(({ id, head }) => conversationView(id, head, world.now()));
    return { shown: JSON.stringify(shown), version: page.version };
  };
  const isCurrent = async (version: string, query: Partial<InboxQuery> = {}) =>
    (await currentOf(['of another making', version], asked(query), services)) === version;
  /** A text comes in, or something is written of one that was there. */
  const write = async (n: number, change: (head: Head) => Partial<Head>) => {
    for (;;) {
      const before = await services.store.head(idOf(n));
      if (before?.value.subscriber === undefined) return;
      const after = { ...before.value, ...change(before.value) };
      const result = await services.store.commit({ conversation: idOf(n), head: { value: after, etag: before.etag } });
      if (result.type === 'committed') return followHead(before.value, after, services.inbox);
    }
  };
  return { ...world, services, requests, turn, read, isCurrent, write };
}

type World = Awaited<ReturnType<typeof anInbox>>;

const movedOn = (n: number) => (head: Head) => {
  const last = asTicks(head.last + 100_000_000n);
  return { last, lastInbound: last, preview: 'Later.', inboxKey: inboxKeyOf(last, idOf(n)) };
};

/** All that changes what an inbox shows. */
const writers: Readonly<Record<string, (world: World, n: number) => Promise<unknown>>> = {
  text: ({ write }, n) => write(n, movedOn(n)),
  late: ({ write }, n) => write(n, ({ stopAt = ticksOf(start) }) => ({ stopAt: asTicks(stopAt + 1n) })),
  flag: ({ write }, n) => write(n, ({ flags }) => ({ flags: withFlag(flags, 'stop-suggested', anOutbound({}).key) })),
  readTo: ({ services }, n) => decide(services, n, { readTo: 'latest' }),
  settle: ({ services }, n) => decide(services, n, { settle: ['stop-suggested'] }),
  takeOver: ({ services }, n) => decide(services, n, { mode: 'agent' }),
  handBack: ({ services }, n) => decide(services, n, { mode: 'bot' }),
  erase: ({ services }, n) => eraseConversation(idOf(n), 'ann', services),
};
type Writer = keyof typeof writers;

/** What an agent decides may come too late, or among too many; that is no concern here. */
const decide = (services: World['services'], n: number, update: Parameters<typeof updateConversation>[0]['update']) =>
  updateConversation({ conversation: idOf(n), agent: 'ann', update }, services).catch(() => undefined);

describe('what a poll costs', () => {
  test.each<[string, Partial<InboxQuery>]>([
    ['a page', {}],
    ['a page of the unread', { unread: true }],
    ['a page of a flag that nobody has', { flag: 'failed' }],
    ['the last page', { size: 50 }],
  ])('%s that has not changed: one request', async (_, query) => {
    const { read, isCurrent, requests } = await anInbox(7);
    const { version } = await read(query);
    requests.length = 0;
    expect(await isCurrent(version, query)).toBe(true);
    expect(requests).toEqual(['page']);
  });

  test('an inbox with nothing in it that has not changed: one request', async () => {
    const { read, isCurrent, requests } = await anInbox(0);
    const { version } = await read();
    requests.length = 0;
    expect(await isCurrent(version)).toBe(true);
    expect(requests).toEqual(['page']);
  });

  test('one that has changed: a request more than a reader who knows nothing', async () => {
    const { read, isCurrent, write, requests } = await anInbox(7);
    const { version } = await read();
    await write(6, movedOn(6));
    requests.length = 0;
    expect(await isCurrent(version)).toBe(false);
    await read();
    expect(requests).toEqual(['page', 'page', 'head', 'head', 'head']);
  });

  test('a version of nobody’s making: nothing', async () => {
    const { isCurrent, requests } = await anInbox(1);
    requests.length = 0;
    for (const made of [
      '*',
      '',
      '0.99999999999999.AAAAAAAAAAAAAAAAAAAAAA',
      '2000.99999999999999.AAAAAAAAAAAAAAAAAAAAAA',
    ])
      expect(await isCurrent(made)).toBe(false);
    expect(requests).toEqual([]);
  });

  test('a change that the inbox does not show touches nothing, one that it shows touches once', async () => {
    const { write, requests } = await anInbox(1);
    requests.length = 0;
    await write(0, () => ({ spent: '1' }));
    await write(0, () => ({ stopAt: ticksOf(start) }));
    expect(requests).toEqual(['head', 'commit', 'head', 'commit', 'touch']);
  });
});

describe('a version is trusted', () => {
  test('for a while only', async () => {
    const { read, isCurrent, advance } = await anInbox(3);
    const { version } = await read();
    await advance(longestTrust - 1);
    expect(await isCurrent(version)).toBe(true);
    await advance(1);
    expect(await isCurrent(version)).toBe(false);
  });

  test('no longer than an agent’s hold lasts', async () => {
    const { read, isCurrent, advance } = await anInbox(3, { mode: 'agent', modeUntil: start + 5_000 });
    const { version } = await read();
    await advance(4_999);
    expect(await isCurrent(version)).toBe(true);
    await advance(1);
    expect(await isCurrent(version)).toBe(false);
    expect(await isCurrent((await read()).version)).toBe(true);
  });

  test.each<Partial<InboxQuery>>([{ size: 2 }, { unread: true }, { flag: 'failed' }])(
    'for its own question, not for %j',
    async (query) => {
      const { read, isCurrent } = await anInbox(3);
      expect(await isCurrent((await read()).version, query)).toBe(false);
    },
  );

  test('not once a conversation stands behind the last of the last page', async () => {
    const { services, read, isCurrent } = await anInbox(2);
    const { version } = await read();
    await services.inbox.move(local, inboxKeyOf(ticksOf(start - 1_000), idOf(9)));
    expect(await isCurrent(version)).toBe(false);
  });
});

test.each(Object.entries(writers))('a page is no longer current after %s', async (name, act) => {
  const world = await anInbox(
    3,
    name === 'handBack'
      ? { mode: 'agent' }
      : name === 'settle'
        ? { flags: withFlag([], 'stop-suggested', anOutbound({}).key) }
        : {},
  );
  const before = await world.read();
  await act(world, 1);
  expect(await world.isCurrent(before.version)).toBe(false);
  expect((await world.read()).shown).not.toBe(before.shown);
});

const aQuery = fc.constantFrom<Partial<InboxQuery>>({}, { unread: true }, { flag: 'stop-suggested' }, { size: 50 });
const acts = fc.array(fc.tuple(fc.constantFrom<Writer>(...Object.keys(writers)), fc.nat({ max: 4 })), {
  minLength: 1,
  maxLength: 5,
});

test('whatever comes between the requests of writers and of a reader who polls, what it holds in the end is the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, aQuery, async (scheduler, writes, query) => {
      const world = await anInbox(5);
      world.turn.pace = () => scheduler.schedule(Promise.resolve());
      const held = { ...(await scheduler.waitFor(world.read(query))) };
      const poll = async () => {
        if (!(await world.isCurrent(held.version, query))) Object.assign(held, await world.read(query));
      };
      const polling = (async () => {
        for (let n = 0; n < 4; n += 1) await poll();
      })();
      await scheduler.waitFor(Promise.all([polling, ...writes.map(([name, n]) => writers[name]!(world, n))]));
      world.turn.pace = atOnce;
      // At rest: rows that a reader has met in the wrong place are put right by one look more.
      await poll();
      await world.read(query);
      await poll();
      expect(held.shown).toBe((await world.read(query)).shown);
    }),
    { numRuns: 300 },
  );
});
