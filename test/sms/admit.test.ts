import { describe, expect, test } from 'vitest';
import { memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { segmentLedger } from '../../shared/adapters/storage/segmentLedger.ts';
import type { OutboundMessage } from '../../shared/conversations/entry.ts';
import type { Head } from '../../shared/conversations/head.ts';
import type { Country } from '../../shared/core/countries.ts';
import type { Logger } from '../../shared/core/logger.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { ticksOf } from '../../shared/core/time.ts';
import { timeZoneOf } from '../../shared/playbook/timeZone.ts';
import { admit, admitReply } from '../../shared/sms/admit.ts';
import type { LimitSettings } from '../../shared/sms/limitSettings.ts';
import type { SegmentAllowance } from '../../shared/sms/segmentAllowance.ts';
import { anOutbound, local, subscriber, testSettings } from '../support/smsValues.ts';

const hour = 3_600_000;
/** 18:00 in Los Angeles. */
const evening = 1_795_485_600_000;
const night = evening + 6 * hour;

/** A day's segments, and how many of them are taken. */
function anAllowance(perDay = 1_000) {
  const day = { taken: 0 };
  const allowance: SegmentAllowance = {
    async take(segments) {
      if (day.taken + segments > perDay) return undefined;
      day.taken += segments;
      return {
        giveBack: () => {
          day.taken -= segments;
        },
      };
    },
  };
  return { allowance, day };
}

interface Asked {
  readonly to?: string;
  readonly from?: string;
  readonly message?: Partial<OutboundMessage>;
  readonly head?: Partial<Head>;
  readonly settings?: Partial<LimitSettings>;
  readonly allowance?: SegmentAllowance;
  readonly log?: Logger;
}

const candidateOf = ({ to = subscriber, from = local, message, head }: Asked) => ({
  message: anOutbound({ createdAt: evening, ...message }),
  service: from as PhoneNumber,
  subscriber: to as PhoneNumber,
  head,
});

const limitsOf = ({ settings, allowance = anAllowance().allowance, log = () => {} }: Asked) => ({
  settings: { ...testSettings, ...settings },
  playbook: { zone: timeZoneOf('America/Los_Angeles') },
  allowance,
  log,
});

const ask = (asked: Asked = {}) => admit(candidateOf(asked), limitsOf(asked));

const codeOf = async (asked: Asked) => {
  const admission = await ask(asked);
  return admission.type === 'refused' ? admission.refusal.code : admission.type;
};

test('a text that breaks no rule is counted, for its subscriber and for the day', async () => {
  const { allowance, day } = anAllowance();
  const admission = await ask({ message: { segments: 2 }, head: { spent: `${evening - 2 * hour}:3` }, allowance });
  expect(admission).toMatchObject({ type: 'admitted', spent: `${evening - 2 * hour}:3,${evening}:2` });
  expect(day.taken).toBe(2);
});

describe('where it may go', () => {
  test.each<[string, Asked, string]>([
    ['at home', {}, 'admitted'],
    ['to another country', { to: '+18765551234' }, 'country-not-allowed'],
    ['as a reply to another country', { to: '+18765551234', message: { purpose: 'answer' } }, 'country-not-allowed'],
    [
      'as a confirmation to another country',
      { to: '+447400123456', message: { purpose: 'stop-confirmation' } },
      'country-not-allowed',
    ],
    [
      'to a country that is listed',
      { to: '+16045550123', settings: { allowedCountries: countries('CA') } },
      'admitted',
    ],
    [
      'to one’s own where others are listed',
      { settings: { allowedCountries: countries('CA') } },
      'country-not-allowed',
    ],
    ['at home of another service number', { from: '+16045550100', to: '+16045550123' }, 'admitted'],
    ['to a premium-rate number', { to: '+19005551234' }, 'number-type-not-allowed'],
    ['to a short code', { to: '12345' }, 'not-textable'],
    [
      'from a short code, with its country listed',
      { from: '12345', settings: { allowedCountries: countries('US') } },
      'admitted',
    ],
  ])('%s', async (_, asked, code) => {
    expect(await codeOf(asked)).toBe(code);
  });
});

const countries = (...list: string[]) => list as Country[];

describe('when it may go', () => {
  const agent = (createdAt: number) => ({ purpose: 'agent', createdAt }) as const;
  const wrote = (hoursAgo: number) => ({ lastInbound: ticksOf(night - hoursAgo * hour) });

  test.each<[string, Asked, string]>([
    ['a reply at night', { message: { createdAt: night } }, 'admitted'],
    ['an agent in the evening', { message: agent(evening) }, 'admitted'],
    ['an agent at night, out of the blue', { message: agent(night) }, 'outside-hours'],
    ['an agent at night, to somebody who wrote', { message: agent(night), head: wrote(24) }, 'admitted'],
    ['an agent at night, to somebody who wrote long ago', { message: agent(night), head: wrote(25) }, 'outside-hours'],
    [
      'an agent in the evening, to a country where it is night',
      { message: agent(evening), to: '+447400123456', settings: { allowedCountries: countries('GB') } },
      'outside-hours',
    ],
  ])('%s', async (_, asked, code) => {
    expect(await codeOf(asked)).toBe(code);
  });
});

describe('how much may go', () => {
  const full = { spent: `${evening - hour}:100` };

  test('a subscriber gets no more than the cap, and the day is not charged for what they do not get', async () => {
    const { allowance, day } = anAllowance();
    const admission = await ask({ head: full, allowance });
    expect(admission).toEqual({
      type: 'refused',
      refusal: { code: 'subscriber-limit', reason: expect.stringContaining('more than 100 segments within 24 h') },
    });
    expect(day.taken).toBe(0);
  });

  test('shorter spans are told in minutes', async () => {
    const settings = { subscriberCap: { segments: 5, within: 600_000 } };
    expect(await ask({ settings, message: { segments: 6 } })).toMatchObject({
      refusal: { reason: expect.stringContaining('more than 5 segments within 10 min') },
    });
  });

  test('the day has an end', async () => {
    expect(await ask({ message: { segments: 4 }, allowance: anAllowance(3).allowance })).toMatchObject({
      type: 'refused',
      refusal: { code: 'daily-limit', reason: expect.stringContaining('00:00 UTC') },
    });
  });
});

describe('a reply', () => {
  const reply = (asked: Asked) => admitReply(candidateOf(asked), limitsOf(asked));
  const head = { spent: `${evening - 2 * hour}:3` };

  test('that breaks no rule goes on as it is', async () => {
    const { message, spent, taken } = await reply({ head });
    expect(message.endedAs).toBeUndefined();
    expect([spent, taken]).toEqual([`${evening - 2 * hour}:3,${evening}:1`, expect.anything()]);
  });

  test('that is refused ends with the reason, and costs nothing', async () => {
    const admitted = await reply({ head, to: '+18765551234' });
    expect(admitted).toEqual({ ...head, message: expect.objectContaining({ endedAs: 'failed' }) });
    expect(admitted.message).toMatchObject({
      endCode: 'country-not-allowed',
      endReason: expect.stringContaining('Jamaica'),
    });
  });

  test('that is over already is left alone', async () => {
    const { allowance, day } = anAllowance();
    const message = { endedAs: 'failed', endCode: 'expired' } as const;
    expect(await reply({ head, message, allowance })).toMatchObject({ ...head, message });
    expect(day.taken).toBe(0);
  });
});

test('who wonders why nothing leaves finds it in the log, without a number; the day’s end calls for a person', async () => {
  const lines: unknown[] = [];
  const log: Logger = (_, event, fields) => lines.push({ event, ...fields });
  await ask({ to: '+18765551234', log });
  await ask({ allowance: anAllowance(0).allowance, log });
  expect(lines).toEqual([
    { event: 'sms.not-admitted', to: '…34', purpose: 'answer', code: 'country-not-allowed', alarm: false },
    { event: 'sms.not-admitted', to: '…01', purpose: 'answer', code: 'daily-limit', alarm: true },
  ]);
});

test('an attack of 10,000 numbers costs no more than the day allows, though three processes answer it', async () => {
  const table = memoryEntityTable();
  let tokens = 0;
  const rand = { token: () => `token-${++tokens}`, fraction: () => 0.5 };
  const process = () => segmentLedger({ table, rand, clock: { now: () => evening }, perDay: 500, tranche: 50 });
  const processes = [process(), process(), process()];
  const prefixes = ['+1425555', '+1206555', '+1900555', '+1876555', '+44740012', '+88161234'];
  let sent = 0;
  for (let n = 0; n < 10_000; n += 3) {
    const admissions = processes.map((allowance, each) => {
      const to = `${prefixes[(n + each) % prefixes.length]}${String((n + each) % 10_000).padStart(4, '0')}`;
      return ask({ to, message: { segments: 2 }, allowance });
    });
    for (const { type } of await Promise.all(admissions)) sent += type === 'admitted' ? 2 : 0;
  }
  expect(sent).toBe(500);
});
