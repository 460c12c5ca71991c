import type { Ticks } from '../core/time.ts';

/** Standing permission to text a subscriber. */
export type Consent = 'given' | 'revoked';

/** When consent was last revoked and last given, by the service's time, so that the order of arrival does not matter. */
export interface ConsentTimes {
  readonly stopAt?: Ticks | undefined;
  readonly goAt?: Ticks | undefined;
}

/** A line of the consent history, kept for ever (https://learn.microsoft.com/azure/communication-services/concepts/sms/messaging-policy asks for at least four years). */
export interface ConsentChange {
  readonly consent: Consent;
  readonly at: Ticks;
  /** `subscriber`, `carrier`, or `agent:` and the agent's subject. */
  readonly by: string;
  /** Why, in words a person can read back. */
  readonly reason: string;
  /** What it rests on: a message id, an entry or a request. */
  readonly source: string;
}

/** Revoked from the moment of a STOP until a later START; a tie is a STOP. */
export function consentOf({ stopAt, goAt }: ConsentTimes): Consent {
  return stopAt !== undefined && (goAt === undefined || stopAt >= goAt) ? 'revoked' : 'given';
}

/** Moves the time of the change's kind forward, never back. */
export function withConsent<T extends ConsentTimes>(times: T, change: Pick<ConsentChange, 'consent' | 'at'>): T {
  const column = change.consent === 'revoked' ? 'stopAt' : 'goAt';
  const known = times[column];
  return known !== undefined && known >= change.at ? times : { ...times, [column]: change.at };
}
