import { type RefObject, useEffect, useRef } from 'react';
import { type Place, pathOf } from './place.ts';

const titles: Readonly<Record<Place['at'], string>> = { inbox: 'Inbox', conversation: 'Conversation', lab: 'Lab' };

/**
 * Names the page by where one is, without a number, which the browser's history would keep. If what had the focus is no longer
 * to be seen there, `main` has it, so that the keyboard goes on from the place and not from the top of the page.
 */
export function useArrival(place: Place, main: RefObject<HTMLElement | null>): void {
  const path = pathOf(place);
  const before = useRef(path);
  useEffect(() => {
    document.title = `${titles[place.at]} · Switchboard`;
    if (before.current === path) return;
    before.current = path;
    // A dialog that closes gives the focus back in the frame after this; the second one knows where it went.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const { activeElement, body } = document;
        if (activeElement === null || activeElement === body || !activeElement.checkVisibility()) main.current?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [place.at, path, main]);
}
