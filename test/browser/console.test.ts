import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium, type TestBrowser } from '../support/chromium.ts';
import { aWorld, type TestWorld } from '../support/world.ts';

let browser: TestBrowser;
let world: TestWorld;

beforeAll(async () => {
  world = await aWorld();
  browser = await startChromium();
});
afterAll(async () => {
  await Promise.all([browser?.close(), world?.close()]);
});

const service = '+14255550100';

/** What the page's own policy forbade. */
const forbidden: string[] = [];

/** Somebody opens the console, signs in, and is there; `path` below /console/. */
async function signedIn(name: string, path = ''): Promise<Page> {
  const tab = await browser.page();
  tab.on('console', (message) => {
    if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) forbidden.push(message.text());
  });
  await tab.goto(`${world.functions?.url}/console/${path}`);
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('button', { name }).click();
  await tab.getByRole('button', { name: 'Sign out' }).waitFor();
  return tab;
}

/** A subscriber texts us, and all that follows by itself has happened. */
async function text(from: string, message: string): Promise<void> {
  await world.acs.carrier.text(from, service, message);
  await world.settled();
}

const toService = async (tab: Page) => tab.getByRole('combobox', { name: 'Number' }).selectOption(service);

test('a text appears in the inbox, is answered, and is seen to be delivered', async () => {
  const tab = await signedIn('Ann Agent');
  await text('+14255550131', 'Do you have rye?');
  await toService(tab);
  await tab.getByRole('link', { name: /\+14255550131/ }).click();
  await tab.getByText('Do you have rye?').last().waitFor();
  await tab.getByLabel('Message to +14255550131').fill('Yes, until noon.');
  await tab.getByText('1 segment, GSM-7, 144 left').waitFor();
  await tab.getByRole('button', { name: 'Send' }).click();
  await tab.getByRole('article').filter({ hasText: 'Yes, until noon.' }).filter({ hasText: 'delivered' }).waitFor();
  expect(world.acs.carrier.sent({ to: '+14255550131' }).map(({ message }) => message)).toContain('Yes, until noon.');
});

test('who has opted out cannot be written to', async () => {
  const tab = await signedIn('Ann Agent');
  await text('+14255550132', 'STOP');
  await toService(tab);
  await tab.getByRole('link', { name: /\+14255550132/ }).click();
  await tab.getByText('This subscriber has opted out.').waitFor();
  expect(await tab.getByRole('button', { name: 'Send' }).count()).toBe(0);
});

test('what a text holds is shown and does nothing', async () => {
  const tab = await signedIn('Ann Agent');
  const text666 = '<img src=x onerror="document.title=1"> \u202Eevil\u0007';
  await text('+14255550133', text666);
  await toService(tab);
  await tab.getByRole('link', { name: /\+14255550133/ }).click();
  await tab.getByText('<img src=x onerror=').last().waitFor();
  expect(await tab.title()).toBe('Switchboard');
  expect(await tab.locator('bdi img').count()).toBe(0);
});

test('an address leads to its conversation, also for whoever has to sign in first; erasing asks twice', async () => {
  await text('+14255550134', 'Hello');
  const first = await signedIn('Ann Agent');
  await toService(first);
  await first.getByRole('link', { name: /\+14255550134/ }).click();
  await first.getByText('Hello').last().waitFor();
  const path = new URL(first.url()).pathname.replace('/console/', '');
  const tab = await signedIn('Bo Agent', path);
  await tab.getByRole('heading', { name: '+14255550134' }).waitFor();
  await tab.getByRole('button', { name: 'Erase…' }).click();
  await tab.getByText('If they have opted out, that stays').waitFor();
  await tab.getByRole('button', { name: 'Erase', exact: true }).click();
  await tab.getByText('Choose a conversation.').waitFor();
  await toService(tab);
  await expect.poll(() => tab.getByRole('link', { name: /\+14255550134/ }).count()).toBe(0);
});

test('who lacks the role is told so', async () => {
  const tab = await signedIn('Gil Guest');
  await tab.getByRole('alert').filter({ hasText: 'does not have the role “agent”' }).waitFor();
});

test('the lab has a telephone that texts and calls', async () => {
  const tab = await signedIn('Ann Agent', 'lab');
  const phone = tab.getByRole('article', { name: 'Phone +14255550123' });
  await phone.getByRole('combobox').selectOption(service);
  await phone.getByLabel('Text from +14255550123').fill('hours');
  await phone.getByRole('button', { name: 'Send' }).click();
  await phone.getByText('We are open').waitFor();
  await phone.getByRole('button', { name: 'Call' }).click();
  await phone.getByText('Hello, this is Juniper Street Bakery').waitFor();
  await phone.getByRole('button', { name: 'Hang up' }).click();
  await phone.getByText('Call ended').waitFor();
  await tab.getByRole('tab', { name: 'Events' }).click();
  await tab.getByText('IncomingCall').first().waitFor();
});

/** What axe finds serious or worse, by its rule and the first place. */
async function faultsOf(tab: Page): Promise<readonly string[]> {
  await tab.evaluate(axe.source);
  const found = await tab.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test.each(['light', 'dark'] as const)('in %s colours nothing keeps anybody out', async (colorScheme) => {
  await text('+14255550135', 'hours');
  await world.acs.carrier.text('+14255550135', '+18005550100', 'hours');
  await world.settled();
  const tab = await signedIn('Ann Agent');
  await tab.emulateMedia({ colorScheme });
  await tab.getByRole('link', { name: /\+14255550135/ }).click();
  await tab.getByText('hours', { exact: true }).last().waitFor();
  expect(await faultsOf(tab)).toEqual([]);
  await tab.getByRole('button', { name: 'Lab' }).click();
  await tab.getByRole('article', { name: 'Phone +14255550135' }).waitFor();
  expect(await faultsOf(tab)).toEqual([]);
});

test('nothing was asked of the page that its policy forbids', () => {
  expect(forbidden).toEqual([]);
});
