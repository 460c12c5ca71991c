import type { IdentityFact } from './facts.ts';

export interface Retention {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How many of each kind stay of what is over; 1,000 unless given. */
  readonly kept?: number;
}

type FactOf<T extends IdentityFact['type']> = Extract<IdentityFact, { readonly type: T }>;

/**
 * The facts that a world which starts again still needs, in their order: identities that exist with tokens that have not
 * expired, and what was revoked; of deleted identities and expired tokens the last.
 */
export function compact(facts: readonly IdentityFact[], { now, kept = 1_000 }: Retention): readonly IdentityFact[] {
  const deleted = of(facts, 'deleted');
  const [gone, lastGone] = [namesOf(deleted), namesOf(deleted.slice(-kept))];
  const isKnown = (identity: string) => !gone.has(identity) || lastGone.has(identity);
  const expired = of(facts, 'issued').filter(({ token }) => token.expiresAt <= now);
  const forgotten = new Set<IdentityFact>(expired.slice(0, -kept));
  const kinds = {
    created: ({ identity }: FactOf<'created'>) => isKnown(identity),
    deleted: ({ identity }: FactOf<'deleted'>) => isKnown(identity),
    revoked: ({ identity }: FactOf<'revoked'>) => isKnown(identity),
    issued: (fact: FactOf<'issued'>) => isKnown(fact.token.identity) && !forgotten.has(fact),
  };
  return facts.filter((fact) => kinds[fact.type](fact as never));
}

const of = <T extends IdentityFact['type']>(facts: readonly IdentityFact[], type: T): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type);

const namesOf = (facts: readonly FactOf<'deleted'>[]): ReadonlySet<string> =>
  new Set(facts.map(({ identity }) => identity));
