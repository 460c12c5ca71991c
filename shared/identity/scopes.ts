import { AppError } from '../core/errors.ts';

/** What a user token may be for (https://learn.microsoft.com/azure/communication-services/concepts/identity-model#access-tokens). */
export const scopes = ['chat', 'chat.join', 'chat.join.limited', 'voip', 'voip.join'] as const;
export type Scope = (typeof scopes)[number];

/** Whom scopes are given to: everybody who is signed in, and beyond that whoever holds a role. */
export const scopeHolders = ['signed-in', 'agent', 'admin'] as const;
export type ScopeHolder = (typeof scopeHolders)[number];
export type ScopesByHolder = Readonly<Partial<Record<ScopeHolder, readonly Scope[]>>>;

/** What each scope can do all of, besides itself. */
const narrower: Readonly<Partial<Record<Scope, readonly Scope[]>>> = {
  chat: ['chat.join', 'chat.join.limited'],
  'chat.join': ['chat.join.limited'],
  voip: ['voip.join'],
};

/** All that the bearer of these roles may ask for, in the order of the setting, what everybody may first. */
export function scopesFor(roles: readonly ('agent' | 'admin')[], byHolder: ScopesByHolder): readonly Scope[] {
  const held = scopeHolders.filter((holder) => holder === 'signed-in' || roles.includes(holder));
  return [...new Set(held.flatMap((holder) => byHolder[holder] ?? []))];
}

/**
 * The scopes of a token: those asked for, or the first of those allowed if none is. Throws `scope-not-allowed`, which
 * tells what is allowed.
 */
export function grantScopes(asked: readonly Scope[], allowed: readonly Scope[]): readonly Scope[] {
  const [least] = allowed;
  if (least === undefined) throw new AppError('scope-not-allowed', 'Your roles are given no tokens here.');
  if (asked.length === 0) return [least];
  const open = new Set(allowed.flatMap((scope) => [scope, ...(narrower[scope] ?? [])]));
  const beyond = asked.filter((scope) => !open.has(scope));
  if (beyond.length === 0) return [...new Set(asked)];
  throw new AppError('scope-not-allowed', `You may not ask for ${beyond.join(', ')}. Allowed: ${allowed.join(', ')}.`);
}
