import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { aDesk, type Desk, service } from './agent.ts';
import { faultsOf } from './axe.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
beforeEach(() => desk.world.dials.reset());
afterAll(() => desk?.close());

const lab = (tab: string, name?: string) => desk.signedIn(name, `lab#${tab}`);
const open = (tab: Page, name: string) => tab.getByRole('tab', { name }).click();

/** Chooses the event of a text. */
async function choose(tab: Page, words: string): Promise<void> {
  await open(tab, 'Events');
  await tab.getByLabel('Find events').fill(words);
  await tab.getByRole('button', { name: /SMSReceived/ }).click();
}

const rowsOf = (tab: Page, subscription: string) =>
  tab.getByRole('table', { name: `Attempts at ${subscription}` }).locator('tbody tr');

test('an event that is delivered again is counted, and answered once', async () => {
  const from = '+14255550144';
  await desk.text(from, 'what is new?');
  const answers = desk.sent(from);
  expect(answers).toHaveLength(1);
  const tab = await lab('events');
  await choose(tab, from);
  await expect.poll(() => rowsOf(tab, 'smsReceived').count()).toBe(1);
  await tab.getByRole('button', { name: 'Deliver again' }).click();
  await expect.poll(() => rowsOf(tab, 'smsReceived').count()).toBe(2);
  await desk.world.settled();
  expect(desk.sent(from)).toEqual(answers);
});

test('a dead letter made by a dial is delivered from its list', async () => {
  const from = '+14255550145';
  const tab = await lab('dials');
  await tab.getByLabel('timeScale').fill('1000000');
  await tab.getByLabel('timeScale').press('Enter');
  await tab.getByRole('group', { name: 'eventGrid' }).getByLabel('drop').fill('1');
  await tab.getByRole('group', { name: 'eventGrid' }).getByLabel('drop').press('Enter');
  await expect.poll(() => desk.world.dials.get().eventGrid.drop).toBe(1);
  await desk.world.acs.carrier.text(from, service, 'lost');
  await open(tab, 'Given up');
  const letter = tab.getByRole('list', { name: 'Dead letters' }).getByRole('listitem').filter({ hasText: 'lost' });
  await letter.waitFor();
  await open(tab, 'What goes wrong');
  await tab.getByRole('button', { name: /All is well/ }).click();
  await expect.poll(() => desk.world.dials.get().eventGrid.drop).toBe(0);
  await open(tab, 'Given up');
  await letter.getByRole('button', { name: 'Deliver again' }).click();
  await letter.waitFor({ state: 'detached' });
  await desk.world.settled();
  expect(desk.sent(from)).toHaveLength(1);
});

test('what the app dropped is told to admins, and can be processed again', async () => {
  await fetch(`${desk.world.functions?.url}/admin/functions/wake`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ input: 'not a wake' }),
  });
  const agent = await lab('given-up');
  await agent.getByText(/role.*admin/).waitFor();
  const admin = await lab('given-up', 'Ada Admin');
  const dropped = admin.getByRole('list', { name: 'Dropped events' }).getByRole('listitem').first();
  await dropped.getByRole('button', { name: 'Process again' }).click();
  await admin.getByRole('alert').filter({ hasText: 'It still cannot be processed' }).waitFor();
});

test('with duplicates everywhere a text is answered once', async () => {
  const from = '+14255550146';
  const tab = await lab('dials');
  await tab.getByRole('button', { name: /Duplicates everywhere/ }).click();
  await tab.getByRole('button', { name: /Duplicates everywhere/, pressed: true }).waitFor();
  await desk.text(from, 'twice?');
  await choose(tab, from);
  await expect.poll(() => rowsOf(tab, 'smsReceived').count()).toBe(2);
  await desk.world.settled();
  expect(desk.sent(from)).toHaveLength(1);
});

test('a preset ends what the one before it would still have put back', async () => {
  const tab = await lab('dials');
  const down = tab.getByRole('button', { name: /ACS down for a minute/ });
  await down.click();
  await tab.getByText(/^Until .*sms\.status5xx/).waitFor();
  await tab.getByRole('button', { name: /Nothing arrives/ }).click();
  await tab.getByRole('button', { name: /Nothing arrives/, pressed: true }).waitFor();
  expect(desk.world.dials.passing()).toEqual([]);
});

test('what a dial does not take is told in the world’s words', async () => {
  const tab = await lab('dials');
  const drop = tab.getByRole('group', { name: 'eventGrid' }).getByLabel('drop');
  await drop.fill('2');
  await drop.press('Enter');
  await tab.getByRole('alert').filter({ hasText: 'eventGrid.drop' }).waitFor();
  await drop.fill('often');
  await drop.press('Enter');
  await tab.getByRole('alert').filter({ hasText: 'expected number' }).waitFor();
});

test('the story of a text passes its five stations in order', async () => {
  const from = '+14255550147';
  await desk.text(from, 'tell me');
  const tab = await lab('story');
  const stations = tab.getByRole('list', { name: 'Stations' });
  await stations.getByText('the carrier reports: Delivered').waitFor();
  await stations.getByText('marked delivered').waitFor();
  expect(await stations.getByRole('heading').allTextContents()).toEqual([
    'Event',
    'Function',
    'Storage',
    'Send',
    'Report',
  ]);
  const told = (await stations.innerText()).replaceAll(/\s+/g, ' ');
  expect(told).toMatch(
    /tell me.*smsReceived, attempt 1: Delivered.*kept by now.*sent, in 1 request, \+.*smsDeliveryReport, attempt 1: Delivered/,
  );
});

test.each(['light', 'dark'] as const)('in %s colours no part of the lab keeps anybody out', async (colorScheme) => {
  await desk.text('+14255550148', 'hello');
  const tab = await lab('phones');
  await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const phone = tab.getByRole('article', { name: 'Phone +14255550148' });
  await phone.getByRole('button', { name: 'What the agent sees' }).click();
  await tab.getByRole('list', { name: 'Timeline' }).getByText('hello').last().waitFor();
  const found = [];
  for (const name of ['Phones', 'Events', 'Given up', 'Sent', 'Story', 'What goes wrong']) {
    await open(tab, name);
    if (name === 'Events')
      await tab
        .getByRole('button', { name: /SMSReceived/ })
        .first()
        .click();
    found.push(...(await faultsOf(tab)).map((fault) => `${name}: ${fault}`));
  }
  expect(found).toEqual([]);
});
