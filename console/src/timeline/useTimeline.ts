import { useState } from 'react';
import type { Api, Conversation, Entry } from '../api/client.ts';
import { useEvery } from '../app/useEvery.ts';

export interface TimelineState {
  readonly conversation: Conversation | undefined;
  /** Oldest first. */
  readonly entries: readonly Entry[];
  readonly more: boolean;
  readonly error: Error | undefined;
  readonly older: () => Promise<void>;
  /** Reads it now. */
  readonly again: () => Promise<void>;
}

const every = 2_000;

/** A conversation and what stands on its timeline, read again and again. */
export function useTimeline(api: Api, id: string): TimelineState {
  const [conversation, setConversation] = useState<Conversation>();
  const [latest, setLatest] = useState<readonly Entry[]>([]);
  const [rest, setRest] = useState<readonly Entry[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [error, setError] = useState<Error>();
  const again = async () => {
    try {
      const [head, page] = await Promise.all([api.conversation(id), api.entries(id)]);
      setConversation(head);
      setLatest(page.items);
      if (rest.length === 0) setCursor(page.cursor);
      setError(undefined);
    } catch (failed) {
      setError(failed instanceof Error ? failed : new Error(String(failed)));
      throw failed;
    }
  };
  useEvery(every, again, id);
  const known = new Set(latest.map((entry) => entry.id));
  return {
    conversation,
    entries: [...latest, ...rest.filter((entry) => !known.has(entry.id))].toReversed(),
    more: cursor !== undefined,
    error,
    async older() {
      if (cursor === undefined) return;
      const page = await api.entries(id, cursor);
      setRest((before) => [...(before.length === 0 ? latest : before), ...page.items]);
      setCursor(page.cursor);
    },
    again,
  };
}
