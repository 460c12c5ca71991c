import {
  type Loaded,
  nextSweep,
  type ReadPage,
  readNews,
  type Sweep,
  withNews,
  withOlder,
  withStretch,
} from './store.ts';

/** What somebody sees of one question to an inbox, and how it is kept up. Its answers come through `read`, which may reject. */
export interface InboxView {
  known(): Loaded | undefined;
  /** Reads the top again, and now and then one of the pages further down in turn, so that what was erased there goes too. */
  look(): Promise<void>;
  /** Reads a page more; one at a time. */
  older(): Promise<void>;
}

/** `deeperEvery`: at which of its looks it reads further down; a page there costs many times what the top does. */
export function inboxView(read: ReadPage, deeperEvery: number): InboxView {
  let looks = 0;
  let known: Loaded | undefined;
  let sweep: Sweep | undefined;
  let older: Promise<void> | undefined;
  const readOlder = async (cursor: string) => {
    const page = await read(cursor);
    // What was let go meanwhile is not taken up where it ended.
    if (known?.cursor === cursor) known = withOlder(known, page);
  };
  return {
    known: () => known,
    async look() {
      const page = await readNews(known, read);
      known = withNews(known, page);
      looks += 1;
      if (looks % deeperEvery !== 0) return;
      sweep ??= nextSweep(known, { page });
      if (sweep === undefined) return;
      const { cursor, below } = sweep;
      sweep = undefined;
      const stretch = { page: await read(cursor), below };
      known = withStretch(known, stretch);
      sweep = nextSweep(known, stretch);
    },
    older() {
      if (known?.cursor === undefined) return Promise.resolve();
      older ??= readOlder(known.cursor).finally(() => {
        older = undefined;
      });
      return older;
    },
  };
}
