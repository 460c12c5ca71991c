import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, answer, type Desk, openConversation, toService } from './agent.ts';
import { faultsOf } from './axe.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk?.close());

/** Two looks, and a slow machine. */
const soon = { timeout: 8_000 };

const list = (tab: Page) => tab.getByRole('grid', { name: 'Conversations' });
const item = (tab: Page, subscriber: string) =>
  list(tab).getByRole('link', { name: new RegExp(subscriber.replace('+', '\\+')) });

test('what one agent answers and reads, another sees by itself', async () => {
  await desk.text('+14255550141', 'Is there rye?');
  const [ann, bo] = [await desk.signedIn('Ann Agent'), await desk.signedIn('Bo Agent')];
  await toService(bo);
  await item(bo, '+14255550141 unread').waitFor();
  await openConversation(ann, '+14255550141');
  await expect.poll(() => item(bo, '+14255550141 unread').count(), soon).toBe(0);
  await answer(ann, 'Until noon.');
  await item(bo, '+14255550141').filter({ hasText: 'Until noon.' }).waitFor();
  await desk.text('+14255550141', 'Thanks');
  await item(bo, '+14255550141').filter({ hasText: 'Thanks' }).waitFor();
});

test('filters ask anew, and the answer to another question never shows', async () => {
  await desk.text('+14255550142', 'Hello');
  await desk.text('+14255550143', 'Please leave me alone and take me off your list');
  const tab = await desk.signedIn();
  await toService(tab);
  await item(tab, '+14255550142').waitFor();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await tab.route(/\/api\/conversations\?.*flag=failed/, async (route) => {
    await held;
    await route.continue().catch(() => {});
  });
  await tab.getByRole('combobox', { name: 'Show' }).selectOption('failed');
  await expect.poll(() => list(tab).getByRole('link').count(), soon).toBe(0);
  await tab.getByRole('combobox', { name: 'Show' }).selectOption('unread');
  await item(tab, '+14255550142').waitFor();
  release();
  await item(tab, '+14255550142').click();
  await expect.poll(() => item(tab, '+14255550142').count(), soon).toBe(0);
});

test('typing finds what is loaded, and a whole number what only the server has', async () => {
  await desk.text('+14255550144', 'Hello');
  await desk.world.acs.carrier.text('+14255550145', '+18005550100', 'Hello');
  await desk.world.settled();
  const tab = await desk.signedIn();
  await toService(tab);
  await item(tab, '+14255550144').waitFor();
  const search = tab.getByRole('searchbox', { name: 'Find a number' });
  await search.fill('0144');
  await expect.poll(() => list(tab).getByRole('link').count(), soon).toBe(1);
  await search.fill('+1 (425) 555-0145');
  await item(tab, '+14255550145').filter({ hasText: 'with +18005550100' }).waitFor();
  await search.fill('0199');
  await tab.getByText('Enter looks for the whole number').waitFor();
  await search.press('Enter');
  await tab.getByText('There is no conversation with this number.').waitFor();
});

test('the keyboard alone goes through the list and opens a conversation; it stays where it is while news come', async () => {
  await desk.text('+14255550146', 'Older');
  await desk.text('+14255550147', 'Newer');
  const tab = await desk.signedIn();
  await toService(tab);
  await item(tab, '+14255550147').waitFor();
  await tab.getByRole('searchbox').focus();
  await tab.keyboard.press('Tab');
  await tab.keyboard.press('ArrowDown');
  const focused = list(tab).locator('[role=row]:focus');
  await expect.poll(() => focused.textContent()).toContain('+14255550146');
  await desk.text('+14255550148', 'News');
  await item(tab, '+14255550148').waitFor();
  expect(await focused.textContent()).toContain('+14255550146');
  await tab.keyboard.press('Enter');
  await tab.getByRole('heading', { name: '+14255550146' }).waitFor();
});

test('on a narrow screen the list leads to a conversation and back', async () => {
  await desk.text('+14255550149', 'Hello');
  const tab = await desk.signedIn();
  await tab.setViewportSize({ width: 360, height: 640 });
  await openConversation(tab, '+14255550149');
  await expect.poll(() => list(tab).isVisible()).toBe(false);
  await tab.getByRole('button', { name: 'Back to the inbox' }).click();
  await item(tab, '+14255550149').waitFor();
});

test('without a connection the page says so in words, and goes on as soon as there is one', async () => {
  await desk.text('+14255550150', 'Hello');
  const tab = await desk.signedIn();
  await toService(tab);
  await item(tab, '+14255550150').waitFor();
  await tab.context().setOffline(true);
  // After two failures it would wait for eight seconds.
  for (const _ of ['first', 'second']) await tab.waitForEvent('requestfailed');
  await tab.getByText('No connection; trying again.').waitFor();
  await tab.context().setOffline(false);
  await expect.poll(() => tab.getByText('No connection; trying again.').count(), { timeout: 4_000 }).toBe(0);
});

test.each(['light', 'dark'] as const)('in %s colours the list keeps nobody out', async (colorScheme) => {
  await desk.text('+14255550151', 'STOP');
  const tab = await desk.signedIn();
  await tab.emulateMedia({ colorScheme });
  await toService(tab);
  await item(tab, '+14255550151').filter({ hasText: 'opted out' }).waitFor();
  expect(await faultsOf(tab)).toEqual([]);
});
