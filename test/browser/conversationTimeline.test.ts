import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, answer, type Desk, entry, focused, openConversation, timeline } from './agent.ts';

const subscriber = '+14255550141';
let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
  // With what the bot says until it has said all it may, these are three pages.
  await desk.text(subscriber, ...Array.from({ length: 95 }, (_, n) => `Text number ${n + 1}.`));
});
afterAll(() => desk?.close());

const pathOf = (url: string) => new URL(url).pathname.replace('/console/', '');

test('older entries come on the way up, and what is being read stays where it is', async () => {
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await entry(tab, 'Text number 95.').waitFor();
  expect(await entry(tab, 'Text number 20.').count()).toBe(0);
  const list = timeline(tab);
  const first = list.getByRole('article').first();
  const words = (await first.locator('.text-words').textContent()) ?? '';
  await list.evaluate((box) => {
    box.scrollTop = 0;
  });
  await entry(tab, 'Text number 20.').waitFor();
  const seen = await list.evaluate((box, text) => {
    const [item] = [...box.querySelectorAll('.text-words')].filter((each) => each.textContent === text);
    return (item?.getBoundingClientRect().top ?? -1) - box.getBoundingClientRect().top;
  }, words);
  // It was first under the upper edge, and still is about there.
  expect(seen).toBeGreaterThanOrEqual(0);
  expect(seen).toBeLessThan(120);
  for (const _ of [1, 2])
    await list.evaluate((box) => {
      box.scrollTop = 0;
    });
  await tab.getByText('The conversation begins here.').waitFor();
  await expect.poll(() => entry(tab, 'Text number').count()).toBe(95);
});

test('what is new leads to the end only those who are there', async () => {
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await desk.text(subscriber, 'At the end.');
  await entry(tab, 'At the end.').waitFor();
  const fromEnd = () =>
    timeline(tab).evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  expect(await fromEnd()).toBeLessThan(2);
  await timeline(tab).evaluate((box) => {
    box.scrollTop -= 600;
  });
  const before = await fromEnd();
  await desk.text(subscriber, 'While reading above.');
  await tab.getByRole('button', { name: 'New below' }).waitFor();
  expect(await fromEnd()).toBeGreaterThanOrEqual(before);
  await tab.getByRole('button', { name: 'New below' }).click();
  await expect.poll(fromEnd).toBeLessThan(2);
  expect(await tab.getByRole('button', { name: 'New below' }).count()).toBe(0);
  await timeline(tab).evaluate((box) => {
    box.scrollTop -= 600;
  });
  await answer(tab, 'Who answers is at the end.');
  await expect.poll(fromEnd).toBeLessThan(2);
});

test('an address leads to its entry, however far up, also for whoever has to sign in first', async () => {
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await tab.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await timeline(tab).evaluate((box) => {
    box.scrollTop = 0;
  });
  await entry(tab, 'Text number 30.').waitFor();
  await entry(tab, 'Text number 30.').hover();
  await entry(tab, 'Text number 30.').getByRole('button', { name: 'Copy link' }).click();
  await tab.getByText('Link copied').waitFor();
  const address = await tab.evaluate<string>('navigator.clipboard.readText()');
  const other = await desk.signedIn('Bo Agent', pathOf(address));
  await focused(other).getByText('Text number 30.').waitFor();
  expect(await other.locator('.entry-marked').textContent()).toContain('Text number 30.');
  const box = await other.locator('.entry-marked').boundingBox();
  expect(box?.y).toBeGreaterThan(0);
  await other.keyboard.press('ArrowDown');
  await focused(other).getByText('Text number 31.').waitFor();
});

test('an address of an entry that is not there says so', async () => {
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  const nowhere = `${pathOf(tab.url())}/e/e500000000000000001AAAAAAAAAAAAAAAA`;
  const other = await desk.signedIn('Bo Agent', nowhere);
  await other.getByText('The entry that this address names is not here.').waitFor();
});

test('a conversation in which nothing happens is asked for and not sent again', async () => {
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await Promise.all(
    [/\/entries\?/, /\/api\/conversations\/[\w-]+$/].map((what) =>
      tab.waitForResponse((response) => what.test(response.url()) && response.status() === 304),
    ),
  );
});
