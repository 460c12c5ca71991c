import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { EndCode } from './endCodes.ts';

export interface OutgoingSms {
  readonly from: PhoneNumber;
  readonly to: PhoneNumber;
  readonly text: string;
  /** Returned in the delivery report. */
  readonly tag: string;
  /** A UUID; the provider treats a second send with the same one as the first. */
  readonly repeatabilityId: string;
  /** Milliseconds since 1970; the provider remembers an id for 5 minutes from here. */
  readonly firstSentAt: number;
}

/**
 * `refused`: it has not left, and never will as it stands. `refused-for-now`: it has not left. `ambiguous`: it may have
 * left. `window-over`: the provider no longer remembers this id, so it has not looked at it.
 */
export type SendOutcome =
  | { readonly type: 'accepted'; readonly providerId: string }
  | { readonly type: 'refused'; readonly code: EndCode; readonly reason: string; readonly optedOut: boolean }
  | {
      readonly type: 'refused-for-now';
      readonly code: string;
      readonly reason: string;
      /** Milliseconds the provider asked us to wait. */
      readonly retryAfter?: number | undefined;
      /** Needs a person, such as a rejected key. */
      readonly alarm?: boolean | undefined;
    }
  | { readonly type: 'ambiguous'; readonly reason: string }
  | { readonly type: 'window-over'; readonly reason: string };

/** Sends one text to one subscriber, once: no retries of its own, an answer within `deadline` milliseconds. Never throws for what the provider says. */
export interface SmsSender {
  send(sms: OutgoingSms, deadline: number): Promise<SendOutcome>;
}
