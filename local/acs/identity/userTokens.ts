import { createHash, randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { tokenClaims } from './rules.ts';

/** What a user token says. Times are whole seconds since 1970. */
export interface UserClaims {
  /** `acs:…` or `orgid:…`: the identity without its `8:`. */
  readonly skypeid: string;
  readonly scopes: readonly string[];
  readonly resource: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Signs user tokens. */
export interface UserTokens {
  sign(claims: UserClaims): Promise<string>;
  /** What the signatures can be verified with. */
  keys(): Promise<JSONWebKeySet>;
}

interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly kid: string;
  readonly x5t: string;
}

/** The key is made at first use, and new in each world: a token's worth is in the ledger, not in its signature. */
export function userTokens(): UserTokens {
  let made: Promise<SigningKey> | undefined;
  const key = () => {
    made ??= makeKey();
    return made;
  };
  return {
    sign: async (claims) => sign(claims, await key()),
    async keys() {
      const { publicKey, kid } = await key();
      return { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] };
    },
  };
}

/** `kid` and `x5t` are one thumbprint in two spellings, as in the service's tokens; there it is a certificate's. */
async function makeKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const thumbprint = createHash('sha1')
    .update(await exportSPKI(publicKey))
    .digest();
  return {
    privateKey,
    publicKey,
    kid: thumbprint.toString('hex').toUpperCase(),
    x5t: thumbprint.toString('base64url'),
  };
}

function sign({ skypeid, scopes, resource, issuedAt, expiresAt }: UserClaims, key: SigningKey): Promise<string> {
  const { scp, rgn, resourceLocation } = tokenClaims;
  const claims = { skypeid, scp, csi: String(issuedAt), rgn, acsScope: scopes.join(','), resourceLocation };
  return new SignJWT({ ...claims, resourceId: resource, jti: randomUUID() })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid, x5t: key.x5t, typ: 'JWT' })
    .setIssuedAt(issuedAt)
    .setExpirationTime(expiresAt)
    .sign(key.privateKey);
}
