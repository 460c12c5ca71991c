/** What is written with a text put in place of what is selected, and where the caret then stands. */
export function inserted(
  written: string,
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly text: string; readonly caret: number } {
  const before = written.slice(0, from);
  const after = written.slice(to);
  const start = before + apart(before, text);
  return { text: start + text + apart(text, after) + after, caret: (start + text).length };
}

/** A space between two words that would run into each other. */
const apart = (left: string, right: string): string => (/\S$/.test(left) && /^[\p{L}\p{N}]/u.test(right) ? ' ' : '');
