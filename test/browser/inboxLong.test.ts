import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, type Desk } from './agent.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk?.close());

const many = 10_000;
const subscriberOf = (n: number) => `+1425${String(n).padStart(7, '0')}`;

/**
 * An inbox of 10,000, answered in place of the app because it is the page that is tried here, not the storage. Number 0 is the
 * latest; a cursor is the number of the next.
 */
function inboxOf10000() {
  const start = Date.UTC(2026, 10, 24);
  const rows = Array.from({ length: many }, (_, n) => ({
    id: `c${String(n).padStart(21, '0')}`,
    service: '+14255550100',
    subscriber: subscriberOf(n),
    lastAt: new Date(start - n * 60_000).toISOString(),
    preview: `What was said last in number ${n}`,
    unread: n % 3 === 0,
    flags: n % 50 === 0 ? ['failed'] : [],
    flagged: [],
    mode: n % 20 === 0 ? 'agent' : 'bot',
    consent: n % 30 === 0 ? 'revoked' : 'given',
  }));
  return {
    /** One of them is written to, and goes to the top. */
    text(n: number, minute: number) {
      const [moved] = rows.splice(
        rows.findIndex(({ subscriber }) => subscriber === subscriberOf(n)),
        1,
      );
      if (moved) rows.unshift({ ...moved, preview: 'News', lastAt: new Date(start + minute * 60_000).toISOString() });
    },
    async answer(route: Route) {
      const query = new URL(route.request().url()).searchParams;
      const [cursor, size] = [query.get('cursor'), Number(query.get('limit'))];
      const from = cursor === null ? 0 : rows.findIndex(({ lastAt }) => lastAt < cursor);
      const items = rows.slice(from, from + size);
      const json = { service: '+14255550100', serviceNumbers: ['+14255550100'], items };
      const next = from + size < rows.length ? { cursor: items.at(-1)?.lastAt } : {};
      await route.fulfill({ json: { ...json, ...next } });
    },
  };
}

/** Runs in the page: scrolls to the end, a view at a time, and notes whom it passes and how much of the list is drawn. */
const scrollThrough = `(async () => {
  const grid = document.querySelector('[role=grid]');
  const tasks = [];
  const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  watch.observe({ type: 'longtask' });
  const passed = [];
  const known = new Set();
  let [drawn, still] = [0, 0];
  const frame = () => new Promise(requestAnimationFrame);
  const began = performance.now();
  while (still < 120 && known.size < ${many}) {
    const rows = [...grid.querySelectorAll('bdi')].filter(({ textContent }) => textContent.startsWith('+'));
    drawn = Math.max(drawn, rows.length);
    const before = known.size;
    for (const { textContent } of rows) if (!known.has(textContent)) known.add(textContent) && passed.push(textContent);
    still = known.size === before ? still + 1 : 0;
    grid.scrollTop += grid.clientHeight;
    await frame();
  }
  const ms = performance.now() - began;
  await frame();
  watch.disconnect();
  return { passed, drawn, ms, tasks };
})()`;

interface Scrolled {
  readonly passed: readonly string[];
  readonly drawn: number;
  readonly ms: number;
  readonly tasks: readonly number[];
}

test('ten thousand conversations are scrolled through in order, few of them in the page at once', async () => {
  const inbox = inboxOf10000();
  const tab = await desk.signedIn();
  await tab.route(/\/api\/conversations\?/, (route) => inbox.answer(route));
  await tab.reload();
  await tab.getByRole('link', { name: subscriberOf(0) }).waitFor();
  const { passed, drawn, ms, tasks } = (await tab.evaluate(scrollThrough)) as Scrolled;
  console.log(
    `scrolled through ${passed.length} conversations in ${Math.round(ms)} ms: ${tasks.length} long tasks, the longest ${Math.max(0, ...tasks)} ms, ${drawn} drawn at most`,
  );
  expect(passed.length).toBe(many);
  expect(passed.toSorted()).toEqual(Array.from({ length: many }, (_, n) => subscriberOf(n)));
  expect(drawn).toBeLessThan(60);
  // The focus stays on its conversation whatever moves above it.
  await tab.getByRole('grid').press('End');
  const focused = tab.locator('[role=row]:focus');
  await expect.poll(() => focused.textContent(), { timeout: 5_000 }).toContain(subscriberOf(many - 1));
  inbox.text(5_000, 1);
  const answers = [0, 1].map(() => tab.waitForResponse(/\/api\/conversations\?limit/));
  await Promise.all(answers);
  expect(await focused.textContent()).toContain(subscriberOf(many - 1));
  await tab.getByRole('grid').press('Home');
  await tab.getByRole('link', { name: subscriberOf(5_000) }).waitFor();
}, 120_000);
