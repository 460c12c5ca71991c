import { changeDials, type Dials, defaultDials } from '../dials.ts';

/** The dials of one world, which everything in it reads anew each time. */
export interface DialsHolder {
  get(): Dials;
  /** A JSON merge patch; throws `invalid-input`, and changes nothing, if it does not fit. */
  change(patch: unknown): Dials;
  /** Back to how the world began. */
  reset(): void;
}

export function holdDials(initial: Dials = defaultDials): DialsHolder {
  let current = initial;
  return {
    get: () => current,
    change(patch) {
      current = changeDials(current, patch);
      return current;
    },
    reset() {
      current = initial;
    },
  };
}
