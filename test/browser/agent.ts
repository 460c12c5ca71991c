import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startChromium } from '../support/chromium.ts';
import { aWorld, type TestWorld } from '../support/world.ts';

export const service = '+14255550100';

export type Desk = Awaited<ReturnType<typeof aDesk>>;

/** Where agents sit: a browser before the console of a world, for the tests of one file. */
export async function aDesk(opened: TestWorld | Promise<TestWorld> = aWorld()) {
  const world = await opened;
  const browser = await startChromium();
  return {
    world,
    /** Somebody opens the console, signs in, and is there; `path` below /console/. What the page's policy forbids fails the test. */
    async signedIn(name = 'Ann Agent', path = ''): Promise<Page> {
      const tab = await browser.page();
      // Well before the test's own end, so that what was waited for is named.
      tab.setDefaultTimeout(10_000);
      const forbidden: string[] = [];
      tab.on('console', (message) => {
        if (/Content.Security.Policy|TrustedHTML/i.test(message.text())) forbidden.push(message.text());
      });
      onTestFinished(() => expect(forbidden, 'what the policy of the page forbade').toEqual([]));
      await tab.goto(`${world.functions?.url}/console/${path}`);
      await signIn(tab, name);
      return tab;
    },
    /** A subscriber texts us, one after the other, and all that follows by itself has happened. */
    async text(from: string, ...messages: readonly string[]): Promise<void> {
      for (const message of messages) {
        await world.acs.carrier.text(from, service, message);
        await world.settled();
      }
    },
    /** What a subscriber's phone has been sent, oldest first. */
    sent: (to: string): readonly string[] => world.acs.carrier.sent({ to }).map(({ message }) => message),
    /** Where the page with the telephones is. */
    lab: `${world.functions?.url}/console/lab`,
    async close(): Promise<void> {
      await browser.close();
      await world.close();
    },
  };
}

export async function signIn(tab: Page, name = 'Ann Agent'): Promise<void> {
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('button', { name }).click();
  await tab.getByRole('button', { name: 'Sign out' }).waitFor();
}

export const toService = (tab: Page) => tab.getByRole('combobox', { name: 'Number' }).selectOption(service);

/** Chooses a subscriber's conversation in the inbox of the service number. */
export async function openConversation(tab: Page, subscriber: string): Promise<void> {
  await toService(tab);
  await tab.getByRole('link', { name: new RegExp(`\\${subscriber}`) }).click();
  await tab.getByRole('heading', { name: subscriber }).waitFor();
}

export const timeline = (tab: Page) => tab.getByRole('list', { name: 'Timeline' });
export const entry = (tab: Page, text: string) => timeline(tab).getByRole('article').filter({ hasText: text });
/** The entry that has the focus, or holds what has it. */
export const focused = (tab: Page) => timeline(tab).locator('[data-entry]:focus-within');
export const draft = (tab: Page) => tab.getByRole('textbox', { name: /Message to/ });

export async function answer(tab: Page, text: string): Promise<void> {
  await draft(tab).fill(text);
  await tab.getByRole('button', { name: 'Send', exact: true }).click();
}
