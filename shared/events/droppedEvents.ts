/** Keeps events that are ours and can never work, whole, so that they can be looked at and driven in again. */
export interface DroppedEvents {
  /** `reason`: in words a person can read. An event kept twice is kept once, with the reason of the first time. */
  keep(event: unknown, reason: string): Promise<void>;
  /** How many are kept, as far as one look tells: 1,000 means at least that many. */
  count(): Promise<number>;
}
