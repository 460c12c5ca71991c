import type { Dial } from './dials.ts';

/** A named state of the world's dials. */
export interface Preset {
  readonly name: string;
  readonly says: string;
  /** What is turned, when all else stands by default; `for` so many seconds, where it goes back by itself. */
  readonly patch: object;
  readonly for?: number;
}

/** A merge patch that puts back whatever goes wrong; the seed and how open points are read stay. */
export const well = { eventGrid: null, sms: null, calls: null, identity: null, timeScale: null };

export const presets: readonly Preset[] = [
  { name: 'All is well', says: 'Every dial where it stands by default.', patch: {} },
  {
    name: 'Duplicates everywhere',
    says: 'Every event and every report comes twice, in any order.',
    patch: {
      eventGrid: { duplicate: 1, reorderMs: 2_000 },
      sms: { reportDuplicate: 1 },
      calls: { callbacks: { duplicate: 1, reorderMs: 300 } },
    },
  },
  {
    name: 'ACS down for a minute',
    says: 'Texts, calls and tokens are refused with a 500; a minute later all is well.',
    patch: { sms: { status5xx: 1 }, calls: { status5xx: 1 }, identity: { status5xx: 1 } },
    for: 60,
  },
  {
    name: 'Answers get lost',
    says: 'What the app asks for is done, and every third answer never comes.',
    patch: { sms: { lostAnswer: 0.33 }, calls: { lostAnswer: 0.33 }, identity: { lostAnswer: 0.33 } },
  },
  {
    name: 'Slow carrier',
    says: 'Reports come fifteen seconds late, some never.',
    patch: { sms: { reportDelayMs: 15_000, reportMissing: 0.2 } },
  },
  {
    name: 'Nothing arrives',
    says: 'Every report says Failed: unreachable.',
    patch: { sms: { reportFailed: { probability: 1, details: '4006' } } },
  },
  {
    name: 'Bad line',
    says: 'Event Grid loses every other attempt, and tries again sixty times as fast as it would.',
    patch: { eventGrid: { drop: 0.5 }, timeScale: 60 },
  },
];

/** Whether the dials stand as a preset leaves them. */
export function isOn({ patch }: Preset, dials: readonly Dial[]): boolean {
  return dials
    .filter(({ way: [first = ''] }) => first in well)
    .every(({ way, value, standard }) => value === (valueAt(patch, way) ?? standard));
}

const valueAt = (patch: unknown, way: readonly string[]): unknown =>
  way.reduce<unknown>(
    (part, name) => (typeof part === 'object' && part !== null ? Reflect.get(part, name) : undefined),
    patch,
  );
