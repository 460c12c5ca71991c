import { AppError } from '../core/errors.ts';
import type { PhoneNumber } from '../core/phoneNumbers.ts';

/** The number asked for, if it is one of ours; the only one if none was. Throws `invalid-input`. */
export function serviceNumberOf(asked: PhoneNumber | undefined, ours: readonly PhoneNumber[]): PhoneNumber {
  const number = asked ?? (ours.length === 1 ? ours[0] : undefined);
  if (number === undefined) throw new AppError('invalid-input', 'There are several service numbers: say which.');
  if (!ours.includes(number)) throw new AppError('invalid-input', 'That is none of the service numbers.');
  return number;
}
