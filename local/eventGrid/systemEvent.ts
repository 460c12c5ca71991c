/** An event as its service makes it; the topic is the grid's to add. */
export interface SystemEvent {
  readonly id: string;
  readonly subject: string;
  readonly eventType: string;
  /** ISO 8601. */
  readonly eventTime: string;
  readonly data: unknown;
  readonly dataVersion: string;
}
