import type { CallConnection } from '@azure/communication-call-automation';
import { tollFree } from '../../anAcs.ts';
import { type Answered, type Line, phone } from '../aLine.ts';

/** A call that the app has answered. */
export interface Given extends Answered {
  readonly line: Line;
}
export type Run = (given: Given) => Promise<unknown>;

/** An operation, and how it may be refused. */
export interface Row {
  readonly name: string;
  readonly does: Run;
  /** What it answers. */
  readonly answers?: object;
  /** The event that tells how it ended, the how-manieth of its type, and what it says. */
  readonly tells?: readonly [type: string, times?: number, code?: number];
  /** Its two likeliest, at the least. */
  readonly errors: readonly [Refusal, Refusal, ...Refusal[]];
}

export type Refusal = readonly [what: string, run: Run, status: number, code: string];

/** Does it on a call of the past. */
export const onGone = (run: (call: CallConnection) => Promise<unknown>): Refusal => [
  'on a call that is over',
  async ({ line, id, call }) => {
    await line.admin('DELETE', `/calls/${id}`);
    return run(call);
  },
  404,
  '8522',
];

export const stranger = '+14255550188';
export const withSource = { sourceCallIdNumber: phone(tollFree) };
export const invite = (to: string) => ({ targetParticipant: phone(to), ...withSource });
