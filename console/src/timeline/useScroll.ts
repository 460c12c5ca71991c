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

interface Measured {
  /** Of the whole list, and of what is seen of it, in pixels. */
  readonly height: number;
  readonly seen: number;
  /** What the rest is measured from, and where it was. */
  readonly id: string | undefined;
  readonly top: number;
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
  const before = useRef<Measured>(undefined);
  const settle = (box: HTMLElement) => {
    const was = before.current;
    // Where the reader was is asked of the list itself: what it told last may be older.
    const atEndBefore = was === undefined ? startsAtEnd : was.height - box.scrollTop - was.seen < near;
    const marked = was?.id === undefined ? undefined : document.getElementById(was.id);
    if (atEndBefore) scrollTo(box, box.scrollHeight);
    else if (was !== undefined && marked) scrollTo(box, box.scrollTop + marked.offsetTop - was.top);
    const top = (first === undefined ? undefined : document.getElementById(first)?.offsetTop) ?? 0;
    before.current = { height: box.scrollHeight, seen: box.clientHeight, id: first, top };
    setAtEnd(isAtEnd(box));
  };
  const settling = useRef(settle);
  settling.current = settle;
  useLayoutEffect(() => {
    if (list.current !== null) settle(list.current);
  });
  useEffect(() => {
    if (atEnd) setSeen(last);
  }, [atEnd, last]);
  useEffect(() => {
    const box = list.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => settling.current(box));
    watch.observe(box);
    return () => watch.disconnect();
  }, [list]);
  return {
    atEnd,
    below: !atEnd && seen !== last,
    onScroll() {
      const box = list.current;
      if (box !== null) setAtEnd(isAtEnd(box));
    },
    toEnd() {
      if (list.current !== null) scrollTo(list.current, list.current.scrollHeight);
    },
  };
}

const isAtEnd = (box: HTMLElement): boolean => box.scrollHeight - box.scrollTop - box.clientHeight < near;

/** At once: what is under way would be measured from the wrong place. */
const scrollTo = (box: HTMLElement, top: number): void => box.scrollTo({ top, behavior: 'instant' });
