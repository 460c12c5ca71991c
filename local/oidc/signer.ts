import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { Events, type MutableResponse, OAuth2Issuer, OAuth2Service } from 'oauth2-mock-server';

/** The issuer's keys, what is signed with them, and where others read of both. */
export interface Signer {
  /** `expiresIn`: seconds, 3,600 unless given; less than 0 is a token that has expired. */
  sign(claims: JWTPayload, expiresIn?: number): Promise<string>;
  /** The public keys. */
  keys(): JSONWebKeySet;
  /** Signs with a new key from now on; the old ones stay published unless they are to be forgotten. */
  rotate(forget: boolean): Promise<{ readonly kid: string; readonly published: readonly string[] }>;
  /** Answers for the discovery document and the key set. */
  answer(request: IncomingMessage, response: ServerResponse): void;
}

type KeyStore = OAuth2Issuer['keys'];

/** `issuer`: its address. The library keeps the keys and writes the documents; which key signs is decided here, for it would take turns. */
export async function signerOf(issuer: string): Promise<Signer> {
  const library = (store?: KeyStore) => libraryOf(issuer, store);
  let current = await library();
  const published = () => current.issuer.keys.toJSON() as JSONWebKeySet['keys'];
  return {
    sign: (claims, expiresIn) =>
      current.issuer.buildToken({
        kid: current.kid,
        expiresIn,
        scopesOrTransform: (_header, payload) => Object.assign(payload, claims),
      }),
    keys: () => ({ keys: published() }),
    async rotate(forget) {
      current = await library(forget ? undefined : current.issuer.keys);
      return { kid: current.kid, published: published().map(({ kid = '' }) => kid) };
    },
    answer: (request, response) => current.service.requestHandler(request, response),
  };
}

/** A new key, with those of a store beside it; the library forgets no key, so an issuer that is to forget is a new one. */
async function libraryOf(url: string, store: KeyStore | undefined) {
  const issuer = new OAuth2Issuer();
  issuer.url = url;
  for (const key of store?.toJSON(true) ?? []) await issuer.keys.add(key);
  const { kid } = await issuer.keys.generate('RS256');
  const service = new OAuth2Service(issuer);
  service.on(Events.BeforeWellKnownOpenIdConfiguration, describe);
  return { issuer, service, kid };
}

/** What is so here, and only that. */
function describe(response: MutableResponse): void {
  const { introspection_endpoint, revocation_endpoint, ...said } = response.body || {};
  response.body = {
    ...said,
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'password'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile', 'offline_access'],
    claims_supported: ['sub', 'name', 'roles'],
    prompt_values_supported: ['none', 'login'],
    authorization_response_iss_parameter_supported: true,
  };
}
