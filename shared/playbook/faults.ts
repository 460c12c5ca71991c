import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** One line for each fault: where it is, and what to change. */
export const faultLines = (issues: readonly Issue[]): readonly string[] =>
  issues.flatMap(meant).map((issue) => `${pathText(issue.path)}: ${faultOf(issue)}`);

/** Of a thing that may have several forms: the faults of the form that it was most likely meant to have. */
function meant(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ofItsKind = issue.errors.filter(
    (faults) => !faults.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  const strangers = (faults: readonly Issue[]) => faults.filter(({ code }) => code === 'unrecognized_keys').length;
  const [nearest] = ofItsKind.sort((a, b) => strangers(a) - strangers(b));
  return (nearest ?? [{ ...issue, message: 'must be text in quotes, or an object in { }' }]).map((fault) => ({
    ...fault,
    path: nearest === undefined ? issue.path : [...issue.path, ...fault.path],
  }));
}

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
    case 'too_big':
      return `is too long; at most ${issue.maximum} ${unitOf(issue.origin)}`;
    case 'too_small':
      return 'must not be empty';
    case 'invalid_key':
      return issue.issues.map(faultOf).join('; ');
    default:
      return issue.message;
  }
}

const unitOf = (origin: string): string => (origin === 'string' ? 'characters' : 'items');
