import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { startChromium, type TestBrowser } from '../support/chromium.ts';
import { aWorld, type TestWorld } from '../support/world.ts';
import { aSite, type Site } from './aSite.ts';
import type {} from './signedInPage.ts';

/** Before the imports, some of which take the clock that there is. */
vi.hoisted(() => vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true }));

let browser: TestBrowser;
let site: Site;
let world: TestWorld;

/** The shipped app, a site of another origin that it lets in, and a browser. All that is not the page shares this process's clock. */
beforeAll(async () => {
  site = await aSite();
  browser = await startChromium();
  world = await aWorld({ functionsCors: [site.origin] });
  await show(site);
});
afterAll(async () => {
  await Promise.all([browser?.close(), world?.close(), site?.close()]);
  vi.useRealTimers();
});

const show = ({ show }: Site) =>
  show(join(import.meta.dirname, 'signedInPage.ts'), { ISSUER: world.oidc.issuer, API: world.functions?.url ?? '' });

/** Somebody goes to the site, is sent to the sign-in, picks who they are, and is back. */
async function signedIn(name: string, { origin } = site): Promise<Page> {
  const tab = await browser.page();
  await tab.goto(origin);
  await tab.evaluate(() => page.signIn());
  await tab.getByRole('button', { name }).click();
  await tab.waitForURL(`${origin}/`);
  await tab.waitForFunction(() => globalThis.page?.signedIn());
  return tab;
}

const userToken = async (tab: Page) => (await tab.evaluate(() => page.userToken()))?.token ?? '';

/** What the emulator knows of a token. */
async function standing(token: string) {
  const check = { method: 'POST', body: JSON.stringify({ token }) };
  const response = await fetch(`${world.acs.url}/admin/tokens/check`, check);
  return ((await response.json()) as { state: string }).state;
}
const scopesOf = (token: string) => JSON.parse(atob(token.split('.')[1] ?? ''))['acsScope'];

test('who has no role is given the least, and refused more; an agent is given more', async () => {
  const guest = await signedIn('Gil Guest');
  await guest.evaluate(() => page.openCredential([]));
  const token = await userToken(guest);
  expect([scopesOf(token), await standing(token)]).toEqual(['voip.join', 'valid']);
  await expect(guest.evaluate(() => page.openCredential(['voip']))).rejects.toThrow('scope-not-allowed: ');

  const agent = await signedIn('Ann Agent');
  await agent.evaluate(() => page.openCredential(['voip', 'chat']));
  expect(scopesOf(await userToken(agent))).toBe('voip,chat');
});

test('signing out takes the tokens back', async () => {
  const tab = await signedIn('Bo Agent');
  await tab.evaluate(() => page.openCredential([]));
  const token = await userToken(tab);
  expect(await standing(token)).toBe('valid');
  const left = tab.waitForRequest((request) => request.url().startsWith(`${world.oidc.issuer}/endsession`));
  await tab.evaluate(() => page.signOut());
  await left;
  expect(await standing(token)).toBe('revoked');
});

test('a site of an origin that is not let in gets no token', async () => {
  const other = await aSite();
  onTestFinished(() => other.close());
  await show(other);
  const tab = await signedIn('Gil Guest', other);
  await expect(tab.evaluate(() => page.openCredential([]))).rejects.toThrow('Failed to fetch');
});

const minutes = (count: number) => count * 60_000;

/** Moves the clock of app, emulator and sign-in, and then the page's, whose timers come due. */
async function pass(tab: Page, time: number) {
  vi.setSystemTime(Date.now() + time);
  await tab.clock.fastForward(time);
}

test('the credential fetches the next token by itself ten minutes ahead, and none is missing in between', async () => {
  const tab = await signedIn('Flo Guest');
  await tab.clock.install({ time: Date.now() });
  await tab.evaluate(() => page.openCredential(['voip.join']));
  const first = await userToken(tab);

  await pass(tab, minutes(49));
  expect(await userToken(tab)).toBe(first);
  const answered = tab.waitForResponse((response) => response.url().endsWith('/api/tokens') && response.ok());
  await pass(tab, minutes(2));
  await answered;
  // The page has the answer a moment after it came.
  let second = '';
  await expect
    .poll(async () => {
      second = await userToken(tab);
      return second !== '' && second !== first;
    })
    .toBe(true);
  expect([await standing(first), await standing(second)]).toEqual(['valid', 'valid']);

  await pass(tab, minutes(10));
  expect(await userToken(tab)).toBe(second);
  expect([await standing(first), await standing(second)]).toEqual(['expired', 'valid']);
});
