/** The one source of randomness, so that a test can replay it. */
export interface Rand {
  /** An unguessable token of 22 URL-safe characters (128 bits). */
  token(): string;
  /** A number in [0, 1). */
  fraction(): number;
}
