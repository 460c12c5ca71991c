import { AppError } from '../core/errors.ts';

const hour = 3_600_000;

/**
 * The instants of a user's latest tokens (milliseconds, ascending) with this one added. Throws `token-limit`, with the
 * seconds after which there is room again, if the hour before `now` has had `perHour` of them.
 */
export function spend(issued: readonly number[], now: number, perHour: number): readonly number[] {
  const recent = issued.filter((at) => at > now - hour).toSorted((a, b) => a - b);
  const toLeave = recent[recent.length - perHour];
  if (toLeave === undefined) return [...recent, now];
  const retryAfter = Math.ceil((toLeave + hour - now) / 1_000);
  const told = `You have had ${perHour} tokens within an hour; the next can be had in ${retryAfter} s. Keep a token until it is due for renewal.`;
  throw new AppError('token-limit', told, { retryAfter });
}
