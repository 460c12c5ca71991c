import { useRef, useState } from 'react';
import { type Api, ApiError, type Conversation, type Entry, type Page } from '../api/client.ts';
import { useEvery } from '../app/useEvery.ts';
import { faultOf } from './advice.ts';
import { type Loaded, readNews, withEntry, withNews, withOlder } from './store.ts';

export interface TimelineState {
  readonly conversation: Conversation | undefined;
  readonly loaded: Loaded | undefined;
  /** Why what is shown may be old. */
  readonly fault: string | undefined;
  /** There is no such conversation, or no longer. */
  readonly gone: boolean;
  /** Reads a page of older ones. */
  readonly older: () => Promise<void>;
  /** Why they could not be read. */
  readonly olderFault: string | undefined;
  /** Takes up an entry as an answer showed it. */
  readonly show: (entry: Entry) => void;
  /** Reads it now. */
  readonly again: () => Promise<void>;
}

/** Milliseconds. What is new shows within this. */
const every = 2_000;

/** A conversation and what stands on its timeline, read again and again. */
export function useTimeline(api: Api, id: string): TimelineState {
  const [conversation, setConversation] = useState<Conversation>();
  const timeline = useLoaded();
  const [error, setError] = useState<unknown>();
  const [olderFault, setOlderFault] = useState<string>();
  const reading = useRef(false);
  const latestNews = useRef<Page<Entry>>(undefined);
  const read = (cursor?: string) => api.entries(id, cursor);
  const takeNews = (known: Loaded | undefined, news: Page<Entry>) => {
    if (known !== undefined && news === latestNews.current) return known;
    latestNews.current = news;
    return withNews(known, news);
  };
  const again = async () => {
    try {
      const [head] = await Promise.all([
        api.conversation(id),
        timeline.change((known) => readNews(known, read), takeNews),
      ]);
      setConversation(head);
      setError(undefined);
    } catch (failed) {
      setError(failed);
      throw failed;
    }
  };
  useEvery(every, again, id);
  const older = async () => {
    const cursor = timeline.loaded?.cursor;
    if (cursor === undefined || reading.current) return;
    reading.current = true;
    try {
      const page = await read(cursor);
      timeline.set((known) => (known?.cursor === cursor ? withOlder(known, page) : known));
      setOlderFault(undefined);
    } catch (failed) {
      setOlderFault(faultOf(failed));
    }
    reading.current = false;
  };
  return {
    conversation,
    loaded: timeline.loaded,
    fault: error === undefined ? undefined : faultOf(error),
    // An address that is no conversation's is refused as such.
    gone: error instanceof ApiError && ['not-found', 'invalid-input'].includes(error.code),
    older,
    olderFault,
    show: (entry) => timeline.set((known) => known && withEntry(known, entry)),
    again,
  };
}

/** What is known, and how it changes: an answer that was overtaken by a change is asked for again. */
function useLoaded() {
  const [loaded, setLoaded] = useState<Loaded>();
  const latest = useRef(loaded);
  const set = (next: (known: Loaded | undefined) => Loaded | undefined) => {
    latest.current = next(latest.current);
    setLoaded(latest.current);
  };
  async function change<T>(
    ask: (known: Loaded | undefined) => Promise<T>,
    into: (known: Loaded | undefined, answer: T) => Loaded,
  ): Promise<void> {
    for (;;) {
      const before = latest.current;
      const answer = await ask(before);
      if (latest.current === before) return set((known) => into(known, answer));
    }
  }
  return { loaded, set, change };
}
