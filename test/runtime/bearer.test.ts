import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../shared/core/errors.ts';
import { bearerAuthentication } from '../../shared/runtime/bearer.ts';
import type { AuthSettings } from '../../shared/runtime/caller.ts';
import { audience, now, type TestIssuer, testIssuer } from '../http/testIssuer.ts';

let issuer: TestIssuer;
let time: { ms: number };

beforeAll(async () => {
  issuer = await testIssuer();
});
beforeEach(() => {
  time = { ms: now };
  issuer.asked.length = 0;
  Object.assign(issuer.self, { up: true, keysUp: true, names: '' });
});
afterAll(() => issuer.close());

const settings = (changed: Partial<AuthSettings> = {}): AuthSettings => ({
  issuers: [issuer.issuer],
  audience,
  rolesClaim: 'roles',
  roles: { agent: 'agent', admin: 'admin' },
  ...changed,
});
const gate = (changed?: Partial<AuthSettings>) =>
  bearerAuthentication(settings(changed), { clock: { now: () => time.ms }, log: () => {} });
const codeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'let in',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
const keyRequests = () => issuer.asked.filter((path) => path === '/keys').length;

test('a token of the issuer says who calls and what they may', async () => {
  const token = await issuer.token({ name: 'Ann', roles: ['agent', 'else'] });
  expect(await gate()(`Bearer ${token}`)).toEqual({
    subject: 'ann',
    issuer: issuer.issuer,
    name: 'Ann',
    roles: ['agent'],
  });
});

test('the object id of Entra ID comes along', async () => {
  const token = await issuer.token({ oid: '6f3a' });
  expect(await gate()(`Bearer ${token}`)).toMatchObject({ subject: 'ann', objectId: '6f3a' });
});

describe('of several issuers', () => {
  let second: TestIssuer;
  beforeAll(async () => {
    second = await testIssuer();
  });
  afterAll(() => second.close());
  beforeEach(() => {
    second.asked.length = 0;
  });
  const both = () => gate({ issuers: [issuer.issuer, second.issuer] });

  test('each vouches for its own people', async () => {
    const ask = both();
    for (const { issuer: name, token } of [issuer, second])
      expect(await ask(`Bearer ${await token()}`)).toMatchObject({ subject: 'ann', issuer: name });
  });

  test('none vouches for the other’s', async () => {
    const token = await second.token({ iss: issuer.issuer });
    expect(await codeOf(both()(`Bearer ${token}`))).toBe('unauthenticated');
    expect(second.asked).toEqual([]);
  });

  test('one that is down takes nobody else down', async () => {
    const ask = both();
    issuer.self.up = false;
    expect(await codeOf(ask(`Bearer ${await issuer.token()}`))).toBe('unavailable');
    expect(await codeOf(ask(`Bearer ${await second.token()}`))).toBe('let in');
  });

  test('one that is not configured is refused and not asked', async () => {
    const token = await second.token();
    expect(await codeOf(gate()(`Bearer ${token}`))).toBe('unauthenticated');
    expect([...issuer.asked, ...second.asked]).toEqual([]);
  });
});

describe('roles', () => {
  test.each([
    ['none', {}, {}, []],
    ['a list', { roles: ['agent'] }, {}, ['agent']],
    ['one word', { roles: 'agent' }, {}, ['agent']],
    [
      'words with spaces between',
      { scp: 'openid desk' },
      { rolesClaim: 'scp', roles: { agent: 'desk', admin: 'boss' } },
      ['agent'],
    ],
    ['an admin is an agent too', { roles: ['admin'] }, {}, ['agent', 'admin']],
    ['a path', { realm_access: { roles: ['agent'] } }, { rolesClaim: 'realm_access.roles' }, ['agent']],
    [
      'a name with dots',
      { 'https://a.example/roles': ['admin'] },
      { rolesClaim: 'https://a.example/roles' },
      ['agent', 'admin'],
    ],
    [
      'what is inherited is not claimed',
      {},
      { rolesClaim: 'constructor.name', roles: { agent: 'Object', admin: 'x' } },
      [],
    ],
    ['part of a word is not the word', { roles: ['agents', 'an agent'] }, {}, []],
    ['numbers', { roles: 7 }, {}, []],
  ])('%s', async (_, claims, changed, roles) => {
    expect((await gate(changed)(`Bearer ${await issuer.token(claims)}`)).roles).toEqual(roles);
  });
});

