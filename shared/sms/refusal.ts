import { AppError, type ErrorCode } from '../core/errors.ts';

/** Why our own rules keep a text from leaving; each is an error to an agent, and the ended reason of a reply. */
export type RefusalCode = Extract<
  ErrorCode,
  | 'not-textable'
  | 'number-type-not-allowed'
  | 'country-not-allowed'
  | 'outside-hours'
  | 'subscriber-limit'
  | 'daily-limit'
>;

/** `reason` is a sentence for whoever wonders where the text is; it names the setting that would allow it. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
}

/** The refusal as an agent's request meets it. */
export const refusedError = ({ code, reason }: Refusal): AppError => new AppError(code, reason);
