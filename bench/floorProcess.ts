/** Bundled and started by `programs.ts`: what is made by hand, in a process of its own as the app is. */
import { answer } from './answer.ts';
import { type ByHandOptions, byHand } from './byHand.ts';
import { paced } from './pace.ts';

export type FloorQuestion =
  | ({ readonly type: 'start' } & ByHandOptions)
  | { readonly type: 'run'; readonly texts: number; readonly atOnce: number };

let text: (() => Promise<void>) | undefined;

answer(async (question: FloorQuestion) => {
  if (question.type === 'start') {
    text = byHand(question);
    return undefined;
  }
  const made = text;
  if (made === undefined) throw new Error('Ask it to start first.');
  return paced(question.texts, question.atOnce, () => made);
});