describe('refused as unauthenticated', () => {
  test.each<[string, () => Promise<string | null> | string | null]>([
    ['nothing', () => null],
    ['no scheme', () => issuer.token()],
    ['another scheme', async () => `Basic ${await issuer.token()}`],
    [
      'two headers, as they arrive joined',
      async () => `Bearer ${await issuer.token()}, Bearer ${await issuer.token()}`,
    ],
    ['no token', () => 'Bearer '],
    ['the JSON form of a signature', () => 'Bearer {"payload":"e30","signatures":[]}'],
    ['alg none', () => `Bearer ${issuer.unsigned({ roles: ['admin'] })}`],
    ['HS256 with the public key', async () => `Bearer ${await issuer.signedWithPublicKey()}`],
    ['another issuer', async () => `Bearer ${await issuer.token({ iss: 'https://evil.example' })}`],
    ['another audience', async () => `Bearer ${await issuer.token({ aud: 'another' })}`],
    ['no audience', async () => `Bearer ${await issuer.token({ aud: undefined })}`],
    ['expired', async () => `Bearer ${await issuer.expired()}`],
    ['expired by 61 s', async () => `Bearer ${await issuer.token({ exp: now / 1000 - 61 })}`],
    ['no expiry', async () => `Bearer ${await issuer.token({ exp: undefined })}`],
    ['not yet valid', async () => `Bearer ${await issuer.token({ nbf: now / 1000 + 61 })}`],
    ['no subject', async () => `Bearer ${await issuer.token({ sub: undefined })}`],
    ['an empty subject', async () => `Bearer ${await issuer.token({ sub: '' })}`],
    ['a subject of 256 characters', async () => `Bearer ${await issuer.token({ sub: 'a'.repeat(256) })}`],
    ['a token of 20 KB', async () => `Bearer ${await issuer.token({ padding: 'a'.repeat(20_000) })}`],
    ['a key that the issuer does not have', async () => `Bearer ${await issuer.sign(await issuer.newKey('unknown'))}`],
    ['a key of ours under the name of theirs', async () => `Bearer ${await issuer.sign(await issuer.newKey('first'))}`],
    ['a changed claim', async () => `Bearer ${tampered(await issuer.token({ roles: [] }))}`],
  ])('%s', async (_, header) => {
    expect(await codeOf(gate()(await header()))).toBe('unauthenticated');
  });

  test('what it says of the token tells none of it', async () => {
    const refused = gate()(`Bearer ${await issuer.token({ aud: 'secret-audience', sub: 'secret-person' })}`);
    await expect(refused).rejects.toThrow(/^The token is not valid: unexpected "aud" claim value\.$/);
  });
});

const tampered = (token: string): string => {
  const [header, , signature] = token.split('.');
  const claims = { iss: issuer.issuer, aud: audience, sub: 'ann', exp: now / 1000 + 60, roles: ['admin'] };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
};

describe('let in', () => {
  test.each([
    ['clocks a minute apart', { exp: now / 1000 - 59 }],
    ['one of several audiences', { aud: ['another', audience] }],
  ])('%s', async (_, claims) => {
    expect(await codeOf(gate()(`Bearer ${await issuer.token(claims)}`))).toBe('let in');
  });

  test.each(['RS256', 'PS256', 'ES384', 'EdDSA'])('a token signed with %s', async (alg) => {
    const key = await issuer.newKey(`key-${alg}`, alg);
    await issuer.publish(key);
    expect(await codeOf(gate()(`bearer ${await issuer.sign(key)}`))).toBe('let in');
  });
});

