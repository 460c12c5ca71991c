/** Told after each round of a part. */
export type Progress = (part: string, round: number, rounds: number) => void;

/** Says how far a part is: at its quarters, and at its end. */
export const printed: Progress = (part, round, rounds) => {
  const quarter = (n: number) => Math.floor((4 * n) / rounds);
  if (quarter(round) > quarter(round - 1)) console.log(`  ${part}: ${round} of ${rounds}`);
};
