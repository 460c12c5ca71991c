/** An event as it was kept. */
export interface DroppedEvent {
  /** Names it here; URL-safe. */
  readonly id: string;
  readonly event: unknown;
  readonly reason: string;
  /** ISO 8601. */
  readonly keptAt: string;
}

export interface DroppedPage {
  readonly items: readonly DroppedEvent[];
  /** Opaque; absent on the last page. */
  readonly cursor?: string | undefined;
}

/** Keeps events that are ours and can never work, whole, so that they can be looked at and driven in again. */
export interface DroppedEvents {
  /** `reason`: in words a person can read. An event kept twice is kept once, with the reason of the first time. */
  keep(event: unknown, reason: string): Promise<void>;
  /** How many are kept, as far as one look tells: 1,000 means at least that many. */
  count(): Promise<number>;
  /** By the day of the event, oldest first. */
  list(size: number, cursor?: string): Promise<DroppedPage>;
  get(id: string): Promise<DroppedEvent | undefined>;
  /** Safe to repeat. */
  remove(id: string): Promise<void>;
}
