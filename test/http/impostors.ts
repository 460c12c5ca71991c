import { exportJWK } from 'jose';
import { nameIdentifier, principalOf } from './principals.ts';
import { now, type TestIssuer } from './testIssuer.ts';

interface Stage {
  /** Whose tokens are taken. */
  readonly issuer: TestIssuer;
  /** Whose tokens are not. */
  readonly other: TestIssuer;
  /** Also configured: its people are its own, and nobody else's. */
  readonly second: TestIssuer;
  /** An address that must never be asked. */
  readonly canary: string;
}

/** By name, as the host hands them on: of one that came twice it makes one value. */
type Headers = Readonly<Record<string, string>>;

export type Impostor = readonly [who: string, headers: (stage: Stage) => Promise<Headers> | Headers];

const seconds = now / 1_000;
const admin = { roles: ['admin'] };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

type Token = (stage: Stage) => Promise<string> | string;

/** Tokens that claim the role of admin and must open nothing. */
const tokens: readonly (readonly [who: string, token: Token])[] = [
  ['alg none', ({ issuer }) => issuer.unsigned(admin)],
  ['alg none in capitals', ({ issuer }) => issuer.forge({ alg: 'NONE' }, admin)],
  ['no alg', ({ issuer }) => issuer.forge({ alg: undefined }, admin)],
  ['HS256 with the public key', ({ issuer }) => issuer.signedWithPublicKey(admin)],
  [
    'the alg of another kind of key',
    ({ issuer }) => issuer.forge({ alg: issuer.key.alg === 'RS256' ? 'ES256' : 'RS256' }, admin),
  ],
  ['no signature', async ({ issuer }) => (await issuer.token(admin)).replace(/[^.]*$/, '')],
  ['the signature of another token', swapped],
  ['a claim changed', tampered],
  ['an issuer that is not configured', ({ other }) => other.token(admin)],
  ['our issuer’s name and another’s key', ({ issuer, other }) => other.token({ ...admin, iss: issuer.issuer })],
  ['the key of another configured issuer', ({ issuer, second }) => second.token({ ...admin, iss: issuer.issuer })],
  ['no issuer', ({ issuer }) => issuer.token({ ...admin, iss: undefined })],
  ['a list for an issuer', ({ issuer }) => issuer.token({ ...admin, iss: [issuer.issuer] })],
  ['an issuer with a slash too many', ({ issuer }) => issuer.token({ ...admin, iss: `${issuer.issuer}/` })],
  ['another audience', ({ issuer }) => issuer.token({ ...admin, aud: 'another' })],
  ['an audience that begins like ours', ({ issuer }) => issuer.token({ ...admin, aud: `${issuer.audience}-2` })],
  ['no audience', ({ issuer }) => issuer.token({ ...admin, aud: undefined })],
  ['an empty list of audiences', ({ issuer }) => issuer.token({ ...admin, aud: [] })],
  ['a key id that nobody knows', async ({ issuer }) => issuer.sign(await issuer.newKey('unknown'), admin)],
  ['a known key id and another key', async ({ issuer }) => issuer.sign(await issuer.newKey('first'), admin)],
  [
    'no key id and another key',
    async ({ issuer }) => issuer.forge({ kid: undefined }, admin, await issuer.newKey('x')),
  ],
  ['a key id that is a path', ({ issuer }) => issuer.forge({ kid: '../../dev/null' }, admin)],
  ['expired', ({ issuer }) => issuer.token({ ...admin, exp: seconds - 61 })],
  ['no expiry', ({ issuer }) => issuer.token({ ...admin, exp: undefined })],
  ['an expiry in words', ({ issuer }) => issuer.token({ ...admin, exp: `${seconds + 60}` })],
  ['not yet valid', ({ issuer }) => issuer.token({ ...admin, nbf: seconds + 61 })],
  ['a beginning in words', ({ issuer }) => issuer.token({ ...admin, nbf: 'now' })],
  ['20 KB', ({ issuer }) => issuer.token({ ...admin, padding: 'a'.repeat(20_000) })],
  ['claims that are a list', ({ issuer }) => issuer.signed([admin])],
  ['claims that are null', ({ issuer }) => issuer.signed(null)],
  ['a key of its own (jwk)', (stage) => bringing(stage, async (key) => ({ jwk: await exportJWK(key.publicKey) }))],
  ['its own key under a known id (jwk)', (stage) => bringing(stage, jwkUnderKnownId)],
  ['the place of its keys (jku)', (stage) => bringing(stage, () => ({ jku: stage.canary }))],
  ['the place of its certificate (x5u)', (stage) => bringing(stage, () => ({ x5u: stage.canary }))],
  ['a certificate of its own (x5c)', (stage) => bringing(stage, () => ({ x5c: ['MIIB'] }))],
  ['a critical extension', ({ issuer }) => issuer.forge({ crit: ['hurry'], hurry: true }, admin)],
  ['an empty list of critical extensions', ({ issuer }) => issuer.forge({ crit: [] }, admin)],
  ['an unencoded payload', ({ issuer }) => issuer.forge({ crit: ['b64'], b64: false }, admin)],
  ['an unencoded payload, not said to be critical', ({ issuer }) => issuer.forge({ b64: false }, admin)],
  ['five parts, as if encrypted', async ({ issuer }) => `${await issuer.token(admin)}.a.b`],
  ['padding', async ({ issuer }) => `${await issuer.token(admin)}==`],
  ['a space inside', async ({ issuer }) => (await issuer.token(admin)).replace('.', ' .')],
  ['a tab inside', async ({ issuer }) => (await issuer.token(admin)).replace('.', '\t.')],
  ['a vertical tab behind it', async ({ issuer }) => `${await issuer.token(admin)}\u000b`],
  ['a no-break space behind it', async ({ issuer }) => `${await issuer.token(admin)}\u00a0`],
  ['the JSON form', flattened],
];

