import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { readRequest } from '../../shared/http/readRequest.ts';
import { routes } from '../../shared/http/routes.ts';
import { version } from '../../shared/http/version.ts';
import { type RegisteredFunction, registeredFunctions } from './registeredFunctions.ts';
import { samples } from './samples.ts';

let registered: readonly RegisteredFunction[];
beforeAll(async () => {
  registered = (await registeredFunctions()).filter(({ type }) => type === 'httpTrigger');
});

const byName = <T extends { readonly name: string }>(them: readonly T[]) =>
  them.toSorted((a, b) => a.name.localeCompare(b.name));

test('every HTTP function has its entry among the routes, and every route its function', () => {
  const served = registered.map(({ name, route, methods, authLevel }) => ({ name, route, methods, authLevel }));
  const said = routes.map(({ name, path, method }) => ({
    name,
    route: path.slice(1),
    methods: [method],
    authLevel: 'anonymous',
  }));
  expect(byName(served)).toEqual(byName(said));
});

describe('each route', () => {
  test.each(routes.map((route) => [route.name, route] as const))(
    '%s has a name the host takes and params its path has',
    (_, route) => {
      expect(route.name).toMatch(/^[A-Za-z][\w-]{0,126}$/);
      const inPath = [...route.path.matchAll(/\{\*?(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(samples[route.name]?.params ?? {})).toEqual(inPath);
    },
  );

  test.each(routes.map((route) => [route.name, route] as const))('%s takes its sample', (_, route) => {
    const { params = {}, query = {}, headers = {}, body } = samples[route.name] ?? {};
    expect(() => readRequest(route, { params, query, headers, body })).not.toThrow();
  });
});

test('no request fits two routes, because the host would choose by name', () => {
  const forms = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '*')}`);
  const clashes = forms.flatMap((a, i) => forms.filter((b, j) => i < j && overlap(a, b)).map((b) => `${a} | ${b}`));
  expect(clashes).toEqual([]);
});

function overlap(a: string, b: string): boolean {
  const [one, other] = [a.split('/'), b.split('/')];
  return one.length === other.length && one.every((step, i) => step === other[i] || [step, other[i]].includes('*'));
}

test('the version is that of the package', () => {
  expect(version).toBe(packageJson.version);
});
