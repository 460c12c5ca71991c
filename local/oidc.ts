import {
  Events,
  type MutableResponse,
  type MutableToken,
  OAuth2Server,
  type TokenRequestIncomingMessage,
} from 'oauth2-mock-server';
import { inWords } from './listen.ts';

/** Somebody who can sign in here, by name. */
export interface Person {
  /** The token's `sub`. */
  readonly subject: string;
  readonly roles: readonly string[];
}

/** Who can sign in unless a world says otherwise: one who answers subscribers, one who may do everything, one without a role. */
const examplePeople: Readonly<Record<string, Person>> = {
  agent: { subject: 'agent@example.com', roles: ['agent'] },
  admin: { subject: 'admin@example.com', roles: ['agent', 'admin'] },
  guest: { subject: 'guest@example.com', roles: [] },
};

export interface OidcOptions {
  /** 0: a free one. */
  readonly port: number;
  /** The `aud` of every token. */
  readonly audience: string;
  readonly people?: Readonly<Record<string, Person>> | undefined;
}

/** A known person, or anybody at all. */
export type TokenRequest = ({ readonly person: string } | Person) & {
  /** Seconds, 3,600 unless given; less than 0 is a token that has expired. */
  readonly expiresIn?: number | undefined;
};

export interface Oidc {
  /** The `iss` of every token; its discovery document stands at `/.well-known/openid-configuration`. */
  readonly issuer: string;
  token(request: TokenRequest): Promise<string>;
  close(): Promise<void>;
}

/**
 * An OpenID Connect issuer for the local world: real signatures, no passwords. From a shell, a token is
 * `curl -s <issuer>/token -d grant_type=client_credentials -d client_id=agent`, in the answer's `access_token`; the client
 * id (or, with `grant_type=password`, the username) is one of the people. Its keys are new at each start.
 */
export async function startOidc({ port, audience, people = examplePeople }: OidcOptions): Promise<Oidc> {
  const server = new OAuth2Server();
  await server.issuer.keys.generate('RS256');
  await server.start(port, '127.0.0.1').catch((error) => {
    throw inWords(error, port);
  });
  // The library would call itself localhost, which may mean ::1, where nobody listens.
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.issuer.url = issuer;
  signInByName(server, audience, people);
  return {
    issuer,
    token: ({ expiresIn, ...request }) => {
      const { subject, roles } = 'person' in request ? personOf(people, request.person) : request;
      return server.issuer.buildToken({
        expiresIn,
        scopesOrTransform: (_header, payload) => Object.assign(payload, { sub: subject, aud: audience, roles }),
      });
    },
    close: () => server.stop(),
  };
}

type People = Readonly<Record<string, Person>>;

/** The library signs anybody in; here it must be one of the people. */
function signInByName({ service }: OAuth2Server, audience: string, people: People): void {
  service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken, request: TokenRequestIncomingMessage) => {
    const person = find(people, nameIn(request, people));
    if (person !== undefined) Object.assign(payload, { sub: person.subject, aud: audience, roles: person.roles });
  });
  service.on(Events.BeforeResponse, (response: MutableResponse, request: TokenRequestIncomingMessage) => {
    const name = nameIn(request, people);
    if (find(people, name) !== undefined) return;
    response.statusCode = 400;
    response.body = { error: 'invalid_grant', error_description: unknownPerson(people, name) };
  });
}

/** Who a token request is about; a browser brings a code and no name, and is the first of the people. */
function nameIn({ body }: TokenRequestIncomingMessage, people: People): string {
  const byCode = body.grant_type === 'authorization_code' || body.grant_type === 'refresh_token';
  return String((byCode ? Object.keys(people)[0] : undefined) ?? body.username ?? body.client_id ?? '');
}

const find = (people: People, name: string): Person | undefined =>
  Object.hasOwn(people, name) ? people[name] : undefined;

function personOf(people: People, name: string): Person {
  const person = find(people, name);
  if (person === undefined) throw new Error(unknownPerson(people, name));
  return person;
}

const unknownPerson = (people: People, name: string): string =>
  `Nobody here is called ${JSON.stringify(name)}; client_id or username is one of ${Object.keys(people).join(', ')}.`;
