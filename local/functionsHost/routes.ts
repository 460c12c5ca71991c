import { misconfigured } from './misconfigured.ts';

/** A route template, ready to be matched against paths that `decodePath` has decoded. */
export interface Route {
  /** The whole path as a template, with the prefix. */
  readonly template: string;
  /** The parameters of a path that fits; one that is optional and absent is left out. `undefined`: it does not fit. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

interface Parameter {
  readonly name: string;
  readonly pattern: string;
  readonly optional: boolean;
  readonly byDefault: string | undefined;
}

/** Text that stands for itself, or a parameter. */
type Part = string | Parameter;

/** https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints */
const constraints: Readonly<Record<string, string>> = {
  int: '[+-]?\\d{1,10}',
  long: '[+-]?\\d{1,19}',
  decimal: '-?\\d+(?:\\.\\d+)?',
  bool: 'true|false',
  alpha: '[a-z]+',
  guid: '\\{?[\\da-f]{8}-?(?:[\\da-f]{4}-?){3}[\\da-f]{12}\\}?',
};
const parameterForm = /^(\*{0,2})(\w+)(?::(\w+))?(\?|=(.*))?$/;
const special = /[.*+?^${}()|[\]\\]/g;

/**
 * Reads `orders/{id:int}/{*rest}`, the templates that the host takes over from ASP.NET Core. Throws
 * `invalid-configuration` for one that Azure would refuse, or that this host does not know.
 */
export function compileRoute(template: string, prefix: string): Route {
  const fault = faultOf(template);
  if (fault !== undefined) throw misconfigured(`The route "${template}" ${fault}.`);
  const whole = [prefix, template].filter((part) => part !== '').join('/');
  const segments = whole.split('/').map((segment) => partsOf(segment, template));
  const parameters = segments.flat().filter((part) => typeof part !== 'string');
  const twice = parameters.find(({ name }, i) => parameters.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) throw misconfigured(`The route "${template}" names {${twice.name}} twice.`);
  const regex = new RegExp(`^${segments.map(patternOf).join('')}/?$`, 'i');
  return { template: `/${whole}`, match: (path) => valuesOf(regex.exec(path), parameters) };
}

/** As the server does it: percent escapes are read, except an escaped slash, which would look like a separator. */
export const decodePath = (path: string): string =>
  path.replace(/(?:(?!%2f)%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });

function faultOf(template: string): string | undefined {
  if (template.startsWith('/')) return 'begins with a slash, and Azure then drops the function: take it away';
  if (/^(admin|runtime)/i.test(template)) return 'begins with "admin" or "runtime", which Azure keeps for itself';
  if (/[{}]/.test(template.replaceAll(/\{[^{}]*\}/g, ''))) return 'has a brace without its partner';
  return undefined;
}

function partsOf(segment: string, template: string): readonly Part[] {
  const parts = [...segment.matchAll(/\{([^{}]*)\}|[^{}]+/g)].map(([text, parameter]) =>
    parameter === undefined ? text : parameterOf(parameter, template),
  );
  const within = parts.length > 1 && parts.find((part) => typeof part !== 'string' && part.optional);
  if (within) throw misconfigured(`The route "${template}" has an optional parameter that is not a whole segment.`);
  return parts;
}

function parameterOf(text: string, template: string): Parameter {
  const [, star, name, constraint, suffix, byDefault] = parameterForm.exec(text) ?? [];
  if (name === undefined)
    throw misconfigured(`The route "${template}" has a parameter that cannot be read: {${text}}.`);
  const pattern = constraint === undefined ? '[^/]+' : constraints[constraint];
  if (pattern === undefined) {
    const known = Object.keys(constraints).join(', ');
    throw misconfigured(`The route "${template}" has the constraint ${constraint}; this host knows ${known}.`);
  }
  return { name, pattern: star ? '.*' : pattern, optional: Boolean(star) || suffix !== undefined, byDefault };
}

/** A segment with the slash before it, which an optional parameter takes with it when it is absent. */
function patternOf(parts: readonly Part[]): string {
  const pattern = parts.map((part) => (typeof part === 'string' ? part.replace(special, '\\$&') : `(${part.pattern})`));
  const optional = parts.some((part) => typeof part !== 'string' && part.optional);
  return optional ? `(?:/${pattern.join('')})?` : `/${pattern.join('')}`;
}

function valuesOf(found: RegExpExecArray | null, parameters: readonly Parameter[]): Record<string, string> | undefined {
  if (found === null) return undefined;
  const values = parameters.map(({ name, byDefault }, i) => [name, found[i + 1] ?? byDefault] as const);
  return Object.fromEntries(values.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}
