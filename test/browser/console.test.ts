import { afterAll, beforeAll, test } from 'vitest';
import { aDesk, type Desk, openConversation } from './agent.ts';

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

test('who lacks the role is told so', async () => {
  const tab = await desk.signedIn('Gil Guest');
  await tab.getByRole('alert').filter({ hasText: 'does not have the role “agent”' }).waitFor();
});
