import { describe, expect, test } from 'vitest';
import { AppError } from '../../shared/core/errors.ts';
import { held } from './held.ts';
import type { Mutant } from './mutant.ts';
import { outages } from './outages.ts';
import { simulate } from './simulate.ts';

const schedules = 400;
type OutageName = keyof typeof outages;

test.each<[OutageName, string]>([
  ['refusing', 'refuses connections'],
  ['unavailable', 'answers 503'],
  ['failing', 'answers 500'],
  ['silent', 'answers nothing'],
  ['mute', 'takes texts and does not say so'],
])('%s: when the provider %s for ten minutes, nothing that can wait is lost', { timeout: 300_000 }, async (name) => {
  const { left, unknown } = await held({ profile: outages[name], from: 1, schedules });
  expect(left).toBeGreaterThan(2 * schedules);
  // Of what was refused, everybody can tell that it has not left.
  if (name === 'refusing' || name === 'unavailable') expect(unknown).toBe(0);
});

test.each(['storageDown', 'tablesDown'] as const)(
  '%s: two minutes without storage lose nothing',
  async (name) => {
    const { left } = await held({ profile: outages[name], from: 1, schedules });
    expect(left).toBeGreaterThan(5 * schedules);
  },
  300_000,
);

const acknowledged = (error: unknown) => {
  if (!(error instanceof AppError)) throw error;
};
const dropped = () => Promise.reject(new AppError('conflict', 'Not now.'));

const ways: readonly (Mutant & { readonly weather: OutageName; readonly breaks: string })[] = [
  {
    name: 'a back-off that grows beyond a minute',
    weather: 'refusing',
    breaks: 'what waits for the provider leaves within 90 s of its recovery',
    services: ({ wakes, clock, ...services }) => ({
      ...services,
      clock,
      wakes: { ...wakes, arm: (wake, at) => wakes.arm(wake, at + (at > clock.now() + 45_000 ? 60_000 : 0)) },
    }),
  },
  {
    name: 'a refusal by the provider that is thrown',
    weather: 'unavailable',
    breaks: 'nobody but us hears of the provider’s outage',
    services: ({ sender, ...services }) => ({
      ...services,
      sender: {
        async send(sms, deadline) {
          const outcome = await sender.send(sms, deadline);
          if (outcome.type === 'refused-for-now') throw new AppError('unavailable', outcome.reason);
          return outcome;
        },
      },
    }),
  },
  {
    name: 'a text that is acknowledged though storage failed',
    weather: 'storageDown',
    breaks: 'every text is kept, at its own time',
    useCases: ({ receiveSms }) => ({ receiveSms: (sms, services) => receiveSms(sms, services).catch(acknowledged) }),
  },
  {
    name: 'a wake that ends though storage failed',
    weather: 'tablesDown',
    breaks: 'an outage of storage loses no reply',
    useCases: ({ wakeUp }) => ({ wakeUp: (wake, services) => wakeUp(wake, services).catch(acknowledged) }),
  },
  {
    name: 'a failure of storage that is taken for good',
    weather: 'storageDown',
    breaks: 'no event is dropped',
    useCases: ({ receiveSms }) => ({ receiveSms: (sms, services) => receiveSms(sms, services).catch(dropped) }),
  },
];

describe('The judge notices', () => {
  test.each(ways)('$name', async ({ weather, breaks, ...mutant }) => {
    const { failures } = await simulate({ profile: outages[weather], from: 1, schedules: 40, mutant });
    expect(failures.flatMap(({ violations }) => violations.map(({ rule }) => rule))).toContain(breaks);
  });
});
