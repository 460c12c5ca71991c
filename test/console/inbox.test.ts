import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Conversation, Page } from '../../console/src/api/client.ts';
import { type InboxView, inboxView } from '../../console/src/inbox/view.ts';

const at = (n: number) => new Date(Date.UTC(2026, 10, 24) + n).toISOString();

/** An inbox on a server, by its rules: rows by their latest instant, pages of what fits among a few rows read. */
class Server {
  readonly rows = new Map<string, Conversation>();
  asked = 0;
  #now = 0;

  text(n: number): void {
    const id = `c${n}`;
    this.#now += 1;
    this.rows.set(id, { ...aConversation, id, subscriber: `+1425555${n}`, lastAt: at(this.#now), unread: true });
  }
  change(n: number, change: Partial<Conversation>): void {
    const before = this.#at(n);
    if (before !== undefined) this.rows.set(before.id, { ...before, ...change });
  }
  erase(n: number): void {
    this.rows.delete(this.#at(n)?.id ?? '');
  }
  all(unread: boolean): readonly Conversation[] {
    const latestFirst = [...this.rows.values()].toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1));
    return latestFirst.filter((each) => !unread || each.unread);
  }
  page(unread: boolean, cursor?: string): Page<Conversation> {
    this.asked += 1;
    const rows = this.all(false).filter(({ lastAt }) => cursor === undefined || lastAt < cursor);
    const items: Conversation[] = [];
    for (const [n, row] of rows.entries()) {
      if (!unread || row.unread) items.push(row);
      if (n < rows.length - 1 && (items.length === 3 || n === 5)) return { items, cursor: row.lastAt };
    }
    return { items };
  }
  #at(n: number): Conversation | undefined {
    const all = this.all(false);
    return all[n % Math.max(all.length, 1)];
  }
}

const aConversation: Conversation = {
  id: 'c',
  service: '+14255550100',
  subscriber: '',
  lastAt: '',
  preview: '',
  unread: false,
  flags: [],
  mode: 'bot',
  consent: 'given',
};

const viewOf = (server: Server, unread: boolean) => inboxView(async (cursor) => server.page(unread, cursor), 1);

const number = fc.nat({ max: 25 });
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constant('text' as const), number) },
  { weight: 1, arbitrary: fc.tuple(fc.constant('burst' as const), fc.integer({ min: 4, max: 40 })) },
  fc.tuple(fc.constant('erase' as const), number),
  fc.tuple(fc.constant('read' as const), number),
  fc.tuple(fc.constant('flag' as const), number),
  { weight: 3, arbitrary: fc.tuple(fc.constant('look' as const), number) },
  { weight: 2, arbitrary: fc.tuple(fc.constant('older' as const), number) },
);

async function happen(server: Server, view: InboxView, [what, n]: readonly [string, number]): Promise<void> {
  if (what === 'text') server.text(n);
  if (what === 'burst') for (let each = 0; each < n; each++) server.text(100 + each);
  if (what === 'erase') server.erase(n);
  if (what === 'read') server.change(n, { unread: false });
  if (what === 'flag') server.change(n, { flags: ['failed'] });
  if (what === 'look') await view.look();
  if (what === 'older') await view.older();
}

test.each([false, true])('at rest a view is the inbox down to where it was read (unread alone: %s)', async (unread) => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 40, size: 'max' }), async (happenings) => {
      const server = new Server();
      const view = viewOf(server, unread);
      for (let n = 0; n < 20; n++) server.text(n);
      for (const what of ['look', 'older', 'older']) await happen(server, view, [what, 0]);
      for (const each of happenings) {
        await happen(server, view, each);
        const ids = (view.known()?.items ?? []).map(({ id }) => id);
        expect(new Set(ids).size, 'nobody is listed twice').toBe(ids.length);
      }
      for (let looks = 0; looks < 60; looks++) await view.look();
      const all = server.all(unread);
      const { items = [], cursor } = view.known() ?? {};
      expect(items).toEqual(all.slice(0, items.length));
      while (view.known()?.cursor !== undefined) await view.older();
      expect(view.known()?.items).toEqual(all);
      expect(cursor !== undefined || items.length === all.length).toBe(true);
    }),
    { numRuns: 300 },
  );
});

async function aView(texts: number, unread: boolean) {
  const server = new Server();
  for (let n = 0; n < texts; n++) server.text(n);
  const view = viewOf(server, unread);
  await view.look();
  await view.older();
  return { server, view };
}

test('while nothing changes a look draws nothing again, and forgets nothing', async () => {
  const { view } = await aView(15, false);
  await view.older();
  const before = view.known();
  await view.look();
  expect(view.known()?.items).toBe(before?.items);
  expect(view.known()?.cursor).toBe(before?.cursor);
});

test.each([8, 40])('%i new between two looks leave no gap', async (count) => {
  const { server, view } = await aView(9, false);
  for (let n = 0; n < count; n++) server.text(100 + n);
  await view.look();
  const { items = [] } = view.known() ?? {};
  expect(items.length).toBeGreaterThan(6);
  expect(items).toEqual(server.all(false).slice(0, items.length));
});

test('a stretch in which nothing fits takes nothing away above it or below it', async () => {
  const { server, view } = await aView(24, true);
  while (view.known()?.cursor !== undefined) await view.older();
  for (let n = 4; n < 20; n++) server.change(n, { unread: false });
  for (let looks = 0; looks < 12; looks++) {
    await view.look();
    expect(view.known()?.items).toEqual(expect.arrayContaining([...server.all(true)]));
  }
  expect(view.known()?.items).toEqual(server.all(true));
});

test('further down it reads rarely', async () => {
  const server = new Server();
  for (let n = 0; n < 15; n++) server.text(n);
  const read: string[] = [];
  const view = inboxView(async (cursor) => {
    read.push(cursor === undefined ? 'top' : 'deeper');
    return server.page(false, cursor);
  }, 3);
  await view.look();
  await view.older();
  for (let looks = 0; looks < 3; looks++) await view.look();
  expect(read).toEqual(['top', 'deeper', 'top', 'top', 'deeper', 'top']);
});
