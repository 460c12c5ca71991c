import { expect, test } from 'vitest';
import type { Heard } from '../../../../local/acs/calls/media/queue.ts';
import { type Listening, recognizer } from '../../../../local/acs/calls/media/recognizer.ts';

const tone = (key: string): Heard => ({ from: '4:+1', type: 'tone', tone: key });
const words = (text: string): Heard => ({ from: '4:+1', type: 'speech', text });
const choices = [
  { label: 'yes', phrases: ['yes', 'oui, merci'], tone: 'one' },
  { label: 'no', phrases: ['no'] },
];

type Ends = readonly [type: string, result?: string] | undefined;

/** What came of the last thing heard. */
function ends(listening: Partial<Listening>, heard: readonly Heard[]): Ends {
  const hear = recognizer({ type: 'dtmf', stopTones: [], choices, ...listening });
  const [last] = heard.map(hear).slice(-1);
  if (last === undefined) return undefined;
  return last.type === 'goOn' ? [last.type] : [last.type, last.verdict.result];
}

const dtmf = { type: 'dtmf', maxTones: 3, stopTones: ['pound'] } as const;
const rows: readonly (readonly [Partial<Listening>, readonly Heard[], Ends])[] = [
  [dtmf, [tone('one')], ['goOn']],
  [dtmf, [tone('one'), tone('two'), tone('three')], ['end', 'maxDigits']],
  [dtmf, [tone('pound')], ['end', 'stopTone']],
  [dtmf, [tone('one'), tone('pound')], ['end', 'stopTone']],
  [dtmf, [words('one')], undefined],
  [{ type: 'dtmf' }, Array(40).fill(tone('one')), ['goOn']],
  [{ type: 'choices' }, [tone('one')], ['end', 'toneOption']],
  [{ type: 'choices' }, [tone('two')], ['end', 'wrongTone']],
  [{ type: 'choices' }, [words('YES.')], ['end', 'speechOption']],
  [{ type: 'choices' }, [words('Oui merci')], ['end', 'speechOption']],
  [{ type: 'choices' }, [words('yes please')], ['end', 'noOption']],
  [{ type: 'speech' }, [tone('one')], undefined],
  [{ type: 'speech' }, [words('hello')], ['endWhenQuiet', 'speech']],
  [{ ...dtmf, type: 'speechOrDtmf' }, [words('hello')], ['endWhenQuiet', 'speech']],
  [{ ...dtmf, type: 'speechOrDtmf' }, [tone('one'), tone('pound')], ['end', 'stopTone']],
];

test.each(rows)('%j hears %j', (listening, heard, expected) => {
  expect(ends(listening, heard)).toEqual(expected);
});
