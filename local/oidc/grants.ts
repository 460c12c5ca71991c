import { createHash } from 'node:crypto';
import { type OneTime, oneTime } from './oneTime.ts';
import { findPerson, type People, type Person, unknownPerson } from './people.ts';
import type { Signer } from './signer.ts';

/** What somebody has agreed to by signing in. */
export interface Grant {
  readonly person: Person;
  readonly clientId: string;
  readonly scope: string;
  readonly nonce?: string | undefined;
}

interface CodeGrant extends Grant {
  readonly redirectUri: string;
  readonly challenge: string;
}

export interface GrantsNeeds {
  readonly signer: Signer;
  readonly people: People;
  /** The `aud` of access tokens for which no other is asked. */
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** As the wire has it: an answer of the token endpoint (RFC 6749, 5). */
export interface TokenAnswer {
  readonly status: 200 | 400;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Form = Readonly<Record<string, string | undefined>>;

/** Codes and tokens of the issuer. */
export interface Grants {
  code(grant: CodeGrant): string;
  /** `POST /token`. */
  answer(form: Form): Promise<TokenAnswer>;
  /** Ends what a client could still have for somebody. */
  end(subject: string, clientId: string): void;
}

/** Milliseconds. RFC 6749 recommends ten minutes at most for a code; a browser brings it at once. */
const codeLife = 60_000;
const refreshLife = 86_400_000;
/** Seconds. */
const accessLife = 3_600;

interface Kept extends GrantsNeeds {
  readonly codes: OneTime<CodeGrant>;
  readonly refreshes: OneTime<Grant>;
}

export function grantsOf(needs: GrantsNeeds): Grants {
  const kept = {
    ...needs,
    codes: oneTime<CodeGrant>(codeLife, needs.now),
    refreshes: oneTime<Grant>(refreshLife, needs.now),
  };
  return {
    code: kept.codes.put,
    async answer(form) {
      const grant = grantOf(form, kept);
      return 'error' in grant ? { status: 400, body: grant } : { status: 200, body: await tokensOf(grant, kept) };
    },
    end: (subject, clientId) =>
      kept.refreshes.end((grant) => grant.person.subject === subject && grant.clientId === clientId),
  };
}

/** As the wire has it; a type, so that it is a record too. */
type Refused = { readonly error: string; readonly error_description: string };

const invalidGrant = (why: string): Refused => ({ error: 'invalid_grant', error_description: why });

function grantOf(form: Form, kept: Kept): Grant | Refused {
  switch (form['grant_type']) {
    case 'authorization_code':
      return byCode(form, kept);
    case 'refresh_token':
      return byRefresh(form, kept);
    case 'client_credentials':
      return byName(form['client_id'], form, kept);
    case 'password':
      return byName(form['username'], form, kept);
    default:
      return {
        error: 'unsupported_grant_type',
        error_description: 'grant_type is one of authorization_code, refresh_token, client_credentials, password.',
      };
  }
}

/** A code is used up by the first who brings it, whatever else is wrong. */
function byCode(form: Form, { codes }: Kept): Grant | Refused {
  const grant = codes.take(form['code'] ?? '');
  if (grant === undefined) return invalidGrant('The code is unknown, was used, or is older than a minute.');
  if (grant.clientId !== form['client_id']) return invalidGrant('The code was given to another client_id.');
  if (grant.redirectUri !== form['redirect_uri'])
    return invalidGrant('redirect_uri is not the one the code was sent to.');
  if (grant.challenge !== challengeOf(form['code_verifier'] ?? '')) {
    return invalidGrant('code_verifier is not what code_challenge was made from.');
  }
  return grant;
}

/** S256 of RFC 7636, 4.2. */
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

function byRefresh(form: Form, { refreshes }: Kept): Grant | Refused {
  const grant = refreshes.take(form['refresh_token'] ?? '');
  if (grant === undefined) return invalidGrant('The refresh token is unknown, was used, or has ended.');
  if (grant.clientId !== form['client_id']) return invalidGrant('The refresh token was given to another client_id.');
  return grant;
}

/** No passwords: to know the name is enough. */
function byName(name: string | undefined, form: Form, { people }: Kept): Grant | Refused {
  const person = findPerson(people, name ?? '');
  if (person === undefined) return invalidGrant(unknownPerson(people, name ?? ''));
  return { person, clientId: form['client_id'] ?? '', scope: form['scope'] ?? '' };
}

async function tokensOf(grant: Grant, { signer, audience, refreshes }: Kept) {
  const { person, clientId, scope, nonce } = grant;
  const wanted = scope.split(' ');
  const who = { sub: person.subject, name: person.name ?? person.subject, roles: person.roles };
  const access = { ...who, aud: audienceOf(wanted) ?? audience, scope, client_id: clientId };
  return {
    access_token: await signer.sign(access, accessLife),
    token_type: 'Bearer',
    expires_in: accessLife,
    scope,
    ...(wanted.includes('openid') && { id_token: await signer.sign({ ...who, aud: clientId, nonce }, accessLife) }),
    ...(wanted.includes('offline_access') && { refresh_token: refreshes.put(grant) }),
  };
}

/** As Entra has it: a scope that ends with `/.default` names the API that the token is for. */
const audienceOf = (scopes: readonly string[]): string | undefined =>
  scopes.find((scope) => scope.endsWith('/.default'))?.replace(/\/\.default$/, '');
