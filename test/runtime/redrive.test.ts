import { expect, test } from 'vitest';
import { entryIdOf, entryKeyOf } from '../../shared/conversations/keys.ts';
import { messageReceived } from '../../shared/conversations/ownEvents.ts';
import type { Waiting } from '../../shared/conversations/publishing.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { redrive } from '../../shared/runtime/redrive.ts';
import type { Services } from '../../shared/runtime/services.ts';
import { local, subscriber } from '../support/smsValues.ts';
import { smsWorld, start } from '../support/smsWorld.ts';

test('an own event that was dropped is told to its topic and taken away', async () => {
  const { services, conversation } = smsWorld();
  const key = entryKeyOf(ticksOf(start), 'other', entryIdOf({ type: 'inbound', messageId: 'm1' }));
  const inbound = { key, at: ticksOf(start), text: 'hours', keyword: undefined };
  const event = JSON.parse(JSON.stringify(messageReceived({ conversation, service: local, subscriber }, inbound)));
  const removed: string[] = [];
  const told: Waiting[] = [];
  const dropped = {
    get: async (id: string) => ({ id, event, reason: 'Its topic did not take it.', keptAt: '' }),
    remove: async (id: string) => void removed.push(id),
  };
  const publishing = { publishAgain: async (waiting: Waiting) => void told.push(waiting) };
  await redrive('a', { ...services, dropped, told: publishing } as unknown as Services);
  expect(told).toEqual([{ events: [event], since: start, tries: 0 }]);
  expect(removed).toEqual(['a']);
});
