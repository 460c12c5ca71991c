import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, answer, type Desk, draft, entry, focused, openConversation, toService } from './agent.ts';
import { faultsOf } from './axe.ts';

const subscriber = '+14255550161';
let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  await desk.text(subscriber, 'hours', 'Please stop texting me all the time');
});
afterAll(() => desk?.close());

test.each([
  ['light', 1280],
  ['dark', 1280],
  ['light', 360],
  ['dark', 360],
] as const)('in %s colours and %i pixels nothing keeps anybody out of a conversation', async (colorScheme, width) => {
  const tab = await desk.signedIn();
  await tab.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await openConversation(tab, subscriber);
  await tab.setViewportSize({ width, height: 700 });
  desk.world.dials.change({ sms: { reportFailed: { probability: 1, details: '4006' } } });
  await answer(tab, `To be read in ${colorScheme} at ${width}.`);
  await entry(tab, `${colorScheme} at ${width}`).getByText('The phone could not be reached').waitFor();
  // It moves everything below it, so that it is waited for.
  await tab.locator('.flag', { hasText: 'a text failed' }).waitFor();
  await draft(tab).fill('“Rye”');
  await entry(tab, `${colorScheme} at ${width}`).hover();
  expect(await faultsOf(tab)).toEqual([]);
  await tab.getByRole('button', { name: 'Send anew…' }).first().click();
  await tab.getByRole('alertdialog').waitFor();
  expect(await faultsOf(tab)).toEqual([]);
  const beyond = await tab
    .locator('body *')
    .evaluateAll(
      (all, width) =>
        all.filter((each) => each.getBoundingClientRect().right > width).map(({ className }) => className),
      width,
    );
  expect(beyond).toEqual([]);
});

test('the keyboard stays in a conversation when the button that was pressed goes away', async () => {
  await desk.text('+14255550163', 'please stop texting me so often');
  const tab = await desk.signedIn();
  await openConversation(tab, '+14255550163');
  const flag = tab.locator('.flag', { hasText: 'may want no more texts' });
  await flag.getByRole('button').press('Enter');
  await flag.waitFor({ state: 'detached' });
  const inside = tab.getByRole('region', { name: 'Conversation with +14255550163' });
  await expect.poll(() => inside.evaluate((section) => section.matches(':focus, :focus-within'))).toBe(true);
});

test('on a narrow screen the keyboard goes along into a conversation, back, and on after it was erased', async () => {
  await desk.text('+14255550162', 'Hello');
  const tab = await desk.signedIn();
  await toService(tab);
  await tab.setViewportSize({ width: 640, height: 700 });
  const row = tab.getByRole('row', { name: '+14255550162' });
  const [back, number] = [
    tab.getByRole('button', { name: 'Back to the inbox' }),
    tab.getByRole('combobox', { name: 'Number' }),
  ];
  const goesOnFromMain = async (to: Locator) => {
    await expect.poll(() => tab.locator('main:focus').count()).toBe(1);
    await to.waitFor();
    await tab.keyboard.press('Tab');
    await to.and(tab.locator(':focus')).waitFor();
  };
  await row.press('Enter');
  await goesOnFromMain(back);
  await back.press('Enter');
  await goesOnFromMain(number);
  await row.press('Enter');
  // The second click is not one beside the dialog.
  await tab.getByRole('button', { name: 'Erase…' }).dblclick();
  await tab.getByRole('button', { name: 'Erase', exact: true }).press('Enter');
  await goesOnFromMain(number);
});

test('a conversation is read and answered by keyboard alone', async () => {
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await draft(tab).focus();
  await tab.keyboard.type('By keyboard.');
  await tab.keyboard.press('Control+Enter');
  await entry(tab, 'By keyboard.').waitFor();
  await draft(tab).and(tab.locator(':focus')).waitFor();
  await entry(tab, 'By keyboard.').filter({ hasText: 'Copy link' }).waitFor();
  // Back over what the composer has, to the latest entry: its button first, then the entry itself.
  while ((await focused(tab).count()) === 0) await tab.keyboard.press('Shift+Tab');
  await focused(tab).getByText('By keyboard.').waitFor();
  while ((await tab.locator('[data-entry]:focus').count()) === 0) await tab.keyboard.press('Shift+Tab');
  await tab.keyboard.press('Home');
  await focused(tab).getByText('hours', { exact: true }).waitFor();
});
