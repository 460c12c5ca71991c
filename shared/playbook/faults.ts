import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** One line for each fault: where it is, and what to change. */
export const faultLines = (issues: readonly Issue[]): readonly string[] =>
  issues.flatMap(meant).map((issue) => `${pathText(issue.path)}: ${faultOf(issue)}`);

/** Of a thing that may have several forms: the faults of the form that it was most likely meant to have. */
function meant(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const [nearest] = issue.errors
    .map((faults) => faults.flatMap(meant))
    .filter((faults) => !faults.some(isOfAnotherForm))
    .sort((a, b) => strangersIn(a) - strangersIn(b));
  return nearest?.map((fault) => ({ ...fault, path: [...issue.path, ...fault.path] })) ?? [issue];
}

const isOfAnotherForm = ({ code, path }: Issue): boolean =>
  path.length === 0 && ['invalid_type', 'invalid_value', 'invalid_union'].includes(code);

const strangersIn = (faults: readonly Issue[]): number =>
  faults.filter(({ code }) => code === 'unrecognized_keys').length;

/** `sms.rules[2].when.pattern`; keys that are no plain names in quotes. */
function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`;
    return /^[\w$]+$/.test(String(step)) ? `.${String(step)}` : `["${String(step)}"]`;
  });
  return steps.join('').replace(/^\./, '') || 'the playbook';
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number without quotes',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in [ ]',
  object: 'an object in { }',
  record: 'an object in { }',
};

function faultOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = kinds[issue.expected] ?? issue.expected;
      return issue.input === undefined ? `is missing; it must be ${wanted}` : `must be ${wanted}`;
    }
    case 'invalid_union':
      return issue.input === undefined ? `is missing; it ${issue.message}` : issue.message;
    case 'too_big':
      return isCounted(issue) ? `is too long; at most ${issue.maximum} ${unitOf(issue.origin)}` : issue.message;
    case 'too_small':
      return isCounted(issue) ? 'must not be empty' : issue.message;
    case 'invalid_key':
      return issue.issues.map(faultOf).join('; ');
    default:
      return issue.message;
  }
}

/** A text or a list, and not a number, whose bounds say in their own words what they are. */
const isCounted = ({ origin }: { readonly origin: string }): boolean => ['string', 'array'].includes(origin);

const unitOf = (origin: string): string => (origin === 'string' ? 'characters' : 'items');
