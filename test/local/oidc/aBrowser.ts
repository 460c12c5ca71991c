import { createHash, randomBytes } from 'node:crypto';
import type { Oidc } from '../../../local/oidc.ts';

export const redirectUri = 'http://127.0.0.1:7071/console';

const base64url = (bytes: Buffer) => bytes.toString('base64url');

/** What a client of the issuer keeps between its two requests. */
export const aVerifier = (verifier = base64url(randomBytes(32))) => ({
  verifier,
  challenge: base64url(createHash('sha256').update(verifier).digest()),
});

type Fields = Readonly<Record<string, string | undefined>>;

const present = (fields: Fields) =>
  new URLSearchParams(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));

/** A browser and the app in it, as far as the issuer sees of them. */
export function aBrowser({ issuer }: Oidc, { verifier, challenge } = aVerifier()) {
  const query = (changed: Fields = {}) =>
    present({
      client_id: 'console',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid offline_access',
      state: 'a state',
      nonce: 'a nonce',
      code_challenge: challenge,
      code_challenge_method: 'S256',
      ...changed,
    });
  const authorize = (changed?: Fields) => fetch(`${issuer}/authorize?${query(changed)}`, { redirect: 'manual' });
  const pick = (form: Fields, changed?: Fields) =>
    fetch(`${issuer}/authorize?${query(changed)}`, { method: 'POST', body: present(form), redirect: 'manual' });
  const post = async (form: Fields) => {
    const response = await fetch(`${issuer}/token`, { method: 'POST', body: present(form) });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Record<string, string>,
    };
  };
  const redeem = (code: string, changed: Fields = {}) =>
    post({
      grant_type: 'authorization_code',
      client_id: 'console',
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
      ...changed,
    });
  const refresh = (token: string, changed: Fields = {}) =>
    post({ grant_type: 'refresh_token', client_id: 'console', refresh_token: token, ...changed });
  const codeFor = async (person: string, changed?: Fields) => cameBack(await pick({ person }, changed))['code'] ?? '';
  const signIn = async (person: string, changed?: Fields) => (await redeem(await codeFor(person, changed))).body;
  return { authorize, pick, redeem, refresh, codeFor, signIn };
}

/** What a redirection brings back to the client. */
export function cameBack(response: Response): Record<string, string> {
  const location = response.headers.get('location');
  if (response.status !== 303 || location === null) throw new Error(`Answered ${response.status}, and led nowhere.`);
  return Object.fromEntries(new URL(location).searchParams);
}
