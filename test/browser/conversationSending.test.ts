import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aWorld } from '../support/world.ts';
import { aDesk, answer, type Desk, draft, entry, openConversation } from './agent.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk(aWorld({ environment: { AMBIGUOUS_SENDS: 'never' } }));
});
afterEach(() => {
  desk.world.dials.change({ sms: null });
});
afterAll(() => desk?.close());

async function opened(subscriber: string) {
  await desk.text(subscriber, 'Hello');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  return tab;
}

const times = (subscriber: string, text: string) => desk.sent(subscriber).filter((sent) => sent === text).length;

test('a message that may have arrived is sent anew only knowingly, and once', async () => {
  const tab = await opened('+14255550151');
  desk.world.dials.change({ sms: { status5xx: 1 } });
  await answer(tab, 'Your cake is ready.');
  const first = entry(tab, 'Your cake is ready.').first();
  await first.filter({ hasText: 'may not have arrived' }).waitFor();
  await first.getByText('Send it anew only if they lack it').waitFor();
  desk.world.dials.change({ sms: null });
  await first.getByRole('button', { name: 'Send anew…' }).click();
  const dialog = tab.getByRole('alertdialog', { name: 'Send this text anew?' });
  await dialog.getByText('If it did, they will have it twice.').waitFor();
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await dialog.waitFor({ state: 'detached' });
  const before = times('+14255550151', 'Your cake is ready.');
  await first.getByRole('button', { name: 'Send anew…' }).click();
  await dialog.getByRole('button', { name: 'Send anew' }).dblclick();
  await entry(tab, 'Your cake is ready.').filter({ hasText: 'delivered ✓' }).waitFor();
  await first.getByText('It has been sent anew.').waitFor();
  expect(times('+14255550151', 'Your cake is ready.')).toBe(before + 1);
});

test('a message that did not arrive says why and what to do', async () => {
  const tab = await opened('+14255550152');
  desk.world.dials.change({ sms: { reportFailed: { probability: 1, details: '4006' } } });
  await answer(tab, 'Are you near?');
  const failed = entry(tab, 'Are you near?');
  await failed.getByText('The phone could not be reached (4006). Send it anew later').waitFor();
  await failed.getByRole('button', { name: 'Send anew…' }).click();
  await tab.getByText('It did not arrive, and may fail again for the same reason.').waitFor();
});

test('a double click sends once', async () => {
  const tab = await opened('+14255550153');
  await draft(tab).fill('Once.');
  await tab.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await entry(tab, 'Once.').filter({ hasText: 'delivered ✓' }).waitFor();
  await tab.getByRole('article', { name: 'On its way' }).waitFor({ state: 'detached' });
  expect(times('+14255550153', 'Once.')).toBe(1);
});

test('what is sent shows at once; when the answer is lost, sending again makes no second text, even after a reload', async () => {
  const tab = await opened('+14255550154');
  await tab.route('**/messages', async (route) => {
    await route.fetch();
    await route.abort();
  });
  // The timeline stands still, so that only the page itself can know of the text.
  await tab.route('**/entries?*', (route) => route.abort());
  await answer(tab, 'Only one.');
  await tab.getByRole('article', { name: 'On its way' }).getByText('It may have been sent.').waitFor();
  expect(await draft(tab).inputValue()).toBe('');
  await tab.unroute('**/messages');
  await tab.getByRole('button', { name: 'Send again' }).click();
  await tab.getByRole('article', { name: 'On its way' }).waitFor({ state: 'detached' });
  await tab.unroute('**/entries?*');
  await tab.reload();
  await entry(tab, 'Only one.').filter({ hasText: 'delivered ✓' }).waitFor();
  expect(await entry(tab, 'Only one.').count()).toBe(1);
  expect(times('+14255550154', 'Only one.')).toBe(1);
});

test('what finds no room in the storage of the tab is written and sent all the same', async () => {
  const tab = await opened('+14255550157');
  await tab.evaluate("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }");
  await draft(tab).pressSequentially('No room.');
  expect(await draft(tab).inputValue()).toBe('No room.');
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  await entry(tab, 'No room.').filter({ hasText: 'delivered ✓' }).waitFor();
  expect(await draft(tab).inputValue()).toBe('');
  expect(times('+14255550157', 'No room.')).toBe(1);
});

test('what the app refuses can be edited; what forces the dearer encoding is named and put plainly by a click', async () => {
  const tab = await opened('+14255550155');
  await draft(tab).fill('“Rye” – or wheat?');
  await tab.getByText('dearer because of').waitFor();
  await tab.getByRole('button', { name: 'Use plain punctuation' }).click();
  expect(await draft(tab).inputValue()).toBe('"Rye" - or wheat?');
  await draft(tab).and(tab.locator(':focus')).waitFor();
  await tab.getByText('1 segment, GSM-7, 143 left').waitFor();
  const problem = { code: 'daily-limit', status: 429, title: 'No more today.', detail: 'All segments are spent.' };
  await tab.route('**/messages', (route) => route.fulfill({ status: 429, json: problem }));
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
  await tab.getByText('Not sent: All segments are spent. Send it tomorrow').waitFor();
  await tab.getByRole('button', { name: 'Edit' }).click();
  expect(await draft(tab).inputValue()).toBe('"Rye" - or wheat?');
  expect(await tab.getByRole('article', { name: 'On its way' }).count()).toBe(0);
});

test('a template goes where the caret is, and is not sent', async () => {
  const tab = await opened('+14255550156');
  await draft(tab).fill('Hi Ann, bye');
  for (const _ of 'bye') await draft(tab).press('ArrowLeft');
  const templates = tab.getByRole('combobox', { name: 'Insert a template' });
  const name = (await templates.locator('option').nth(1).textContent()) ?? '';
  await templates.selectOption(name);
  const text = await draft(tab).inputValue();
  expect(text).toMatch(/^Hi Ann, .+ bye$/);
  expect(times('+14255550156', text)).toBe(0);
});
