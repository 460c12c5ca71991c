import { AppError } from '../../shared/core/errors.ts';

/** A fault of the app or its settings, in words that say what to change: it stops the start. */
export const misconfigured = (message: string, cause?: unknown): AppError =>
  new AppError('invalid-configuration', message, { cause });
