import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDesk, type Desk, openConversation, service } from './agent.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk?.close());

test('an address leads to its conversation, also for whoever has to sign in first', async () => {
  const subscriber = '+14255550134';
  await desk.text(subscriber, 'Hello');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  const other = await desk.signedIn('Bo Agent', new URL(tab.url()).pathname.replace('/console/', ''));
  await other.getByRole('heading', { name: subscriber }).waitFor();
});

test('an address that is no conversation’s says so', async () => {
  const tab = await desk.signedIn('Ann Agent', 'c/mistyped');
  await tab.getByText('There is no such conversation.').waitFor();
});

test('the chosen number and the title of the place outlive a reload', async () => {
  const subscriber = '+14255550135';
  await desk.text(subscriber, 'Hello');
  const tab = await desk.signedIn();
  await openConversation(tab, subscriber);
  await tab.reload();
  await tab.getByRole('link', { name: new RegExp(`\\${subscriber}`) }).waitFor();
  expect(await tab.getByRole('combobox', { name: 'Number' }).inputValue()).toBe(service);
  expect(await tab.title()).toBe('Conversation · Switchboard');
});

test.each([1280, 390])('who lacks the role is told so, and nothing else, on %i pixels', async (width) => {
  const tab = await desk.signedIn('Gil Guest');
  await tab.setViewportSize({ width, height: 700 });
  await tab.getByRole('alert').filter({ hasText: 'does not have the role “agent”' }).waitFor();
  expect(await tab.getByText('Choose a conversation.').isVisible()).toBe(false);
});

test('a sign-in that was called off says so, and can be tried again', async () => {
  const tab = await desk.signedIn();
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.getByRole('button', { name: 'Sign in' }).click();
  await tab.getByRole('button', { name: 'Cancel' }).click();
  await tab.getByRole('alert').filter({ hasText: 'You were not signed in (access_denied).' }).waitFor();
  await tab.getByRole('button', { name: 'Try again' }).click();
  await tab.getByRole('button', { name: 'Sign in' }).waitFor();
});
