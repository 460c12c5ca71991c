import { readFile } from 'node:fs/promises';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, type Desk, draft, entry, openConversation, service, signIn, timeline, toService } from './agent.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk?.close());

test('a text appears in the inbox, is answered, is on the phone, and is seen to be delivered', async () => {
  const subscriber = '+14255550131';
  const tab = await desk.signedIn();
  await toService(tab);
  await desk.text(subscriber, 'Do you have rye?');
  await openConversation(tab, subscriber);
  await entry(tab, 'Do you have rye?').waitFor();
  await draft(tab).fill('Yes, until noon.');
  await tab.getByText('1 segment, GSM-7, 144 left').waitFor();
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  await entry(tab, 'Yes, until noon.').filter({ hasText: 'delivered ✓' }).waitFor();
  expect(await entry(tab, 'Yes, until noon.').count()).toBe(1);
  await tab.getByRole('button', { name: 'Lab' }).click();
  const phone = tab.getByRole('article', { name: `Phone ${subscriber}` });
  await phone.getByRole('combobox').selectOption(service);
  await phone.getByText('Yes, until noon.').waitFor();
});

test('STOP closes the composer with the reason, keeps what was written, and START opens it again by itself', async () => {
  const subscriber = '+14255550132';
  await desk.text(subscriber, 'Hello');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await draft(tab).fill('We have rye');
  await desk.text(subscriber, 'STOP');
  await tab.getByText('This subscriber has opted out.').waitFor();
  expect(await tab.getByRole('button', { name: 'Send', exact: true }).count()).toBe(0);
  await desk.text(subscriber, 'START');
  await draft(tab).waitFor();
  expect(await draft(tab).inputValue()).toBe('We have rye');
});

test('what a text holds is shown and does nothing', async () => {
  const subscriber = '+14255550133';
  await desk.text(
    subscriber,
    `<img src=x onerror="document.title=1"> \u202Eevil\u0007 https://example.com ${'x'.repeat(300)}`,
  );
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await tab.setViewportSize({ width: 360, height: 700 });
  await entry(tab, '<img src=x onerror="document.title=1"> [RLO]evil␇ https://example.com').waitFor();
  expect(await tab.title()).toMatch(/Switchboard/);
  expect(await tab.locator('bdi img, bdi a').count()).toBe(0);
  expect(await timeline(tab).evaluate((list) => list.scrollWidth - list.clientWidth)).toBe(0);
});

test('what is being written stays with its conversation, also while somebody signs in again', async () => {
  const [one, other] = ['+14255550134', '+14255550135'];
  await desk.text(one, 'One');
  await desk.text(other, 'Other');
  const tab = await desk.signedIn();
  await openConversation(tab, one);
  await draft(tab).fill('To the one');
  await openConversation(tab, other);
  expect(await draft(tab).inputValue()).toBe('');
  await draft(tab).fill('To the other');
  await openConversation(tab, one);
  expect(await draft(tab).inputValue()).toBe('To the one');
  await tab.evaluate(() => {
    for (const name of Object.keys(sessionStorage)) if (name.startsWith('oidc.')) sessionStorage.removeItem(name);
  });
  await tab.reload();
  await signIn(tab);
  expect(await draft(tab).inputValue()).toBe('To the one');
});

test('an agent takes over and hands back', async () => {
  const subscriber = '+14255550136';
  await desk.text(subscriber, 'hours');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await tab.getByRole('button', { name: 'Take over' }).click();
  await tab.getByText(/an agent answers until \d/).waitFor();
  await desk.text(subscriber, 'location');
  await tab.getByRole('button', { name: 'Hand back to the bot' }).click();
  await tab.getByText('the bot answers').waitFor();
  await desk.text(subscriber, 'hours');
  expect(desk.sent(subscriber)).toHaveLength(2);
});

test('an export is a file with everything; a refused one is told', async () => {
  const subscriber = '+14255550137';
  await desk.text(subscriber, 'Keep this');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  const downloading = tab.waitForEvent('download');
  await tab.getByRole('button', { name: 'Export' }).click();
  const file = JSON.parse(await readFile(await (await downloading).path(), 'utf8'));
  expect(file).toMatchObject({ conversation: { subscriber }, entries: expect.any(Array) });
  expect(JSON.stringify(file.entries)).toContain('Keep this');
  await tab.route('**/export', (route) => route.abort());
  await tab.getByRole('button', { name: 'Export' }).click();
  await tab.getByText('The app could not be reached.').waitFor();
});

test('erasing asks first and keeps the opt-out; who has the address open is told', async () => {
  const subscriber = '+14255550138';
  await desk.text(subscriber, 'Forget this', 'STOP');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  const other = await desk.signedIn('Bo Agent', new URL(tab.url()).pathname.replace('/console/', ''));
  await tab.getByRole('button', { name: 'Erase…' }).click();
  const dialog = tab.getByRole('alertdialog', { name: 'Erase this conversation?' });
  await dialog.getByText('If they have opted out, that stays').waitFor();
  // The keyboard leaves it also while the app does not answer.
  const asked = Promise.withResolvers<Route>();
  await tab.route('**/api/conversations/*', (route) =>
    route.request().method() === 'DELETE' ? asked.resolve(route) : route.continue(),
  );
  await dialog.getByRole('button', { name: 'Erase' }).press('Enter');
  await tab.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await (await asked.promise).abort();
  await tab.unroute('**/api/conversations/*');
  await tab.getByRole('button', { name: 'Erase…' }).click();
  await dialog.getByRole('button', { name: 'Erase' }).click();
  await tab.getByText('Choose a conversation.').waitFor();
  await other.getByText('There is no such conversation. It was erased').waitFor();
  const before = desk.sent(subscriber);
  await desk.text(subscriber, 'Are you there?');
  expect(desk.sent(subscriber)).toEqual(before);
  await openConversation(tab, subscriber);
  await tab.getByText('This subscriber has opted out.').waitFor();
  expect(await entry(tab, 'Forget this').count()).toBe(0);
});
