import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compact } from '../../../local/acs/identity/compact.ts';
import type { IdentityFact } from '../../../local/acs/identity/facts.ts';
import { type IdentityLedger, openIdentityLedger } from '../../../local/acs/identity/ledger.ts';

const now = 50;

/** Things that happen to three identities, as they may at ACS: none before its creation or after its end. */
const aPast = fc
  .array(
    fc.record({
      type: fc.constantFrom('issued', 'revoked', 'deleted', 'issued', 'issued'),
      identity: fc.constantFrom('a', 'b', 'c'),
      expiresAt: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 25 },
  )
  .map((happened) => {
    const facts: IdentityFact[] = ['a', 'b', 'c'].map((identity) => ({ type: 'created', identity, at: 0 }));
    const deleted = new Set<string>();
    for (const [index, { type, identity, expiresAt }] of happened.entries()) {
      if (deleted.has(identity)) continue;
      if (type === 'deleted') deleted.add(identity);
      facts.push(
        type === 'issued'
          ? { type, token: { id: String(index), identity, scopes: ['chat'], issuedAt: 0, expiresAt } }
          : { type: type as 'revoked' | 'deleted', identity, at: index },
      );
    }
    return facts;
  });

function replay(facts: readonly IdentityFact[]): IdentityLedger {
  const ledger = openIdentityLedger(undefined, now);
  for (const fact of facts) ledger.record(fact);
  return ledger;
}

test('whatever happened, a start forgets nothing that a living identity or a token of its could be asked for', () => {
  fc.assert(
    fc.property(aPast, fc.integer({ min: 1, max: 3 }), (facts, kept) => {
      const [all, some] = [replay(facts), replay(compact(facts, { now, kept }))];
      const living = all.identities().filter(({ deletedAt }) => deletedAt === undefined);
      expect(some.identities().filter(({ deletedAt }) => deletedAt === undefined)).toEqual(living);
      for (const token of all.tokens()) {
        const isAsked = token.expiresAt > now && living.some(({ id }) => id === token.identity);
        if (isAsked) expect(some.token(token.id)).toEqual(token);
      }
    }),
  );
});

test('a start that follows on another forgets nothing more', () => {
  fc.assert(
    fc.property(aPast, fc.integer({ min: 1, max: 3 }), (facts, kept) => {
      const once = compact(facts, { now, kept });
      expect(compact(once, { now, kept })).toEqual(once);
    }),
  );
});

test('a token is revoked exactly if a revocation of its identity came after it', () => {
  fc.assert(
    fc.property(aPast, (facts) => {
      for (const { id, identity, revoked } of replay(facts).tokens()) {
        const issued = facts.findIndex((fact) => fact.type === 'issued' && fact.token.id === id);
        const later = facts.slice(issued).some((fact) => fact.type === 'revoked' && fact.identity === identity);
        expect(revoked).toBe(later);
      }
    }),
  );
});
