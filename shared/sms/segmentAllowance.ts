/** Segments that may be sent; giving them back is for a text that was not made after all. Only the first time counts. */
export interface Taken {
  giveBack(): void;
}

/** What the whole app may send in a day, however many processes it runs as: never more, rarely less. */
export interface SegmentAllowance {
  /** `undefined`: the day has no room for so many. Throws `storage-failed` and `busy`. */
  take(segments: number): Promise<Taken | undefined>;
}
