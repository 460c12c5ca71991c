/** A stretch of time that was recorded, in milliseconds since 1970; without an end it goes on. */
export interface Span {
  readonly from: number;
  to?: number;
}

/** A file of a recording, as it is kept. */
export interface RecordedChunk {
  readonly documentId: string;
  readonly index: number;
  /** Milliseconds. */
  readonly length: number;
}

/** A recording of a call. Its sound is never kept: it is made anew from how long it is. */
export interface Recording {
  readonly id: string;
  readonly callId: string;
  readonly callbackUri: string | undefined;
  readonly channelType: 'mixed' | 'unmixed';
  readonly startedAt: number;
  state: 'active' | 'inactive';
  readonly spans: Span[];
  /** There once it has ended. */
  endedAt?: number;
  endReason?: 'CallEnded' | 'RecordingStopped';
  readonly chunks: RecordedChunk[];
  /** Ids of documents that were deleted. */
  readonly deleted: Set<string>;
}

/** How much there is, in milliseconds; pauses do not count. */
export const lengthOf = ({ spans }: Recording, now: number): number =>
  spans.reduce((sum, { from, to = now }) => sum + (to - from), 0);
