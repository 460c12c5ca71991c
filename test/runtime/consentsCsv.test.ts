import { expect, test } from 'vitest';
import { parseTicks, ticksOf } from '../../shared/core/time.ts';
import type { InvalidRequest } from '../../shared/http/readRequest.ts';
import { readConsentsCsv } from '../../shared/runtime/consentsCsv.ts';
import { testSettings } from '../support/smsValues.ts';

const now = 1_795_485_600_000;
const read = (csv: string) => readConsentsCsv(csv, { clock: { now: () => now }, settings: testSettings });
const faults = (csv: string): readonly string[] => {
  try {
    read(csv);
    return [];
  } catch (error) {
    return (error as InvalidRequest).faults.map(({ field, detail }) => [field, detail].filter(Boolean).join(' '));
  }
};

test('a line says who, and what is left out is an opt-out of now', () => {
  expect(read('service,subscriber\n+18005550100,+14255550101\n')).toEqual([
    { service: '+18005550100', subscriber: '+14255550101', consent: 'revoked', at: ticksOf(now), reason: 'Imported.' },
  ]);
});

test('spreadsheets’ ways are understood: order, quotes, byte-order mark, Windows lines, empty fields and lines', () => {
  const csv =
    '\uFEFF"subscriber","reason","service","at","consent"\r\n14255550101,"a, ""b""",18005550100,2026-01-02T03:04:05Z,given\r\n\r\n+14255550102,,+18005550100,,\r\n';
  expect(read(csv)).toMatchObject([
    { subscriber: '+14255550101', consent: 'given', reason: 'a, "b"', at: parseTicks('2026-01-02T03:04:05Z') },
    { subscriber: '+14255550102', consent: 'revoked', reason: 'Imported.', at: ticksOf(now) },
  ]);
});

test('every faulty line is named, and none is taken', () => {
  const csv = [
    'service,subscriber,consent,at',
    '+18005550100,+14255550101,revoked,',
    '+15555550000,+14255550101,,',
    '+18005550100,me,maybe,yesterday',
  ].join('\n');
  expect(faults(csv)).toEqual([
    'line 3: service must be one of the service numbers',
    'line 4: subscriber must be a number in full, such as +14255550123',
    'line 4: consent must be revoked or given',
    'line 4: at must be an instant in ISO 8601',
  ]);
});

test.each([
  [
    'a column nobody knows',
    'service,subscriber,colour\n+18005550100,+14255550101,red',
    'line 2: colour is not known here',
  ],
  ['a line that is too short', 'service,subscriber\n+18005550100', 'is not CSV: CSV_RECORD_INCONSISTENT_COLUMNS'],
  ['an open quote', 'service,subscriber\n"+18005550100,+1425', 'is not CSV: CSV_QUOTE_NOT_CLOSED'],
])('%s is told', (_, csv, fault) => {
  expect(faults(csv)).toEqual([fault]);
});

test('more lines than one request takes are refused with the number', () => {
  expect(faults(`service,subscriber\n${'+18005550100,+14255550101\n'.repeat(2_001)}`)).toEqual([
    'has 2001 lines; send at most 2000 at a time',
  ]);
});
