import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { durations } from '../rules.ts';

export interface TokenTerms {
  readonly issuer: string;
  /** The resource's immutable id, a GUID. */
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The keys that callbacks' tokens are signed with. The first is made when it is asked for: texts need none. */
export interface CallbackKeys {
  /** A new token, good for five minutes. */
  token(): Promise<string>;
  /** Those of before too, until they are forgotten. */
  published(): Promise<JSONWebKeySet>;
  /** Signs with a new key from now on. `forget`: the old ones are published no more, so that tokens under way are refused. */
  rotate(forget: boolean): Promise<{ readonly kid: string; readonly published: readonly string[] }>;
}

interface Key {
  readonly kid: string;
  readonly sign: (jwt: SignJWT) => Promise<string>;
  readonly jwk: JWK;
}

export function callbackKeys({ issuer, audience, now }: TokenTerms): CallbackKeys {
  let keys: readonly Promise<Key>[] = [];
  const latest = (): Promise<Key> => {
    const last = keys.at(-1);
    if (last !== undefined) return last;
    const made = newKey();
    keys = [made];
    return made;
  };
  return {
    async token() {
      const { sign } = await latest();
      const at = now();
      return sign(
        new SignJWT({ jti: randomUUID() })
          .setIssuer(issuer)
          .setAudience(audience)
          .setIssuedAt(new Date(at))
          .setNotBefore(new Date(at))
          .setExpirationTime(new Date(at + durations.token)),
      );
    },
    async published() {
      await latest();
      return { keys: (await Promise.all(keys)).map(({ jwk }) => jwk) };
    },
    async rotate(forget) {
      await latest();
      const made = newKey();
      keys = forget ? [made] : [...keys, made];
      return { kid: (await made).kid, published: (await Promise.all(keys)).map(({ kid }) => kid) };
    },
  };
}

async function newKey(): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const kid = randomUUID();
  return {
    kid,
    sign: (jwt) => jwt.setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(privateKey),
    jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'RS256' },
  };
}
