import { expect, test } from 'vitest';
import { packagesLoaded } from '../../support/packagesLoaded.ts';

test('the SDK is evaluated when there is first something to tell, and not at all where nobody is told', () => {
  const { silent, made, telling } = packagesLoaded<'silent' | 'made' | 'telling'>(`
    const { eventGridTopic } = await load('adapters/eventgrid/eventGridTopic.ts');
    const { ownEvents } = await load('conversations/publishing.ts');
    const reach = { texts: false, wakes: { arm: async () => {} }, dropped: {}, clock: { now: () => 0 }, log: () => {} };
    await ownEvents({ ...reach, topic: undefined }).publish(() => [{ data: {} }]);
    note('silent');
    const topic = eventGridTopic({ endpoint: 'http://127.0.0.1:1/api/events', key: 'k', source: '/s', deadlineMs: 1 });
    note('made');
    const event = { id: 'i', type: 't', subject: 's', time: '2026-11-24T02:00:00Z', data: {} };
    await ownEvents({ ...reach, topic }).publish(() => [event]);
    note('telling');
  `);
  expect([silent, made]).toEqual([[], []]);
  expect(telling).toContain('@azure/eventgrid');
});
