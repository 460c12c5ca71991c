import { secureUrl } from '../../shared/core/loopback.ts';

/** What a browser is sent here with to have somebody sign in. */
export interface Authorization {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly scope: string;
  /** S256 of the verifier, base64url. */
  readonly challenge: string;
  /** Whether nobody may be asked. */
  readonly silent: boolean;
  readonly hint: string | undefined;
}

/**
 * `invalid`: nobody can be sent back, so it is told to whoever sits there. `refused`: an OAuth error that goes back to the
 * client.
 */
export type AuthorizationRead =
  | { readonly type: 'good'; readonly authorization: Authorization }
  | { readonly type: 'invalid'; readonly detail: string }
  | { readonly type: 'refused'; readonly back: Back; readonly error: string; readonly detail: string };

/** Where an answer goes, and what it brings along. */
export interface Back {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

type Query = Readonly<Record<string, string | undefined>>;

/** SHA-256 in base64url. */
const challengeForm = /^[A-Za-z0-9_-]{43}$/;
/** A private-use scheme is a domain name backwards (RFC 8252, 7.1), which tells it from `javascript:` and its like. */
const appScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:$/i;

/** Reads the query of `GET /authorize` (RFC 6749, 4.1.1; RFC 7636, 4.3; OpenID Connect Core, 3.1.2.1). */
export function readAuthorization(query: Query): AuthorizationRead {
  const { client_id: clientId, redirect_uri: redirectUri, state, code_challenge: challenge } = query;
  if (!clientId) return { type: 'invalid', detail: 'client_id is missing: any name that stands for your app will do.' };
  if (!mayReturnTo(redirectUri))
    return { type: 'invalid', detail: `redirect_uri is missing or not good: ${returnRule}` };
  const refused = (error: string, detail: string): AuthorizationRead => {
    return { type: 'refused', back: { redirectUri, state }, error, detail };
  };
  if (query['response_type'] !== 'code') return refused('unsupported_response_type', 'response_type must be code.');
  if (query['code_challenge_method'] !== 'S256' || !challengeForm.test(challenge ?? '')) {
    return refused('invalid_request', 'PKCE is required: code_challenge, and code_challenge_method S256.');
  }
  const authorization = {
    clientId,
    redirectUri,
    state,
    nonce: query['nonce'],
    scope: query['scope'] ?? '',
    challenge: challenge ?? '',
    silent: query['prompt'] === 'none',
    hint: query['login_hint'],
  };
  return { type: 'good', authorization };
}

export const returnRule =
  'give https, http on this machine itself, or a scheme of your app’s own such as com.example.app:/signed-in; without a fragment.';

/** Whether a browser may be sent there. */
export function mayReturnTo(text: string | undefined): text is string {
  if (text === undefined || text.includes('#')) return false;
  return secureUrl(text) !== undefined || appScheme.test(URL.parse(text)?.protocol ?? '');
}

/** The address with an answer, `iss` among it (RFC 9207). */
export function backTo({ redirectUri, state }: Back, answer: Readonly<Record<string, string>>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries({ ...answer, ...(state !== undefined && { state }) }))
    url.searchParams.set(name, value);
  return url.href;
}
