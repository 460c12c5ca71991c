import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, type Desk, toService } from './agent.ts';
import { seedConversations, subscriberOf } from './manyConversations.ts';

const many = 10_000;

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await seedConversations(desk.world.storage, many, Date.now() - 60_000);
}, 180_000);
afterAll(() => desk?.close());

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
  while (still < 600 && known.size < ${many}) {
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
  const tab = await desk.signedIn();
  await toService(tab);
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
  await desk.text(subscriberOf(5_000), 'News');
  await tab.waitForResponse((response) => /\/api\/conversations\?/.test(response.url()) && response.status() === 200);
  expect(await focused.textContent()).toContain(subscriberOf(many - 1));
  await tab.getByRole('grid').press('Home');
  await tab.getByRole('link', { name: subscriberOf(5_000) }).waitFor();
}, 180_000);
