import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

/** Milliseconds; the tokens' present. */
export const now = 1_795_485_600_000;
export const audience = 'switchboard';
const day = 86_400;

/** Laid over those of a good token; `undefined` leaves one out. */
type Claims = Readonly<Record<string, unknown>>;

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

/**
 * An OIDC issuer that can fall silent, change its keys, and sign whatever a test wants signed. `alg`: of its keys; `means`: the
 * audience that its tokens are for.
 */
export async function testIssuer({ alg: usual = 'ES256', means = audience } = {}) {
  const asked: string[] = [];
  const published: JWK[] = [];
  const self = { up: true, keysUp: true, names: '' };

  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (!self.up || (!self.keysUp && request.url === '/keys')) return response.destroy();
    const discovery = { issuer: self.names || issuer, jwks_uri: `${issuer}/keys` };
    const known: Record<string, unknown> = {
      '/.well-known/openid-configuration': discovery,
      '/keys': { keys: published },
    };
    const found = known[request.url ?? ''];
    return response.writeHead(found ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(found));
  });
  // Never closes a connection first: a request may already be on its way on it, and would fail.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const claimsOf = (claims: Claims): JWTPayload => ({
    iss: issuer,
    aud: means,
    sub: 'ann',
    iat: now / 1000,
    exp: now / 1000 + 3600,
    ...claims,
  });
  const sign = (key: SigningKey, claims: Claims = {}, header: { kid?: string; alg?: string } = {}) =>
    new SignJWT(claimsOf(claims)).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
  const newKey = async (kid: string, alg = usual): Promise<SigningKey> => {
    const pair = await generateKeyPair(alg, { extractable: true });
    return { kid, alg, ...pair };
  };
  const publish = async ({ publicKey, kid, alg }: SigningKey) => {
    published.push({ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' });
  };

  /** Under any header at all: the library would make some of them only under protest. */
  const signed = async (header: Claims, payload: unknown, { kid, alg, privateKey }: SigningKey): Promise<string> => {
    const input = `${encoded({ alg, kid, ...header })}.${encoded(payload)}`;
    const algorithm = { name: privateKey.algorithm.name, hash: 'SHA-256' };
    const signature = await crypto.subtle.sign(algorithm, privateKey, Buffer.from(input));
    return `${input}.${Buffer.from(signature).toString('base64url')}`;
  };

  const key = await newKey('first');
  await publish(key);
  return {
    issuer,
    audience: means,
    asked,
    self,
    key,
    newKey,
    publish,
    sign,
    /** Takes its oldest key back. */
    forget: () => published.shift(),
    token: (claims: Claims = {}) => sign(key, claims),
    forge: (header: Claims, claims: Claims = {}, by: SigningKey = key) => signed(header, claimsOf(claims), by),
    /** Good for its signature, whatever it signs. */
    signed: (payload: unknown) => signed({}, payload, key),
    /** Unsigned, as `alg: none` allows. */
    unsigned: (claims: Claims = {}) => `${encoded({ alg: 'none' })}.${encoded(claimsOf(claims))}.`,
    /** Signed with what everybody knows, in the hope that it is taken for a shared secret. */
    async signedWithPublicKey(claims: Claims = {}) {
      const secret = new TextEncoder().encode(await exportSPKI(key.publicKey));
      return new SignJWT(claimsOf(claims)).setProtectedHeader({ alg: 'HS256', kid: key.kid }).sign(secret);
    },
    expired: () => sign(key, { exp: now / 1000 - day }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type TestIssuer = Awaited<ReturnType<typeof testIssuer>>;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
