/** Characters that turn the direction of what follows, by the names Unicode abbreviates them to. */
const turns: Readonly<Record<string, string>> = {
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
};

/** All controls but tab and line feed, and what turns directions. Marks that scripts and emoji need stay: they turn nothing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const acting = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A text with all that would act in it as something to be seen: U+0007 as ␇, a turn of direction by its name. */
export const shown = (text: string): string => text.replaceAll('\r\n', '\n').replace(acting, pictureOf);

function pictureOf(sign: string): string {
  const code = sign.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `[${turns[sign] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}]`;
}
