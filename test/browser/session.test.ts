import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, type Desk, draft, openConversation, signIn } from './agent.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk?.close());

/** What the tab keeps of its sign-in, changed behind its back. */
const changeKept = (change: Readonly<Record<string, unknown>>) => `
  const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user:'));
  const { refresh_token, ...user } = JSON.parse(sessionStorage.getItem(key));
  sessionStorage.setItem(key, JSON.stringify({ ...user, ...${JSON.stringify(change)} }));
`;

test.each([
  ['has run out', { expires_at: 1 }],
  ['is refused by the app', { access_token: 'no token' }],
])('when the token %s, a new sign-in leads back to the same place and the same draft', async (_, change) => {
  await desk.text('+14255550161', 'Hello');
  const tab = await desk.signedIn();
  await openConversation(tab, '+14255550161');
  await draft(tab).fill('Until noon');
  const before = new URL(tab.url()).pathname;
  await tab.evaluate(changeKept(change));
  await tab.getByText('Your sign-in has run out. What you wrote is kept.').waitFor();
  expect(await draft(tab).inputValue()).toBe('Until noon');
  await signIn(tab);
  await tab.getByRole('heading', { name: '+14255550161' }).waitFor();
  expect(new URL(tab.url()).pathname).toBe(before);
  await expect.poll(() => draft(tab).inputValue()).toBe('Until noon');
});

test('a sign-in that cannot be reached is told', async () => {
  const tab = await desk.signedIn();
  await tab.route(/openid-configuration|\/endsession|\/authorize/, (route) => route.abort());
  await tab.evaluate(changeKept({ expires_at: 1 }));
  await tab.reload();
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByText('The sign-in cannot be reached.').waitFor();
});