/** Tokens of nobody, in places where somebody is wanted. */
const nobodysTokens: typeof tokens = [
  ['no subject', ({ issuer }) => issuer.token({ ...admin, sub: undefined })],
  ['an empty subject', ({ issuer }) => issuer.token({ ...admin, sub: '' })],
  ['a number for a subject', ({ issuer }) => issuer.token({ ...admin, sub: 7 })],
];

async function swapped({ issuer }: Stage): Promise<string> {
  const [ours, theirs] = await Promise.all([issuer.token(admin), issuer.token()]);
  return ours.replace(/[^.]*$/, theirs.split('.')[2] ?? '');
}

async function tampered({ issuer }: Stage): Promise<string> {
  const [header, , signature] = (await issuer.token()).split('.');
  const claims = { iss: issuer.issuer, aud: issuer.audience, sub: 'ann', exp: seconds + 60, ...admin };
  return `${header}.${encoded(claims)}.${signature}`;
}

type Key = TestIssuer['key'];

/** Signed by a key of the impostor's own, whose header says where to find it. */
async function bringing({ issuer }: Stage, header: (key: Key) => Promise<object> | object): Promise<string> {
  const own = await issuer.newKey('own');
  return issuer.forge({ ...(await header(own)) }, admin, own);
}

const jwkUnderKnownId = async (key: Key) => ({ kid: 'first', jwk: await exportJWK(key.publicKey) });

async function flattened({ issuer }: Stage): Promise<string> {
  const [header, payload, signature] = (await issuer.token(admin)).split('.');
  return JSON.stringify({ protected: header, payload, signature });
}

/** What the platform would send along with somebody it signed in. */
const principal = ({ issuer }: Stage): string =>
  principalOf([
    ['iss', issuer.issuer],
    ['aud', issuer.audience],
    [nameIdentifier, 'ann'],
    ['roles', 'admin'],
  ]);

const bringingToken = ([who, token]: (typeof tokens)[number]): Impostor => [
  `a token: ${who}`,
  async (stage) => bearer(await token(stage)),
];

/** Everyone whom nobody vouches for: each is refused with 401 wherever not anyone may call. */
export const impostors: readonly Impostor[] = [
  ...tokens.map(bringingToken),
  ['nothing', () => ({})],
  ['no scheme', async ({ issuer }) => ({ authorization: await issuer.token(admin) })],
  ['another scheme', async ({ issuer }) => ({ authorization: `Basic ${await issuer.token(admin)}` })],
  ['an empty token', () => ({ authorization: 'Bearer ' })],
  [
    'two Authorization headers',
    async ({ issuer }) => ({
      authorization: `Bearer ${await issuer.token(admin)},Bearer ${await issuer.token(admin)}`,
    }),
  ],
  [
    'two tokens with a comma',
    async ({ issuer }) => bearer(`${await issuer.token(admin)},${await issuer.token(admin)}`),
  ],
  ['a token in a cookie', async ({ issuer }) => ({ cookie: `token=${await issuer.token(admin)}` })],
  ['X-MS-CLIENT-PRINCIPAL', (stage) => ({ 'x-ms-client-principal': principal(stage) })],
  [
    'the principal of Static Web Apps',
    () => ({ 'x-ms-client-principal': btoa('{"userId":"ann","userRoles":["admin"]}') }),
  ],
  [
    'the platform’s other headers',
    ({ issuer }) => ({
      'x-ms-client-principal-id': 'ann',
      'x-ms-client-principal-name': 'admin',
      'x-ms-client-principal-idp': 'aad',
      'x-ms-auth-token': issuer.unsigned(admin),
    }),
  ],
  [
    'tokens where the platform keeps them',
    async ({ issuer }) => ({
      'x-ms-token-aad-access-token': await issuer.token(admin),
      'x-ms-token-aad-id-token': await issuer.token(admin),
    }),
  ],
  ['the host’s own key', () => ({ 'x-functions-key': 'master' })],
  ['a client certificate’s header', () => ({ 'x-arr-clientcert': 'MIIB' })],
];

/** Everyone who is nobody: refused with 401 wherever people may call. */
export const nobodies: readonly Impostor[] = [...impostors, ...nobodysTokens.map(bringingToken)];
