import { switchboardCredential } from '../docs/examples/switchboardCredential.ts';

/** What the site says, when it is bundled. */
declare const ISSUER: string;
declare const API: string;
/** As much of a browser as is used here. */
declare const location: { readonly origin: string; readonly search: string; assign(url: string): void };
declare const history: { replaceState(state: null, unused: string, url: string): void };

/** What a page does for somebody who signs in: code with PKCE, then ACS's own credential over `POST /api/tokens`. */
const actions = {
  /** Whether somebody is signed in. */
  signedIn: () => kept !== undefined,
  async signIn() {
    const [verifier, state] = [random(), random()];
    sessionStorage.setItem('sign-in', JSON.stringify({ verifier, state }));
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
    const query = new URLSearchParams({
      ...client,
      response_type: 'code',
      scope: 'openid offline_access',
      state,
      code_challenge: base64url(new Uint8Array(hash)),
      code_challenge_method: 'S256',
    });
    location.assign(`${ISSUER}/authorize?${query}`);
  },
  /** Rejects as `switchboardCredential` does. */
  async openCredential(scopes: readonly string[]) {
    credential = await switchboardCredential({ api: API, signIn: freshBearer, scopes });
  },
  /** A user token: its text, and milliseconds since 1970 at which it ends. */
  userToken: async () => credential?.getToken(),
  api: async (method: string, path: string) => {
    const response = await fetch(`${API}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${await freshBearer()}` },
    });
    return { status: response.status, body: await response.text() };
  },
  async signOut() {
    const hint = kept?.id_token ?? '';
    await actions.api('DELETE', '/tokens');
    credential?.dispose();
    kept = undefined;
    const query = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: client.redirect_uri });
    location.assign(`${ISSUER}/endsession?${query}`);
  },
};
declare global {
  var page: SignedInPage;
}
export type SignedInPage = typeof actions;

const client = { client_id: 'a page of a site', redirect_uri: `${location.origin}/` };
let kept: { readonly access_token: string; readonly refresh_token: string; readonly id_token: string } | undefined;
let credential: Awaited<ReturnType<typeof switchboardCredential>> | undefined;

const base64url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (sign) => ({ '+': '-', '/': '_' })[sign] ?? '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

async function redeem(form: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(`${ISSUER}/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...client, ...form }),
  });
  if (!response.ok) throw new Error(`The sign-in answered ${response.status}: ${await response.text()}`);
  kept = (await response.json()) as NonNullable<typeof kept>;
  return kept.access_token;
}

const freshBearer = () => redeem({ grant_type: 'refresh_token', refresh_token: kept?.refresh_token ?? '' });

/** Back from the sign-in, the address holds a code. */
async function comeBack() {
  const query = new URLSearchParams(location.search);
  const { verifier, state } = JSON.parse(sessionStorage.getItem('sign-in') ?? '{}');
  history.replaceState(null, '', '/');
  sessionStorage.removeItem('sign-in');
  if (query.get('state') !== state) throw new Error('This is the answer to a sign-in that nobody began here.');
  await redeem({ grant_type: 'authorization_code', code: query.get('code') ?? '', code_verifier: verifier });
}

globalThis.page = actions;
if (location.search.includes('code=')) void comeBack();
