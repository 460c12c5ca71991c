import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Consent, type ConsentTimes, consentOf, withConsent } from '../../shared/conversations/consent.ts';
import { asTicks } from '../../shared/core/time.ts';

const aChange = fc.record({
  consent: fc.constantFrom<Consent>('given', 'revoked'),
  at: fc.bigInt({ min: 1n, max: 6n }).map(asTicks),
});
const settle = (changes: readonly { consent: Consent; at: ReturnType<typeof asTicks> }[]) =>
  changes.reduce<ConsentTimes>(withConsent, {});

test('consent does not depend on the order in which keywords arrive, nor on how often', () =>
  fc.assert(
    fc.property(fc.array(aChange), fc.array(aChange), (changes, repeated) => {
      const known = repeated.filter((change) =>
        changes.some((c) => c.at === change.at && c.consent === change.consent),
      );
      expect(settle([...changes.toReversed(), ...known])).toEqual(settle(changes));
    }),
  ));

test('the latest keyword decides, and a tie is a STOP', () =>
  fc.assert(
    fc.property(fc.array(aChange, { minLength: 1 }), (changes) => {
      const latest = changes.reduce((a, b) => (b.at > a.at || (b.at === a.at && b.consent === 'revoked') ? b : a));
      expect(consentOf(settle(changes))).toBe(latest.consent);
    }),
  ));

test('nobody who never stopped is opted out', () => {
  expect(consentOf({})).toBe('given');
});
