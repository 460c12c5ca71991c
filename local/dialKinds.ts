import * as z from 'zod/mini';

/** The kinds of dials, each with its words: what they say is what whoever turns them reads. */

/** How often something happens: 0 never, 1 always. */
export const probability = (words: string) => told(z._default(z.number().check(z.gte(0), z.lte(1)), 0), words);

export const milliseconds = (words: string, value = 0) =>
  told(z._default(z.int().check(z.gte(0), z.lte(86_400_000)), value), words);

/** What a duration of the real world is multiplied by; 0: at once. */
export const scale = (words: string) => told(z._default(z.number().check(z.gte(0), z.lte(1_000)), 1), words);

interface Range {
  readonly lowest: number;
  readonly highest: number;
}

export const whole = (words: string, { value, lowest, highest }: Range & { readonly value: number }) =>
  told(z._default(z.int().check(z.gte(lowest), z.lte(highest)), value), words);

/** Absent unless somebody sets it. */
export const wholeIfSet = (words: string, { lowest, highest }: Range) =>
  told(z.optional(z.int().check(z.gte(lowest), z.lte(highest))), words);

/** A switch; `value`: how it stands by default. */
export const yesOrNo = (words: string, value: boolean) => told(z._default(z.boolean(), value), words);

/** One of these words, the first by default. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(choices: Words, words: string) =>
  told(z._default(z.enum(choices), choices[0] as never), words);

export const text = (words: string, value: string) => told(z._default(z.string(), value), words);

/** A part of the dials that may be left out altogether, each of its dials standing at its default. */
export const part = <Shape extends z.core.$ZodShape>(shape: Shape, words: string) =>
  told(z.prefault(z.strictObject(shape), {} as never), words);

/** A dial with its words. */
export const told = <Schema extends z.ZodMiniType>(schema: Schema, words: string): Schema =>
  schema.check(z.describe(words));
