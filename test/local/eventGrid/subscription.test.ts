import { describe, expect, test } from 'vitest';
import { readSubscriptions, type SubscriptionOptions, shownEndpoint } from '../../../local/eventGrid/subscription.ts';
import { AppError } from '../../../shared/core/errors.ts';

const one: SubscriptionOptions = { name: 'smsReceived', endpoint: 'http://127.0.0.1:7071/x' };

describe('a subscription', () => {
  test('stands at the defaults of the service', () => {
    expect(readSubscriptions([one])).toEqual([
      { ...one, schema: 'EventGridSchema', maxAttempts: 30, ttlMinutes: 1_440, deliveryHeaders: {} },
    ]);
  });

  test.each<readonly [object, RegExp]>([
    [{ name: 'a b' }, /name/],
    [{ endpoint: 'ftp://127.0.0.1' }, /endpoint/],
    [{ maxAttempts: 31 }, /maxAttempts/],
    [{ maxAttempts: 0 }, /maxAttempts/],
    [{ ttlMinutes: 1_441 }, /ttlMinutes/],
    [{ batch: { maxEvents: 5_001, preferredKb: 64 } }, /batch\.maxEvents/],
    [{ batch: { maxEvents: 1, preferredKb: 1_025 } }, /batch\.preferredKb/],
    [
      { deliveryHeaders: Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`x-${n}`, ''])) },
      /at most 10 headers/,
    ],
    [{ schema: 'CustomInputSchema' }, /schema/],
    [{ retries: 3 }, /retries/],
  ])('with %j is refused by name', (but, words) => {
    const read = () => readSubscriptions([{ ...one, ...but } as SubscriptionOptions]);
    expect(read).toThrow(words);
    expect(read).toThrow(AppError);
  });

  test('shares its name with no other', () => {
    expect(() => readSubscriptions([one, { ...one, name: 'SMSRECEIVED' }])).toThrow(/Two subscriptions/);
  });

  const topics = [
    { name: 'posted', key: 'k', inputSchema: 'EventGridSchema' },
    { name: 'cloudy', key: 'k', inputSchema: 'CloudEventSchemaV1_0' },
  ] as const;

  test.each([
    ['posted', 'EventGridSchema'],
    ['posted', 'CloudEventSchemaV1_0'],
    ['cloudy', 'CloudEventSchemaV1_0'],
  ] as const)('of the topic %s may want %s', (topic, schema) => {
    expect(readSubscriptions([{ ...one, topic, schema }], topics)).toMatchObject([{ topic, schema }]);
  });

  test.each([
    ['cloudy', 'EventGridSchema', /delivers CloudEventSchemaV1_0/],
    ['nobody', 'EventGridSchema', /does not exist/],
  ] as const)('of the topic %s in %s is refused, as by the service', (topic, schema, words) => {
    expect(() => readSubscriptions([{ ...one, topic, schema }], topics)).toThrow(words);
  });

  test('shows its endpoint without the key', () => {
    const [subscription] = readSubscriptions([
      { ...one, endpoint: 'http://127.0.0.1:7071/e?functionName=f&code=k%2By' },
    ]);
    expect(shownEndpoint(subscription!)).toBe('http://127.0.0.1:7071/e?functionName=f&code=…');
  });
});
