import type { Country } from '../core/countries.ts';
import type { Span } from '../playbook/openingHours.ts';
import type { SubscriberCap } from './segmentCaps.ts';

/** What a business allows itself to send; `docs/limits.md` tells why. */
export interface LimitSettings {
  /** `own`: the country of the service number that sends. */
  readonly allowedCountries: 'own' | readonly Country[];
  readonly subscriberCap: SubscriberCap;
  /** Of each day. */
  readonly sendingHours: readonly Span[];
  /** How long after a subscriber wrote an agent's text is an answer, milliseconds. */
  readonly answerWithin: number;
}
