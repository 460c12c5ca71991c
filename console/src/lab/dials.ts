import type { DialSchema } from './adminApi.ts';

export type DialValue = number | boolean | string;

/** A dial as the world tells it. */
export interface Dial {
  /** Through the parts: `sms`, `lostAnswer`. */
  readonly way: readonly string[];
  readonly words: string;
  readonly kind: 'switch' | 'choice' | 'number' | 'text';
  readonly choices: readonly string[];
  readonly range: string | undefined;
  /** Where it stands by default, and now; `undefined`: not set. */
  readonly standard: DialValue | undefined;
  readonly value: DialValue | undefined;
}

/** Dials that belong together; `words`: what they are about. */
export interface DialGroup {
  readonly name: string;
  readonly words: string;
  readonly dials: readonly Dial[];
}

/** Every dial there is, in the world's order; those of no part come first. */
export function groupsOf(schema: DialSchema, values: unknown): readonly DialGroup[] {
  const parts = Object.entries(schema.properties ?? {});
  const loose = parts.filter(([, { properties }]) => properties === undefined).flatMap(([name]) => name);
  return [
    {
      name: 'world',
      words: '',
      dials: dialsIn(schema, values).filter(({ way: [first = ''] }) => loose.includes(first)),
    },
    ...parts
      .filter(([name]) => !loose.includes(name))
      .map(([name, part]) => ({ name, words: part.description ?? '', dials: dialsIn(part, at(values, name), [name]) })),
  ];
}

function dialsIn(schema: DialSchema, values: unknown, way: readonly string[] = []): readonly Dial[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    inner.properties === undefined
      ? [dialOf(inner, at(values, name), [...way, name])]
      : dialsIn(inner, at(values, name), [...way, name]),
  );
}

const at = (values: unknown, name: string): unknown =>
  typeof values === 'object' && values !== null ? Reflect.get(values, name) : undefined;

const dialOf = (schema: DialSchema, value: unknown, way: readonly string[]): Dial => ({
  way,
  words: schema.description ?? '',
  kind: kindOf(schema),
  choices: schema.enum ?? [],
  range: rangeOf(schema),
  standard: plainValue(schema.default),
  value: plainValue(value),
});

const kindOf = ({ type, enum: choices }: DialSchema): Dial['kind'] =>
  choices !== undefined ? 'choice' : type === 'boolean' ? 'switch' : type === 'string' ? 'text' : 'number';

const rangeOf = ({ minimum, maximum }: DialSchema): string | undefined =>
  minimum === undefined || maximum === undefined || minimum < -1e9
    ? undefined
    : `${minimum} to ${maximum.toLocaleString('en')}`;

const plainValue = (value: unknown): DialValue | undefined =>
  typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string' ? value : undefined;

/** A merge patch that sets one dial. */
export const patchOf = (way: readonly string[], value: unknown): object =>
  way.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;

/** What was typed for a dial, as the world takes it; nothing puts it back, and a word is no number but goes as it is, to be refused in the world's words. */
export function typed({ kind }: Pick<Dial, 'kind'>, text: string): DialValue | null {
  if (kind === 'text') return text;
  if (text.trim() === '') return null;
  return Number.isFinite(Number(text)) ? Number(text) : text;
}
