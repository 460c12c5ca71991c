import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Api, Conversation } from '../api/client.ts';
import type { Loaded } from './store.ts';

/**
 * Marks a conversation as read up to its latest entry, once that is in view: of the page, and of the reader, which is told
 * by what is given back.
 */
export function useReadMark(api: Api, { id, unread }: Conversation, { entries }: Loaded): (atEnd: boolean) => void {
  const [atEnd, setAtEnd] = useState(false);
  const inView = useSyncExternalStore(subscribe, () => document.visibilityState === 'visible');
  const last = entries.at(-1)?.id;
  useEffect(() => {
    // What is not marked now is marked when the next answer still says unread.
    if (unread && atEnd && inView && last !== undefined) void api.update(id, { readTo: last }).catch(() => {});
  }, [api, id, unread, atEnd, inView, last]);
  return setAtEnd;
}

function subscribe(look: () => void): () => void {
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}
