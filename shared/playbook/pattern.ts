import { RE2JS } from 're2js';
import { maxTextLength } from '../core/textLimit.ts';
import { visibleText } from './words.ts';

/** Instructions a compiled pattern may have. So many keep a text of full length under some 50 ms at worst; a usual pattern has fifty. */
const largest = 1000;

/**
 * A regular expression of RE2's syntax (https://github.com/google/re2/wiki/Syntax), looked for anywhere in a text, in any
 * case. Its time is linear in the length of the text, whatever the pattern. Throws an `Error` that says what is wrong.
 */
export function patternOf(source: string): (text: string) => boolean {
  const compiled = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  if (compiled.programSize() > largest) throw new Error('the pattern is too large; use smaller repeat counts');
  return (text) => compiled.test(visibleText(text).slice(0, maxTextLength));
}

/** What is wrong with a pattern, in words; `undefined` if nothing is. */
export function faultInPattern(source: string): string | undefined {
  try {
    patternOf(source);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error);
    return `${reason} (a pattern is RE2: no look-around, no back-references)`;
  }
}
