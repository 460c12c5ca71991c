import { openJournal } from '../../journal.ts';
import { compact } from './compact.ts';
import type { IdentityFact, IssuedToken } from './facts.ts';

/** An identity of ours, as it stands. Times are milliseconds since 1970. */
export interface Identity {
  readonly id: string;
  readonly createdAt: number;
  readonly deletedAt?: number | undefined;
}

/** A token and whether it was revoked; whether it has expired is for the clock to say. */
export interface KnownToken extends IssuedToken {
  readonly revoked: boolean;
}

/** What happened to identities: facts are added and never changed, and everything else is read off them. */
export interface IdentityLedger {
  record(fact: IdentityFact): void;
  /** In the order of creation, deleted ones too. */
  identities(): readonly Identity[];
  identity(id: string): Identity | undefined;
  /** In the order of issue. */
  tokens(): readonly KnownToken[];
  token(id: string): KnownToken | undefined;
  /** Forgets everything, on disk too. */
  clear(): void;
  close(): void;
}

interface State {
  readonly identities: Map<string, Identity>;
  readonly tokens: Map<string, KnownToken>;
}

/** `path`: a file that is read first, rid of what nobody needs any more at `now`, and then kept; without it nothing outlives the process. */
export function openIdentityLedger(path: string | undefined, now: number): IdentityLedger {
  const journal = openJournal<IdentityFact>(path);
  const past = compact(journal.past, { now });
  journal.replace(past);
  let state = stateOf(past);
  return {
    record(fact) {
      journal.append(fact);
      apply(state, fact);
    },
    identities: () => [...state.identities.values()],
    identity: (id) => state.identities.get(id),
    tokens: () => [...state.tokens.values()],
    token: (id) => state.tokens.get(id),
    clear() {
      journal.replace([]);
      state = stateOf([]);
    },
    close: () => journal.close(),
  };
}

function stateOf(facts: readonly IdentityFact[]): State {
  const state: State = { identities: new Map(), tokens: new Map() };
  for (const fact of facts) apply(state, fact);
  return state;
}

function apply({ identities, tokens }: State, fact: IdentityFact): void {
  switch (fact.type) {
    case 'created':
      identities.set(fact.identity, { id: fact.identity, createdAt: fact.at });
      return;
    case 'issued':
      tokens.set(fact.token.id, { ...fact.token, revoked: false });
      return;
    case 'revoked':
      for (const token of tokens.values())
        if (token.identity === fact.identity) tokens.set(token.id, { ...token, revoked: true });
      return;
    case 'deleted': {
      const identity = identities.get(fact.identity);
      if (identity !== undefined) identities.set(identity.id, { ...identity, deletedAt: fact.at });
      return;
    }
  }
}
