import { describe, expect, test } from 'vitest';
import { compileRoute, decodePath } from '../../../local/functionsHost/routes.ts';

const guid = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('a route template', () => {
  test.each<[template: string, path: string, parameters: Record<string, string> | undefined]>([
    ['api/health', '/api/health', {}],
    ['api/health', '/API/Health/', {}],
    ['api/health', '/api', undefined],
    ['api/health', '/api/health/more', undefined],
    ['files/a.b', '/files/axb', undefined],
    ['orders/{id}', '/orders/7', { id: '7' }],
    ['orders/{id}', '/orders/', undefined],
    ['orders/{id}', '/orders/7/8', undefined],
    ['orders/{id?}', '/orders/7', { id: '7' }],
    ['orders/{id?}', '/orders', {}],
    ['orders/{id=1}', '/orders', { id: '1' }],
    ['orders/{id:int}', '/orders/-12', { id: '-12' }],
    ['orders/{id:int}', '/orders/x', undefined],
    ['orders/{id:int?}', '/orders', {}],
    ['words/{w:alpha}', '/words/Abc', { w: 'Abc' }],
    ['words/{w:alpha}', '/words/a1', undefined],
    ['things/{id:guid}', `/things/${guid}`, { id: guid }],
    ['things/{id:guid}', '/things/7', undefined],
    ['flags/{on:bool}', '/flags/true', { on: 'true' }],
    ['flags/{on:bool}', '/flags/maybe', undefined],
    ['console/{*path}', '/console/a/b.js', { path: 'a/b.js' }],
    ['console/{*path}', '/console/', { path: '' }],
    ['console/{*path}', '/console', {}],
    ['{a}/{b}', '/x/y', { a: 'x', b: 'y' }],
    ['pictures/{name}.{ext}', '/pictures/cat.png', { name: 'cat', ext: 'png' }],
  ])('%s meets %s', (template, path, parameters) => {
    expect(compileRoute(template, '').match(path)).toEqual(parameters);
  });

  test('stands behind the prefix', () => {
    const route = compileRoute('orders', 'api');
    expect(route.template).toBe('/api/orders');
    expect(route.match('/api/orders')).toEqual({});
    expect(route.match('/orders')).toBeUndefined();
  });

  test.each([
    ['/orders', /begins with a slash.*take it away/],
    ['admin/orders', /Azure keeps for itself/],
    ['runtimes', /Azure keeps for itself/],
    ['orders/{id', /a brace without its partner/],
    ['orders/{}', /cannot be read: \{\}/],
    ['{id}/{id}', /names \{id\} twice/],
    ['orders/{id:even}', /the constraint even; this host knows int, long/],
    ['orders/{id}.{ext?}', /not a whole segment/],
  ])('%s is refused', (template, reason) => {
    expect(() => compileRoute(template, '')).toThrow(reason);
  });
});

test.each([
  ['/a%20b', '/a b'],
  ['/a%2Fb/c', '/a%2Fb/c'],
  ['/a%2fb%20c', '/a%2fb c'],
  ['/%E2%82%AC%2f', '/€%2f'],
  ['/100%', '/100%'],
  ['/%ff', '/%ff'],
])('the path %s is read as %s', (path, read) => {
  expect(decodePath(path)).toBe(read);
});
