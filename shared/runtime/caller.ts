import { AppError } from '../core/errors.ts';

/** Whose word is taken for who calls, and where in it a role is found. */
export interface AuthSettings {
  /** As in the tokens' `iss`; discovery starts at each. */
  readonly issuers: readonly string[];
  readonly audience: string;
  /** A claim's name, or a path to it with dots; it holds a list of words, or words with spaces between them. */
  readonly rolesClaim: string;
  /** What the issuers call each role. */
  readonly roles: { readonly agent: string; readonly admin: string };
  /** Whether the platform's word is taken too: it says that it authenticates, and the setting says to believe it. */
  readonly platform?: boolean;
}

/** Who calls, as the issuer vouches for them; an admin holds the role of agent too. */
export interface Caller {
  /** Names a person within the issuer, never to be reused; what we know an agent by. */
  readonly subject: string;
  /** One of those configured: the one whose key signed. */
  readonly issuer: string;
  /** Entra ID's `oid`: the same person in every app of a tenant, where `sub` is another in each. */
  readonly objectId?: string | undefined;
  readonly name?: string | undefined;
  readonly roles: readonly ('agent' | 'admin')[];
}

export type Claims = Readonly<Record<string, unknown>>;

/** OpenID Connect Core 1.0 §2: a subject has at most 255 characters. */
const longestSubject = 255;

/** The claims of one whose issuer has been verified. Throws `unauthenticated` where they name nobody. */
export function callerOf(claims: Claims, issuer: string, settings: AuthSettings): Caller {
  const { sub, oid, name } = claims;
  if (!isId(sub)) throw new AppError('unauthenticated', 'The token is not valid: its subject is not one.');
  return {
    subject: sub,
    issuer,
    objectId: isId(oid) ? oid : undefined,
    name: typeof name === 'string' ? name : undefined,
    roles: rolesIn(claims, settings),
  };
}

const isId = (claim: unknown): claim is string =>
  typeof claim === 'string' && claim !== '' && claim.length <= longestSubject;

function rolesIn(claims: Claims, { rolesClaim, roles }: AuthSettings): Caller['roles'] {
  const held = wordsIn(claimAt(claims, rolesClaim));
  if (held.includes(roles.admin)) return ['agent', 'admin'];
  return held.includes(roles.agent) ? ['agent'] : [];
}

/** The claim of that very name (some are URLs, with dots of their own), else what the path leads to. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path.split('.').reduce<unknown>((value, step) => {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, step);
    return inside ? (value as Claims)[step] : undefined;
  }, claims);
}

function wordsIn(claim: unknown): readonly unknown[] {
  if (typeof claim === 'string') return claim.split(' ');
  return Array.isArray(claim) ? claim : [];
}
