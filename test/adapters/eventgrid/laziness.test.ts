import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const shared = resolve(import.meta.dirname, '../../../shared');

/** Node's own loader is asked, in a process where nothing else has loaded an SDK. */
const program = `
  import { registerHooks } from 'node:module';
  const packages = new Set();
  registerHooks({
    load(url, context, next) {
      const [, name] = /node_modules\\/(@azure\\/[^/]+)\\//.exec(url) ?? [];
      if (name) packages.add(name);
      return next(url, context);
    },
  });
  const { eventGridTopic } = await import('${shared}/adapters/eventgrid/eventGridTopic.ts');
  const { ownEvents } = await import('${shared}/conversations/publishing.ts');
  const reach = { texts: false, wakes: { arm: async () => {} }, dropped: {}, clock: { now: () => 0 }, log: () => {} };
  await ownEvents({ ...reach, topic: undefined }).publish(() => [{ data: {} }]);
  const silent = [...packages];
  const topic = eventGridTopic({ endpoint: 'http://127.0.0.1:1/api/events', key: 'k', source: '/s', deadlineMs: 1 });
  const made = [...packages];
  await ownEvents({ ...reach, topic }).publish(() => [{ id: 'i', type: 't', subject: 's', time: '2026-11-24T02:00:00Z', data: {} }]);
  console.log(JSON.stringify({ silent, made, telling: [...packages] }));
`;

test('the SDK is evaluated when there is first something to tell, and not at all where nobody is told', () => {
  const told = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' });
  const { silent, made, telling } = JSON.parse(told);
  expect([silent, made]).toEqual([[], []]);
  expect(telling).toContain('@azure/eventgrid');
});
