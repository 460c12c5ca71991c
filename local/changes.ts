/** What somebody who looks again is told. */
export interface Look<Key> {
  /** All has changed: there was no cursor, or one of another world. */
  readonly whole: boolean;
  /** Where this look ends, for the next one. */
  readonly cursor: string;
  /** Whether any of them is new or has changed. */
  has(...keys: readonly Key[]): boolean;
}

/** Which things have changed since somebody last looked, so that who looks again and again is told only what is new. */
export interface Changes<Key> {
  touch(key: Key): void;
  since(cursor?: string): Look<Key>;
  /** All there was is gone. */
  clear(): void;
}

/** `began`: milliseconds since 1970; tells cursors of this process from those of the one before. */
export function trackChanges<Key>(began: number): Changes<Key> {
  const revisions = new Map<Key, number>();
  let revision = 0;
  let clears = 0;
  return {
    touch(key) {
      revision += 1;
      revisions.set(key, revision);
    },
    since(cursor = '') {
      const end = cursor.lastIndexOf('.');
      const whole = cursor.slice(0, end) !== `${began}.${clears}`;
      const seen = Number(cursor.slice(end + 1));
      return {
        whole,
        cursor: `${began}.${clears}.${revision}`,
        has: (...keys) => whole || keys.some((key) => (revisions.get(key) ?? 0) > seen),
      };
    },
    clear() {
      revisions.clear();
      clears += 1;
    },
  };
}
