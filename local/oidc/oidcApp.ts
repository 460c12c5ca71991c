import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { compactVerify, createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { type Authorization, backTo, mayReturnTo, readAuthorization, returnRule } from './authorization.ts';
import type { Form, Grants } from './grants.ts';
import { messagePage, signInPage } from './pages.ts';
import { findPerson, nameOfHint, type People } from './people.ts';
import type { Signer } from './signer.ts';

export interface OidcAppNeeds {
  /** Address, without a slash at its end. */
  readonly issuer: string;
  readonly people: People;
  readonly signer: Signer;
  readonly grants: Grants;
}

type OidcContext = Context<{ Bindings: HttpBindings }>;

/** The routes of the issuer; browsers of any origin may call what they call by script. */
export function oidcApp(needs: OidcAppNeeds): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const byLibrary = (c: OidcContext) => {
    needs.signer.answer(c.env.incoming, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  };
  app.get('/.well-known/openid-configuration', byLibrary);
  app.get('/jwks', byLibrary);
  // After the library's routes, which bring their own headers: what was sent already must not be touched.
  app.use(cors({ origin: '*', allowMethods: ['GET', 'POST'], allowHeaders: ['Authorization', 'Content-Type'] }));
  app.get('/authorize', (c) => authorize(c, needs));
  app.post('/authorize', async (c) => choose(c, await formOf(c), needs));
  app.post('/token', async (c) => {
    const { status, body } = await needs.grants.answer(await formOf(c));
    return c.json(body, status, { 'cache-control': 'no-store' });
  });
  app.on(['GET', 'POST'], '/userinfo', (c) => userInfo(c, needs));
  app.get('/endsession', (c) => endSession(c, c.req.query(), needs));
  app.post('/endsession', async (c) => endSession(c, await formOf(c), needs));
  return app;
}

async function formOf(c: OidcContext): Promise<Form> {
  return Object.fromEntries(new URLSearchParams(await c.req.text()));
}

/** No script, no frame, nothing from elsewhere; where a form leads is left open, for it leads back to the client. */
function show(c: OidcContext, page: ReturnType<typeof messagePage>, status: 200 | 400 = 200) {
  c.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  );
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'no-referrer');
  return c.html(page, status);
}

/** Reads what the browser came with; what is wrong with it is told to the client, or, where that cannot be, to the person. */
function withAuthorization(
  c: OidcContext,
  { issuer }: OidcAppNeeds,
  then: (authorization: Authorization) => Response | Promise<Response>,
) {
  const read = readAuthorization(c.req.query());
  switch (read.type) {
    case 'good':
      return then(read.authorization);
    case 'invalid':
      return show(c, messagePage('This cannot go on', read.detail), 400);
    case 'refused':
      return c.redirect(backTo(read.back, { error: read.error, error_description: read.detail, iss: issuer }), 303);
  }
}

const authorize = (c: OidcContext, needs: OidcAppNeeds) =>
  withAuthorization(c, needs, (authorization) => {
    const hinted = nameOfHint(needs.people, authorization.hint);
    if (authorization.silent) return finish(c, { authorization, name: hinted, otherwise: 'login_required' }, needs);
    const { search: query } = new URL(c.req.url);
    return show(c, signInPage({ people: needs.people, clientId: authorization.clientId, query, hinted }));
  });

const choose = (c: OidcContext, { person, cancel }: Form, needs: OidcAppNeeds) =>
  withAuthorization(c, needs, (authorization) =>
    finish(c, { authorization, name: cancel === undefined ? person : undefined, otherwise: 'access_denied' }, needs),
  );

interface Finish {
  readonly authorization: Authorization;
  /** Who signs in. */
  readonly name: string | undefined;
  /** The error if nobody does. */
  readonly otherwise: string;
}

function finish(c: OidcContext, { authorization, name = '', otherwise }: Finish, needs: OidcAppNeeds): Response {
  const person = findPerson(needs.people, name);
  const answer: Readonly<Record<string, string>> =
    person === undefined ? { error: otherwise } : { code: needs.grants.code({ ...authorization, person }) };
  return c.redirect(backTo(authorization, { ...answer, iss: needs.issuer }), 303);
}

/** Of any access token of ours, whatever it is for. */
async function userInfo(c: OidcContext, { issuer, signer }: OidcAppNeeds): Promise<Response> {
  const [, token = ''] = /^Bearer (.+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
  try {
    const { payload } = await jwtVerify(token, createLocalJWKSet(signer.keys()), { issuer });
    return c.json({ sub: payload.sub, name: payload['name'], roles: payload['roles'] });
  } catch {
    return c.json({ error: 'invalid_token' }, 401, { 'www-authenticate': 'Bearer error="invalid_token"' });
  }
}

/** OpenID Connect RP-Initiated Logout. There is no session here: what ends is what the client could still have by refreshing. */
async function endSession(c: OidcContext, form: Form, needs: OidcAppNeeds): Promise<Response> {
  const { id_token_hint: hint, post_logout_redirect_uri: redirectUri, state } = form;
  const known = hint === undefined ? undefined : await claimsOf(hint, needs.signer);
  if (hint !== undefined && known === undefined) {
    return show(c, messagePage('This cannot go on', 'id_token_hint is no token of this issuer.'), 400);
  }
  if (known !== undefined) needs.grants.end(String(known.sub), String(known.aud));
  if (redirectUri === undefined) return show(c, messagePage('Signed out', 'You can close this page.'));
  if (mayReturnTo(redirectUri)) return c.redirect(backTo({ redirectUri, state }, {}), 303);
  return show(c, messagePage('This cannot go on', `post_logout_redirect_uri is not good: ${returnRule}`), 400);
}

/** An expired hint is as good as any. */
async function claimsOf(token: string, signer: Signer): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await compactVerify(token, createLocalJWKSet(signer.keys()));
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
