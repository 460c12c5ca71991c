import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { TokenIssuer } from './acs/bearer.ts';
import type { SignInControl } from './carrier/admin.ts';
import { listen, shut } from './listen.ts';
import { grantsOf } from './oidc/grants.ts';
import { oidcApp } from './oidc/oidcApp.ts';
import { examplePeople, type People, type Person, personOf } from './oidc/people.ts';
import { signerOf } from './oidc/signer.ts';

export interface OidcOptions {
  /** 0: a free one. */
  readonly port: number;
  /** The `aud` of access tokens for which no other is asked. */
  readonly audience: string;
  readonly people?: People | undefined;
  /** Milliseconds since 1970, for the life of codes; tokens take the real time. */
  readonly now?: (() => number) | undefined;
}

/** A known person, or anybody at all. */
export type TokenRequest = ({ readonly person: string } | Person) & {
  /** Seconds, 3,600 unless given; less than 0 is a token that has expired. */
  readonly expiresIn?: number | undefined;
};

/** `issuer`: the `iss` of every token; its discovery document stands at `/.well-known/openid-configuration`. */
export interface Oidc extends TokenIssuer, SignInControl {
  token(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

/**
 * An OpenID Connect issuer for the local world: real signatures, no passwords. A browser signs in by code with PKCE, on a page
 * where one picks somebody. From a shell, a token is `curl -s <issuer>/token -d grant_type=client_credentials -d
 * client_id=agent`, in the answer's `access_token`; the client id (or, with `grant_type=password`, the username) is one of
 * the people. Its keys are new at each start.
 */
export async function startOidc({
  port,
  audience,
  people = examplePeople,
  now = Date.now,
}: OidcOptions): Promise<Oidc> {
  let fetch: ReturnType<typeof oidcApp>['fetch'] = () => new Response(null, { status: 503 });
  const server = createAdaptorServer({ fetch: (request, env) => fetch(request, env as never) }) as Server;
  const issuer = `http://127.0.0.1:${await listen(server, port)}`;
  const signer = await signerOf(issuer);
  fetch = oidcApp({ issuer, people, signer, grants: grantsOf({ signer, people, audience, now }) }).fetch;
  return {
    issuer,
    token({ expiresIn, ...request }) {
      const { subject, name = subject, roles } = 'person' in request ? personOf(people, request.person) : request;
      return signer.sign({ sub: subject, name, roles, aud: audience }, expiresIn);
    },
    keys: signer.keys,
    rotate: signer.rotate,
    close: () => shut(server),
  };
}
