import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeDials, defaultDials, dialsSchema, seededRandom } from '../../local/dials.ts';
import { AppError } from '../../shared/core/errors.ts';
import { root } from '../support/world.ts';

const docs = ['local-world', 'local-calls']
  .map((name) => readFileSync(join(root, 'docs', `${name}.md`), 'utf8'))
  .join('\n');

interface Part {
  readonly properties?: Readonly<Record<string, Part>>;
}

/** Every dial by its way through the parts. */
const waysIn = ({ properties = {} }: Part, way: readonly string[] = []): readonly string[] =>
  Object.entries(properties).flatMap(([name, part]) =>
    part.properties === undefined ? [[...way, name].join('.')] : waysIn(part, [...way, name]),
  );

describe('the dials', () => {
  test('stand at nothing going wrong, in real time', () => {
    expect(defaultDials).toMatchObject({
      timeScale: 1,
      eventGrid: { duplicate: 0, drop: 0, delayMs: 0, reorderMs: 0 },
      sms: { status429: 0, lostAnswer: 0, reportMissing: 0, repeatability: true, rateLimits: true },
      switches: { subjectNumber: 'service', tagCase: 'tag', repeatabilityWindowSeconds: 300 },
    });
  });

  test('a change keeps what it does not name', () => {
    const changed = changeDials(defaultDials, { timeScale: 60, sms: { reportFailed: { probability: 1 } } });
    expect(changed).toEqual({
      ...defaultDials,
      timeScale: 60,
      sms: { ...defaultDials.sms, reportFailed: { ...defaultDials.sms.reportFailed, probability: 1 } },
    });
  });

  test('null puts a dial, or a whole part, back', () => {
    const turned = changeDials(defaultDials, {
      seed: 7,
      sms: { retryAfterSeconds: 3 },
      eventGrid: { drop: 1, batch: 5 },
    });
    expect(changeDials(turned, { sms: { retryAfterSeconds: null }, eventGrid: null })).toEqual({
      ...defaultDials,
      seed: 7,
    });
  });

  test('a change leaves the dials it was given alone', () => {
    const before = structuredClone(defaultDials);
    changeDials(defaultDials, { eventGrid: { drop: 1 } });
    expect(defaultDials).toEqual(before);
  });

  test.each<readonly [unknown, RegExp]>([
    [{ smss: {} }, /no dial smss; known here: seed, timeScale, eventGrid, sms, identity, calls, switches/],
    [{ eventGrid: { dupe: 1 } }, /no dial eventGrid\.dupe; known here: duplicate, .*batch/],
    [{ sms: { reportFailed: { detail: '' } } }, /no dial sms\.reportFailed\.detail; known here: probability, details/],
    [{ eventGrid: { drop: 2 } }, /eventGrid\.drop: .*<=1/],
    [{ timeScale: 0 }, /timeScale: .*>0/],
    [{ switches: { tagCase: 'TAG' } }, /switches\.tagCase: .*"tag"\|"Tag"/],
    [{ sms: 1 }, /sms: .*object/],
    [JSON.parse('{"__proto__":{"seed":2}}'), /no dial __proto__/],
    [null, /The dials: .*object/],
    [[], /The dials: .*object/],
  ])('%j is refused in words', (patch, words) => {
    const change = () => changeDials(defaultDials, patch);
    expect(change).toThrow(words);
    expect(change).toThrow(AppError);
  });
});

test.each(waysIn(dialsSchema as Part))('%s is in the docs', (way) => {
  const name = way.split('.').at(-1);
  // What befalls any request is told once, of texts.
  const asOfTexts = /^calls\.(status|retryAfter|timeout|lostAnswer)/.test(way) && name;
  expect(docs).toContain(`\`${asOfTexts || way}\``);
});

describe('seeded random', () => {
  const ten = (random: () => number) => Array.from({ length: 10 }, random);

  test('is the same for the same seed and names, and different for others', () => {
    const one = ten(seededRandom(1, 'drop', 3));
    expect(ten(seededRandom(1, 'drop', 3))).toEqual(one);
    for (const other of [seededRandom(2, 'drop', 3), seededRandom(1, 'drop', 4), seededRandom(1, 'dup', 3)]) {
      expect(ten(other)).not.toEqual(one);
    }
  });

  test('is spread evenly, also over the first numbers of neighbouring names', () => {
    const firsts = Array.from({ length: 10_000 }, (_, n) => seededRandom(1, n, 'smsReceived')());
    const tenths = Array.from({ length: 10 }, (_, tenth) => firsts.filter((n) => Math.floor(n * 10) === tenth).length);
    expect(Math.min(...tenths)).toBeGreaterThan(850);
    expect(Math.max(...tenths)).toBeLessThan(1_150);
  });
});
