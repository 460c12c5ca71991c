/** A named state of the world's dials; `null` puts a part back to where it stands by default. */
export interface Preset {
  readonly name: string;
  readonly says: string;
  readonly patch: object;
  /** Milliseconds after which all goes well again. */
  readonly lasts?: number;
}

const well = { eventGrid: null, sms: null, calls: null, identity: null, timeScale: null };

export const presets: readonly Preset[] = [
  { name: 'All is well', says: 'Every dial where it stands by default.', patch: well },
  {
    name: 'Duplicates everywhere',
    says: 'Every event and every report comes twice, in any order.',
    patch: {
      ...well,
      eventGrid: { duplicate: 1, reorderMs: 2_000 },
      sms: { reportDuplicate: 1 },
      calls: { callbacks: { duplicate: 1, reorderMs: 300 } },
    },
  },
  {
    name: 'ACS down for a minute',
    says: 'Sends and commands are refused with 503 and 500; a minute later all is well.',
    patch: { ...well, sms: { status5xx: 1 }, calls: { status5xx: 1 }, identity: { status5xx: 1 } },
    lasts: 60_000,
  },
  {
    name: 'Answers get lost',
    says: 'What the app asks for is done, and every third answer never comes.',
    patch: { ...well, sms: { lostAnswer: 0.33 }, calls: { lostAnswer: 0.33 }, identity: { lostAnswer: 0.33 } },
  },
  {
    name: 'Slow carrier',
    says: 'Reports come fifteen seconds late, some never.',
    patch: { ...well, sms: { reportDelayMs: 15_000, reportMissing: 0.2 } },
  },
  {
    name: 'Nothing arrives',
    says: 'Every report says Failed: unreachable.',
    patch: { ...well, sms: { reportFailed: { probability: 1, details: '4006' } } },
  },
  {
    name: 'Bad line',
    says: 'Event Grid loses every other attempt, and tries again sixty times as fast as it would.',
    patch: { ...well, eventGrid: { drop: 0.5 }, timeScale: 60 },
  },
];

/** A dial by its way through the parts: `sms.lostAnswer`. */
export interface Dial {
  readonly way: readonly string[];
  readonly value: number | boolean | string;
}

/** Every dial there is, flat, in its order. */
export function dialsIn(part: Readonly<Record<string, unknown>>, way: readonly string[] = []): readonly Dial[] {
  return Object.entries(part).flatMap(([name, value]): readonly Dial[] => {
    const here = [...way, name];
    if (typeof value === 'object' && value !== null) return dialsIn(value as Record<string, unknown>, here);
    return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
      ? [{ way: here, value }]
      : [];
  });
}

/** A merge patch that sets one dial. */
export const patchOf = (way: readonly string[], value: unknown): object =>
  way.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