describe("the issuer's keys", () => {
  test('are fetched once for many tokens', async () => {
    const ask = gate();
    const tokens = await Promise.all([1, 2, 3, 4].map((n) => issuer.token({ sub: `agent-${n}` })));
    await Promise.all(tokens.map((token) => ask(`Bearer ${token}`)));
    await ask(`Bearer ${tokens[0]}`);
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
  });

  test('outlast an outage of the issuer, but not for ever', async () => {
    const ask = gate();
    const header = `Bearer ${await issuer.token({ exp: now / 1000 + 10 * 86_400 })}`;
    await ask(header);
    issuer.self.up = false;
    for (const [hours, answer] of [
      [1, 'let in'],
      [23, 'let in'],
      [25, 'unavailable'],
    ] as const) {
      time.ms = now + hours * 3_600_000;
      expect([hours, await codeOf(ask(header))]).toEqual([hours, answer]);
    }
    issuer.self.up = true;
    time.ms += 2_000;
    expect(await codeOf(ask(header))).toBe('let in');
  });

  test('that could never be had make the token neither right nor wrong', async () => {
    const ask = gate();
    const header = `Bearer ${await issuer.token()}`;
    issuer.self.up = false;
    expect(await codeOf(ask(header))).toBe('unavailable');
    issuer.self.up = true;
    expect(await codeOf(ask(header))).toBe('unavailable');
    time.ms = now + 2_000;
    expect(await codeOf(ask(header))).toBe('let in');
  });

  test('that are new are found when a token names them, though not by every one that does', async () => {
    const ask = gate();
    await ask(`Bearer ${await issuer.token()}`);
    const key = await issuer.newKey('rotated');
    await issuer.publish(key);
    const header = `Bearer ${await issuer.sign(key)}`;
    time.ms = now + 29_000;
    expect(await codeOf(ask(header))).toBe('unavailable');
    time.ms = now + 30_000;
    expect(await codeOf(ask(header))).toBe('let in');
  });

  test('are fetched every half minute at most, however many tokens name keys that are none', async () => {
    const ask = gate();
    await ask(`Bearer ${await issuer.token()}`);
    const answers = new Set<string>();
    // Ten a second for five minutes, each of another key.
    for (let n = 0; n < 3_000; n += 1) {
      time.ms = now + n * 100;
      answers.add(await codeOf(ask(`Bearer ${await issuer.forge({ kid: `none-${n}` })}`)));
    }
    expect([...answers].toSorted()).toEqual(['unauthenticated', 'unavailable']);
    expect(keyRequests()).toBe(10);
  });

  test('that are new are found within half a minute in the midst of a flood, and not called wrong before', async () => {
    const ask = gate();
    await ask(`Bearer ${await issuer.token()}`);
    time.ms = now + 100_000;
    const flood = await issuer.forge({ kid: 'none' });
    expect(await codeOf(ask(`Bearer ${flood}`))).toBe('unauthenticated');
    const key = await issuer.newKey('published-in-a-flood');
    await issuer.publish(key);
    const header = `Bearer ${await issuer.sign(key)}`;
    const answers: string[] = [];
    for (let second = 1; second <= 31; second += 1) {
      time.ms = now + 100_000 + second * 1_000;
      await codeOf(ask(`Bearer ${flood}`));
      answers.push(await codeOf(ask(header)));
    }
    expect(answers).toEqual([...Array(29).fill('unavailable'), 'let in', 'let in']);
  });

  test('are asked for every two seconds at most while none is known', async () => {
    const ask = gate();
    const header = `Bearer ${await issuer.token()}`;
    issuer.self.keysUp = false;
    for (let n = 0; n < 100; n += 1) {
      time.ms = now + n * 100;
      expect(await codeOf(ask(header))).toBe('unavailable');
    }
    expect(keyRequests()).toBe(5);
    issuer.self.keysUp = true;
    time.ms = now + 10_000;
    expect(await codeOf(ask(header))).toBe('let in');
  });

  test('that were taken back are trusted for ten minutes at most', async () => {
    const own = await testIssuer();
    const ask = gate({ issuers: [own.issuer] });
    const header = `Bearer ${await own.token()}`;
    await ask(header);
    await own.publish({ ...(await own.newKey('second')), kid: 'first' });
    own.forget();
    time.ms = now + 10 * 60_000;
    expect(await codeOf(ask(header))).toBe('unauthenticated');
    await own.close();
  });

  test('are those of the issuer configured, not of one that its address leads to', async () => {
    issuer.self.names = 'https://evil.example';
    expect(await codeOf(gate()(`Bearer ${await issuer.token()}`))).toBe('invalid-configuration');
  });
});

test.each([
  ['http://login.example', false],
  ['ftp://login.example', false],
  ['login.example', false],
  ['https://login.example/tenant/v2.0', true],
  ['http://localhost:7081', true],
  ['http://[::1]:7081', true],
])('an issuer at %s is allowed: %s', (address, allowed) => {
  const make = () => gate({ issuers: [address] });
  if (allowed) expect(make).not.toThrow();
  else expect(make).toThrow(/must be an https address/);
});
