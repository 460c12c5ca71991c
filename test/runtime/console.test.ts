import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../shared/config.ts';
import { readConsole } from '../../shared/runtime/console.ts';
import { requiredSettings } from '../support/requiredSettings.ts';

const folder = mkdtempSync(join(tmpdir(), 'switchboard-console-'));
const site = join(folder, 'dist/console');
mkdirSync(join(site, 'assets'), { recursive: true });
const lay = (name: string, text: string) => writeFileSync(join(site, name), text);
/** Each says what it is; only the script is there compressed. */
for (const name of [
  'index.html',
  'assets/app-1a2b.js',
  'assets/app-1a2b.js.br',
  'assets/app-1a2b.js.gz',
  'assets/app.js.map',
  'icon.svg',
])
  lay(name, name);
lay('../../secret.js', 'a secret');
afterAll(() => rmSync(folder, { recursive: true }));

const valid = {
  ...requiredSettings,
  OIDC_ISSUER: 'https://login.example/tenant/v2.0',
  PLAYBOOK_FILE: join(folder, 'playbook.json'),
};

function get(
  path: string,
  { encodings, known, settings = {} }: { encodings?: string; known?: string | undefined; settings?: object } = {},
) {
  const { status, body, headers } = readConsole({ path, encodings, known }, readConfig({ ...valid, ...settings }));
  const text = body === undefined ? undefined : Buffer.from(body as Uint8Array).toString();
  return { status, text, headers: headers as Readonly<Record<string, string>> };
}
const script = 'assets/app-1a2b.js';

test.each([
  ['index.html', 'index.html', 'text/html; charset=utf-8'],
  ['', 'index.html', 'text/html; charset=utf-8'],
  ['conversations/kJ0mS3kQpXy-_2VbZr8TfA', 'index.html', 'text/html; charset=utf-8'],
  ['index.html/', 'index.html', 'text/html; charset=utf-8'],
  [script, script, 'text/javascript; charset=utf-8'],
  ['icon.svg', 'icon.svg', 'image/svg+xml'],
])('%j is answered with %s as %s', (path, text, type) => {
  expect(get(path)).toMatchObject({ status: 200, text, headers: { 'Content-Type': type, Vary: 'Accept-Encoding' } });
});

test.each([
  'assets/none.js',
  'assets/none',
  'none.css',
  'assets/app.js.map',
  `${script}.br`,
  '../../secret.js',
  'assets/../../../secret.js',
  '..%2F..%2Fsecret.js',
  '..\\..\\secret.js',
  join(folder, 'secret.js'),
  'index.html\0.js',
  '__proto__.js',
])('%j is not there', (path) => {
  expect(() => get(path)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test.each([
  ['gzip, deflate, br', `${script}.br`, 'br'],
  ['gzip', `${script}.gz`, 'gzip'],
  ['br;q=0, gzip', `${script}.gz`, 'gzip'],
  ['deflate', script, undefined],
  [undefined, script, undefined],
])('whoever takes %j gets %s', (encodings, text, encoding) => {
  const { headers, ...rest } = get(script, { ...(encodings !== undefined && { encodings }) });
  expect(rest).toEqual({ status: 200, text });
  expect(headers['Content-Encoding']).toBe(encoding);
});

test('an asset is kept for ever, and the page is asked for each time', () => {
  expect(get(script).headers['Cache-Control']).toBe('public, max-age=31536000, immutable');
  for (const path of ['index.html', 'somewhere', 'config.json'])
    expect(get(path).headers['Cache-Control']).toBe('no-cache');
});

test.each([['index.html'], [script], ['config.json']])('%s is not sent again to whoever has it', (path) => {
  const first = get(path, { encodings: 'br' });
  const again = get(path, { encodings: 'br', known: `"other", W/${first.headers['ETag']}` });
  expect([again.status, again.text, again.headers['ETag']]).toEqual([304, undefined, first.headers['ETag']]);
  expect(get(path, { encodings: 'br', known: '"other"' }).status).toBe(200);
});

test('each encoding has a tag of its own', () => {
  const tags = ['br', 'gzip', 'identity'].map((encodings) => get(script, { encodings }).headers['ETag']);
  expect(new Set(tags).size).toBe(3);
});

test('what was made anew is served anew', () => {
  const before = get('index.html').headers['ETag'];
  lay('index.html', 'another page');
  utimesSync(join(site, 'index.html'), new Date(), new Date(Date.now() + 60_000));
  const { text, headers } = get('index.html');
  expect(text).toBe('another page');
  expect(headers['ETag']).not.toBe(before);
});

const policyOf = (settings: object = {}) =>
  Object.fromEntries(
    get('index.html', { settings })
      .headers['Content-Security-Policy']!.split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  );

test('the page may run nothing but our files, and nobody may frame it', () => {
  const policy = policyOf();
  expect(policy).toMatchObject({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  });
  const sources = Object.values(policy).flat().join(' ');
  expect(sources).not.toMatch(/unsafe|\*|https?:\/\/(?!login\.example)/);
});

test.each<[string, object, readonly string[]]>([
  ['us and whoever signs people in', {}, ["'self'", 'https://login.example']],
  [
    'the first of several who do',
    { OIDC_ISSUER: 'https://login.example/a, https://second.example' },
    ["'self'", 'https://login.example'],
  ],
  [
    'the lab too, where there is one',
    { LAB_URL: 'http://127.0.0.1:7080/' },
    ["'self'", 'https://login.example', 'http://127.0.0.1:7080'],
  ],
  [
    'the lab once, if it signs people in',
    { OIDC_ISSUER: 'http://127.0.0.1:7080', LAB_URL: 'http://127.0.0.1:7080' },
    ["'self'", 'http://127.0.0.1:7080'],
  ],
])('it speaks to %s', (_, settings, connects) => {
  expect(policyOf(settings)['connect-src']).toEqual(connects);
});

test('what the page has to know is no secret', () => {
  expect(JSON.parse(get('config.json').text ?? '')).toEqual({
    authority: 'https://login.example/tenant/v2.0',
    clientId: 'switchboard',
    scope: expect.any(String),
    agentRole: 'agent',
  });
  expect(JSON.parse(get('config.json', { settings: { LAB_URL: 'http://127.0.0.1:7080/' } }).text ?? '')).toMatchObject({
    lab: 'http://127.0.0.1:7080',
  });
});
