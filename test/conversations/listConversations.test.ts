import { describe, expect, test } from 'vitest';
import type { InboxQuery } from '../../shared/conversations/inbox.ts';
import { conversationIdOf, inboxKeyOf } from '../../shared/conversations/keys.ts';
import { listConversations } from '../../shared/conversations/listConversations.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { aHead, local, testSettings } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

interface Stored {
  readonly unread?: boolean;
  readonly flagged?: boolean;
}

/** An inbox of conversations, the first the oldest, a second apart; each is known by its place. */
async function anInbox(conversations: readonly Stored[]) {
  const { services, inboxTable } = smsWorld();
  const reads = { heads: 0 };
  const store: typeof services.store = {
    ...services.store,
    head: (id) => {
      reads.heads += 1;
      return services.store.head(id);
    },
  };
  const ids = conversations.map((_, n) => idOf(n));
  for (const [n, { unread = false, flagged = false }] of conversations.entries()) {
    const last = ticksOf(start + n * 1_000);
    const inboxKey = inboxKeyOf(last, idOf(n));
    const head = aHead({
      subscriber: numberOf(n),
      last,
      inboxKey,
      lastInbound: last,
      readTo: unread ? undefined : last,
      flags: flagged ? [{ flag: 'stop-suggested', entries: [], others: true }] : [],
    });
    await services.store.commit({ conversation: idOf(n), head: { value: head } });
    await services.inbox.move(local, inboxKey);
  }
  const list = async (query: Partial<InboxQuery> = {}) => {
    const page = await listConversations({ service: local, size: 10, ...query }, { ...services, store });
    return { found: page.items.map(({ id }) => ids.indexOf(id)), cursor: page.cursor };
  };
  return { services, list, reads, rows: () => inboxTable.entities().map(({ row }) => row) };
}

const numberOf = (n: number) => `+1425555${1000 + n}` as PhoneNumber;
const idOf = (n: number) => conversationIdOf(testSettings.conversationKey, local, numberOf(n));
const read = {};

test('conversations come latest first, in pages that meet', async () => {
  const { list } = await anInbox([read, read, read, read, read]);
  const first = await list({ size: 2 });
  const second = await list({ size: 2, cursor: first.cursor });
  const third = await list({ size: 2, cursor: second.cursor });
  expect([first.found, second.found, third.found]).toEqual([[4, 3], [2, 1], [0]]);
  expect(third.cursor).toBeUndefined();
});

test('an inbox with nothing in it is an empty page', async () => {
  const { list } = await anInbox([]);
  expect(await list()).toEqual({ found: [], cursor: undefined });
});

test('the inbox of another number is another inbox', async () => {
  const { list } = await anInbox([read]);
  expect((await list({ service: '+18005550100' as PhoneNumber })).found).toEqual([]);
});

describe('filters', () => {
  const mixed = [{ unread: true }, { flagged: true }, { unread: true, flagged: true }, read];
  test.each<[Partial<InboxQuery>, number[]]>([
    [{ unread: true }, [2, 0]],
    [{ unread: false }, [3, 1]],
    [{ flag: 'stop-suggested' }, [2, 1]],
    [{ unread: true, flag: 'stop-suggested' }, [2]],
  ])('%j', async (query, found) => {
    expect((await (await anInbox(mixed)).list(query)).found).toEqual(found);
  });

  test('look further for what fits, without passing any over or showing any twice', async () => {
    const conversations = Array.from({ length: 30 }, (_, n) => ({ unread: n % 4 === 0 }));
    const { list } = await anInbox(conversations);
    const found: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ unread: true, size: 3, cursor });
      expect(page.found.length).toBeLessThanOrEqual(3);
      found.push(...page.found);
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(found).toEqual([28, 24, 20, 16, 12, 8, 4, 0]);
  });

  test('that fit nothing give up after a while and say where', async () => {
    const { list, reads } = await anInbox(Array.from({ length: 30 }, () => read));
    const page = await list({ unread: true, size: 2 });
    expect([page.found, typeof page.cursor, reads.heads]).toEqual([[], 'string', 20]);
  });
});

describe('a row that is not where its head says', () => {
  const moved = async () => {
    const world = await anInbox([read, read, read]);
    // Somebody wrote the head of the oldest and died before moving its row.
    const head = (await world.services.store.head(idOf(0)))!;
    const to = inboxKeyOf(ticksOf(start + 60_000), idOf(0));
    await world.services.store.commit({
      conversation: idOf(0),
      head: { ...head, value: { ...head.value, inboxKey: to } },
    });
    return { ...world, to, from: head.value.inboxKey };
  };

  test('is passed over once, and moved there', async () => {
    const { list, rows, to, from } = await moved();
    expect((await list()).found).toEqual([2, 1]);
    expect(rows()).toContain(to);
    expect(rows()).not.toContain(from);
    expect((await list()).found).toEqual([0, 2, 1]);
  });

  test('beside its right one is taken away', async () => {
    const { list, rows, services, to } = await moved();
    await services.inbox.move(local, to);
    expect((await list()).found).toEqual([0, 2, 1]);
    expect(rows()).toHaveLength(3);
  });

  test('that leads to no head is taken away', async () => {
    const { list, rows, services } = await anInbox([read]);
    const stray = inboxKeyOf(ticksOf(start), idOf(99));
    await services.inbox.move(local, stray);
    expect((await list()).found).toEqual([0]);
    expect(rows()).not.toContain(stray);
  });
});
