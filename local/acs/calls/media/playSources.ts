import * as z from 'zod/mini';
import type { Call, Said } from '../call.ts';
import { refuse } from '../refusal.ts';
import { durations } from '../rules.ts';

/** As requests bring what is to be said. */
export const playSource = z.object({
  kind: z.enum(['file', 'text', 'ssml']),
  file: z.optional(z.object({ uri: z.string() })),
  text: z.optional(z.object({ text: z.string().check(z.minLength(1)) })),
  ssml: z.optional(z.object({ ssmlText: z.string().check(z.minLength(1)) })),
});

/** Something to be said. */
export interface PlaySource {
  readonly kind: 'file' | 'text' | 'ssml';
  readonly content: string;
}

/** Refused if a source has nothing of its kind, or the call has nobody to speak for it. */
export function readSources(call: Call, sources: readonly z.output<typeof playSource>[]): readonly PlaySource[] {
  return sources.map(({ kind, file, text, ssml }) => {
    const content = { file: file?.uri, text: text?.text, ssml: ssml?.ssmlText }[kind];
    if (content === undefined) return refuse('invalid', `A play source of kind "${kind}" needs its ${kind}.`);
    if (kind !== 'file') needSpeech(call);
    return { kind, content };
  });
}

/** Refused if the call was answered or created without a speech service. */
export const needSpeech = ({ connection }: Call): void => {
  if (connection?.speaks !== true) refuse('noSpeech');
};

/** How long it takes to say, in milliseconds. */
export function spokenFor({ kind, content }: Pick<Said, 'kind' | 'content'>): number {
  const words = kind === 'ssml' ? content.replace(/<[^>]*>/g, ' ') : content;
  const pauses = kind === 'ssml' ? [...content.matchAll(/<break[^>]*\btime="(\d+)(ms|s)"/g)] : [];
  const silent = pauses.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unit === 's' ? 1_000 : 1), 0);
  return words.split(/\s+/).filter(Boolean).length * durations.perWord + silent;
}
