import type { PhoneNumber } from '../core/phoneNumbers.ts';

/** A text that wants an answer. */
export interface Asked {
  readonly text: string;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  /** Nothing stood on this conversation before. */
  readonly firstContact: boolean;
  /** When it was sent, milliseconds since 1970. */
  readonly at: number;
}

export interface Answer {
  readonly text: string;
  /** Which rule or responder gave it; kept on the entry. */
  readonly rule: string;
}

/**
 * Code that answers before the playbook does; `undefined` leaves the text to the next. It may be asked again for the same
 * text after a crash, so it changes nothing in the world. One that throws, or takes longer than 5 s, is logged and passed over.
 */
export type Responder = (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;
