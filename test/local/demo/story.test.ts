import { expect, test } from 'vitest';
import { expectSame, play, type Step } from '../../../local/demo/story.ts';

const step = (title: string, run: Step['run']): Step => ({ title, run });
const told = (title: string) => step(title, async () => ['as told']);
const failing = (title: string) =>
  step(title, async () => {
    expectSame('the status', 500, 200);
    return [];
  });

test.each<[string, readonly Step[], boolean, readonly string[]]>([
  [
    'goes as told',
    [told('one'), told('two')],
    true,
    ['✓ one', '    as told', '✓ two', '    as told', '\nAll 2 steps went as told.'],
  ],
  [
    'ends at the step that fails, with why',
    [told('one'), failing('two'), told('three')],
    false,
    ['✓ one', '    as told', '✗ two', '    the status is 500 and should be 200.', '\nStep 2 of 3 failed.'],
  ],
])('a story %s', async (_, steps, went, transcript) => {
  const lines: string[] = [];
  expect(await play(steps, (line) => lines.push(line))).toBe(went);
  expect(lines).toEqual(transcript);
});
