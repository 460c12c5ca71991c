import type * as z from 'zod/mini';

type Issue = z.core.$ZodIssue;

/** One line for each fault: where it is, and what to change. */
export const faultLines = (issues: readonly Issue[]): readonly string[] =>
  issues.map((issue) => `${pathText(issue.path)}: ${faultOf(issue)}`);

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
