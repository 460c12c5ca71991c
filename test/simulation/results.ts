import type { outcomeOfResult } from '../../shared/adapters/acs/sendOutcome.ts';
import type { OutgoingSms } from '../../shared/sms/smsSender.ts';

/** What the provider says of one recipient. */
export type Result = NonNullable<Parameters<typeof outcomeOfResult>[0]>;

/** A result, and how many milliseconds after the request it is there. */
export interface Processed {
  readonly after: number;
  readonly result: Result;
}

/** A recipient that is refused. */
export const refusal = ({ to }: OutgoingSms, httpStatusCode: number, errorMessage: string): Result => ({
  to,
  httpStatusCode,
  successful: false,
  errorMessage,
});
