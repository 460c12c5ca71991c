import type { PhoneNumber } from '../shared/core/phoneNumbers.ts';

/** Subscribers with numbers in a row. No two parts of a run share one: conversations would then be longer than is told. */
export interface Group {
  /** Without its plus. */
  readonly firstNumber: number;
  readonly size: number;
}

/** Whose turn it is, counted from 0. */
export const numberIn = ({ firstNumber, size }: Group, turn: number): PhoneNumber =>
  `+${firstNumber + (turn % size)}` as PhoneNumber;

/**
 * So many conversations that each keeps within the app's own budget of ten automatic replies in ten minutes, the one for
 * warming up included; and more than there are texts in flight, so that no two wait for each other.
 */
export const groupFor = (texts: number, firstNumber: number): Group => ({
  firstNumber,
  size: Math.max(Math.ceil(texts / 8), 128),
});
