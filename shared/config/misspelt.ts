import type { Environment } from './setting.ts';
import { settings } from './settings.ts';

/** A variable that is one letter off a setting's name is a typo and not somebody else's. */
export const misspelt = (environment: Environment): string[] =>
  Object.keys(environment).flatMap((name) => {
    const meant = Object.keys(settings).find((known) => !(name in settings) && differByOne(name, known));
    return meant === undefined ? [] : [`${name} is not a setting; did you mean ${meant}?`];
  });

function differByOne(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1);
}
