import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallStage, caller, callStage } from '../e2e/callStage.ts';
import { aDesk, type Desk, focused, openConversation, timeline } from './agent.ts';

let stage: CallStage;
let desk: Desk;
beforeAll(async () => {
  stage = await callStage();
  desk = await aDesk({ ...stage.world, close: () => stage.close() });
});
afterAll(() => desk?.close());

/** Calls, says something for a while after the tone, and hangs up. */
async function leaveMessage(): Promise<void> {
  const id = await stage.ring();
  await stage.press(id, 'two');
  // It lasts as long as somebody speaks, in real time.
  await new Promise((spoken) => setTimeout(spoken, 1_200));
  await stage.press(id, 'pound');
  await stage.world.settled();
}

test('a caller leaves a message, and an agent hears it, keeps it, and is told when it is gone', async () => {
  await leaveMessage();
  const tab = await desk.signedIn();
  await openConversation(tab, caller);
  const call = timeline(tab).getByRole('article', { name: /Call: left a message/ });
  await call.getByText('What happened').click();
  await call.getByText('welcome: the caller pressed 2').waitFor();
  await call.getByRole('button', { name: /Play the voicemail/ }).click();
  const player = call.getByLabel(/Voicemail of 0:0\d/);
  await player.and(tab.locator(':focus')).waitFor();
  await expect
    .poll(() => player.evaluate((audio) => (audio as unknown as { currentTime: number }).currentTime), {
      timeout: 10_000,
    })
    .toBeGreaterThan(0);
  expect(await player.evaluate((audio) => (audio as unknown as { duration: number }).duration)).toBeGreaterThan(0.5);
  const downloading = tab.waitForEvent('download');
  await call.getByRole('link', { name: 'Download' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^voicemail-.*\.wav$/);
  expect((await stat(await file.path())).size).toBeGreaterThan(1_000);
  const gone = { code: 'not-found', status: 404, title: 'Gone.', detail: 'There is no recording of this call.' };
  await tab.route('**/recordings/**', (route) => route.fulfill({ status: 404, json: gone }));
  await tab.reload();
  await call.getByRole('button', { name: /Play the voicemail/ }).click();
  await call.getByText('The recording is no longer there').waitFor();
});

test('a text that was sent on a call is led to from there', async () => {
  const id = await stage.ring();
  await stage.press(id, 'one');
  const tab = await desk.signedIn();
  await openConversation(tab, caller);
  const call = timeline(tab).getByRole('article', { name: /Call: answered/ });
  await call.getByRole('link', { name: 'a text' }).click();
  await focused(tab).getByText('https://example.com').waitFor();
});
