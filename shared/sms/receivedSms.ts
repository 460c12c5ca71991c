import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { Ticks } from '../core/time.ts';

/** A text as it reached a service number. `at` is the service's time. */
export interface ReceivedSms {
  readonly messageId: string;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly text: string;
  readonly at: Ticks;
}
