import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallStage, callStage, service } from '../e2e/callStage.ts';
import { aDesk, type Desk } from './agent.ts';

let stage: CallStage;
let desk: Desk;
beforeAll(async () => {
  stage = await callStage();
  desk = await aDesk(Promise.resolve(stage.world));
});
afterAll(() => desk?.close());

const lab = () => desk.signedIn('Ann Agent', 'lab');
const open = (tab: Page, name: string) => tab.getByRole('tab', { name }).click();

/** A telephone on the page, by a number of its own. */
async function aPhone(tab: Page, number: string) {
  await tab.getByLabel('Another phone').fill(number);
  await tab.getByRole('button', { name: 'Add' }).click();
  const phone = tab.getByRole('article', { name: `Phone ${number}` });
  await phone.getByRole('combobox').selectOption(service);
  return {
    phone,
    press: (name: string) => phone.getByRole('button', { name, exact: true }).click(),
    async text(words: string) {
      await phone.getByLabel(`Text from ${number}`).fill(words);
      await phone.getByRole('button', { name: 'Send' }).click();
    },
  };
}

test('a phone texts and is answered; what the agent sees stands beside it', async () => {
  const tab = await lab();
  const { phone, text } = await aPhone(tab, '+14255550141');
  const beside = phone.getByRole('button', { name: 'What the agent sees' });
  await beside.press('Enter');
  await expect.poll(() => tab.locator(':focus').textContent()).toBe('What the agent sees');
  const agent = tab.getByRole('region', { name: 'What the agent sees of +14255550141' });
  await agent.getByText('No conversation yet').waitFor();
  await text('hello there');
  await phone.getByText('✓✓ the app has it').waitFor();
  await agent.getByText('hello there').last().waitFor();
  await agent.getByRole('textbox', { name: /Message to/ }).fill('Good morning.');
  await agent.getByRole('button', { name: 'Send', exact: true }).click();
  await phone.getByRole('listitem').filter({ hasText: 'Good morning.' }).filter({ hasText: '✓✓ delivered' }).waitFor();
});

test('a phone calls, goes through the menu by its keypad, and leaves a message', async () => {
  const tab = await lab();
  const { phone, press } = await aPhone(tab, '+14255550142');
  await press('Call');
  await phone.getByText('Welcome.').waitFor();
  await phone.getByText('which is listening').waitFor();
  await press('Key 2');
  await phone.getByText('After the tone.').waitFor();
  await phone.getByLabel('Say something from +14255550142').fill('A rye loaf, please.');
  await press('Say');
  await press('Key #');
  await phone.getByText('Goodbye.').waitFor();
  await phone.getByText(/ended/).waitFor();
  await open(tab, 'Story');
  await tab.getByLabel('Story of').selectOption({ label: (await optionOf(tab, '+14255550142 calls')) ?? '' });
  await tab.getByText('the bot says').first().waitFor();
  await tab.getByText('the app is told RecognizeCompleted').first().waitFor();
  await tab.getByText('Event Grid has RecordingFileStatusUpdated').waitFor();
});

const optionOf = (tab: Page, words: string) =>
  tab.getByLabel('Story of').locator('option').filter({ hasText: words }).first().textContent();

test('somebody who is put through has a telephone that rings, and answers it', async () => {
  const tab = await lab();
  const { press } = await aPhone(tab, '+14255550143');
  await press('Call');
  await press('Key 3');
  const counter = tab.getByRole('article', { name: 'Phone +14255550199' });
  await counter.getByRole('button', { name: 'Answer' }).click();
  await counter.getByText(/On the line/).waitFor();
  await counter.getByRole('button', { name: 'Hang up' }).click();
});
