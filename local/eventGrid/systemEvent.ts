/** An event as its service makes it; the topic is the grid's to add. */
export interface SystemEvent {
  readonly id: string;
  readonly subject: string;
  readonly eventType: string;
  /** ISO 8601. */
  readonly eventTime: string;
  readonly data: unknown;
  readonly dataVersion: string;
  /** The custom topic it was posted to; absent: the grid's own. */
  readonly topic?: string | undefined;
  /** What else a CloudEvent was posted with, such as its own source; it is delivered with it. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}
