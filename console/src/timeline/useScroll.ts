import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Pixels from the end that still count as being there. */
const near = 32;

export interface Scroll {
  readonly atEnd: boolean;
  /** There is something new that has not been looked at. */
  readonly below: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
}

/**
 * Keeps a list where its reader is: at the end, who is there; otherwise at what is being read, whatever is put before it.
 * `first` and `last` are ids of elements; the first is what the rest is measured from.
 */
export function useScroll(
  list: RefObject<HTMLElement | null>,
  { first, last, startsAtEnd }: { readonly first?: string; readonly last?: string; readonly startsAtEnd: boolean },
): Scroll {
  const [atEnd, setAtEnd] = useState(startsAtEnd);
  const [seen, setSeen] = useState(last);
  const mark = useRef<{ readonly id: string; readonly top: number }>(undefined);
  const follow = useRef(atEnd);
  follow.current = atEnd;
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    const marked = mark.current && document.getElementById(mark.current.id);
    if (follow.current) box.scrollTop = box.scrollHeight;
    else if (mark.current && marked) box.scrollTop += marked.offsetTop - mark.current.top;
    const top = first === undefined ? undefined : document.getElementById(first)?.offsetTop;
    mark.current = first === undefined || top === undefined ? undefined : { id: first, top };
  });
  useEffect(() => {
    if (atEnd) setSeen(last);
  }, [atEnd, last]);
  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => {
      if (follow.current) box.scrollTop = box.scrollHeight;
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [list]);
  return {
    atEnd,
    below: !atEnd && seen !== last,
    onScroll() {
      const box = list.current;
      if (box !== null) setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < near);
    },
    toEnd: () => setAtEnd(true),
  };
}
