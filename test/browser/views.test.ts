import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { environment } from '../../local/settings.ts';
import { callStage } from '../e2e/callStage.ts';
import { root } from '../support/world.ts';
import { aDesk, type Desk, openConversation, toService } from './agent.ts';
import { faultsOf } from './axe.ts';

const subscriber = '+14255550123';
let desk: Desk;

/** The shipped words, on lines that are never closed. */
async function alwaysOpen(): Promise<object> {
  const { calls, ...shipped } = JSON.parse(await readFile(join(root, 'playbook.json'), 'utf8'));
  const { closed, ...steps } = calls.steps;
  return { ...shipped, calls: { ...calls, closed: undefined, steps } };
}

/** A morning: texts, somebody who has had enough, a text by a call, and a message. */
beforeAll(async () => {
  const stage = await callStage({ playbook: await alwaysOpen() });
  desk = await aDesk(Promise.resolve(stage.world));
  await desk.text('+14255550171', 'Do you have gluten-free bread?');
  await desk.text('+14255550172', 'STOP');
  await desk.text('+14255550173', 'please stop texting me so often');
  await desk.text(subscriber, 'hours');
  await stage.press(await stage.ring(subscriber), 'two');
  const id = await stage.ring(subscriber);
  await stage.press(id, 'four');
  await stage.admin('POST', `/calls/${id}/speech`, { text: 'I would like to order a cake for Saturday.' });
  // It lasts as long as somebody speaks, in real time.
  await new Promise((spoken) => setTimeout(spoken, 2_000));
  await stage.press(id, 'pound');
}, 60_000);
afterAll(() => desk?.close());

const views: Readonly<Record<string, (tab: Page) => Promise<unknown>>> = {
  async inbox(tab) {
    await toService(tab);
    await tab.getByRole('link', { name: /\+14255550173/ }).waitFor();
  },
  conversation: (tab) => openConversation(tab, subscriber),
  async lab(tab) {
    await tab.goto(desk.lab);
    await tab.getByRole('article', { name: `Phone ${subscriber}` }).waitFor();
  },
};

/** CSS pixels: a screen on a desk, and a telephone's. */
const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 844 } } as const;

const each = Object.keys(views).flatMap((view) =>
  (['light', 'dark'] as const).flatMap((colours) =>
    (['wide', 'narrow'] as const).map((size) => [view, colours, size] as const),
  ),
);

test.each(each)('%s in %s colours on a %s screen fits, and keeps nobody out', async (view, colorScheme, size) => {
  const tab = await desk.signedIn();
  await tab.setViewportSize(sizes[size]);
  await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await views[view]!(tab);
  const sideways = await tab.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  expect(sideways, 'pixels too wide').toBeLessThanOrEqual(0);
  expect(await faultsOf(tab)).toEqual([]);
  if (environment['KEEP_PICTURES'])
    await tab.screenshot({ path: join(root, `docs/images/${view}-${colorScheme}-${size}.png`) });
});
