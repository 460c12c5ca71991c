import type { MediaKind } from '../rules.ts';

/** What somebody lets the app hear; `from` is a raw id. */
export type Heard = { readonly from: string } & (
  | { readonly type: 'tone'; readonly tone: string }
  | { readonly type: 'speech'; readonly text: string }
);

/** Something that is said, or listened for. One at a time on a call. */
export interface MediaOperation {
  readonly kind: MediaKind;
  /** `done` is called once, when it has ended by itself. */
  begin(done: () => void): void;
  /** Ends it before its time, also if it has not begun, and tells of that if `tells`. */
  cancel(tells: boolean): void;
  hear?(heard: Heard): void;
}

export interface MediaQueue {
  /** Begins it when those before it have ended. */
  add(operation: MediaOperation): void;
  /** What is under way, and what waits, in order. */
  operations(): readonly MediaOperation[];
  cancelAll(tells: boolean): void;
  hear(heard: Heard): void;
}

export function mediaQueue(): MediaQueue {
  let queued: readonly MediaOperation[] = [];
  const begin = () => {
    const [first] = queued;
    first?.begin(() => {
      if (queued[0] !== first) return;
      queued = queued.slice(1);
      begin();
    });
  };
  return {
    add(operation) {
      queued = [...queued, operation];
      if (queued.length === 1) begin();
    },
    operations: () => queued,
    cancelAll(tells) {
      const cancelled = queued;
      queued = [];
      for (const operation of cancelled) operation.cancel(tells);
    },
    hear: (heard) => queued[0]?.hear?.(heard),
  };
}
