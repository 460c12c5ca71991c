import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { readSubscriptions } from '../../local/eventGrid/subscription.ts';
import { ownEventsTopic, subscriptionsOf } from '../../local/subscriptions.ts';
import { root } from '../support/world.ts';

const functionsUrl = 'http://127.0.0.1:7071';

test('every subscription to the functions names one that there is', () => {
  const functions = globSync('functions/*.ts', { cwd: root }).map((file) => basename(file, '.ts'));
  for (const { name } of subscriptionsOf({ functionsUrl })) expect(functions).toContain(name);
});

test('a developer’s endpoint gets all events of the app’s, and none of the service’s', () => {
  const options = subscriptionsOf({ functionsUrl, ownEventsTo: 'http://127.0.0.1:9000/crm' });
  const last = readSubscriptions(options, [ownEventsTopic]).at(-1);
  expect(last).toMatchObject({ topic: ownEventsTopic.name, endpoint: 'http://127.0.0.1:9000/crm' });
  expect(last?.eventTypes).toBeUndefined();
});
