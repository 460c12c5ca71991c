import { useState } from 'react';
import type { Api, ApiError, Conversation, InboxQuery } from '../api/client.ts';
import { useEvery } from '../app/useEvery.ts';

export interface InboxState {
  readonly items: readonly Conversation[];
  readonly service: string | undefined;
  readonly serviceNumbers: readonly string[];
  /** There are older ones. */
  readonly more: boolean;
  readonly error: ApiError | Error | undefined;
  /** Reads a page more. */
  readonly older: () => Promise<void>;
}

/** Milliseconds. What is new shows within this. */
const every = 2_000;
const page = 30;

/** The latest, read again and again, before the older ones that were asked for. */
export function useInbox(api: Api, query: InboxQuery): InboxState {
  const [latest, setLatest] = useState<readonly Conversation[]>([]);
  const [rest, setRest] = useState<readonly Conversation[]>([]);
  const [cursor, setCursor] = useState<string>();
  const [numbers, setNumbers] = useState<{ service?: string; all: readonly string[] }>({ all: [] });
  const [error, setError] = useState<Error>();
  const because = JSON.stringify(query);
  const [shown, setShown] = useState(because);
  if (shown !== because) {
    setShown(because);
    setLatest([]);
    setRest([]);
    setCursor(undefined);
  }
  useEvery(
    every,
    async () => {
      try {
        const read = await api.inbox({ ...query, limit: page });
        setLatest(read.items);
        if (rest.length === 0) setCursor(read.cursor);
        setNumbers({ service: read.service, all: read.serviceNumbers });
        setError(undefined);
      } catch (failed) {
        setError(failed instanceof Error ? failed : new Error(String(failed)));
        throw failed;
      }
    },
    because,
  );
  const known = new Set(latest.map(({ id }) => id));
  return {
    items: [...latest, ...rest.filter(({ id }) => !known.has(id))],
    service: numbers.service,
    serviceNumbers: numbers.all,
    more: cursor !== undefined,
    error,
    async older() {
      if (cursor === undefined) return;
      const read = await api.inbox({ ...query, cursor, limit: page });
      setRest((before) => [...(before.length === 0 ? latest : before), ...read.items]);
      setCursor(read.cursor);
    },
  };
}
