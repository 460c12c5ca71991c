import { useEffect, useRef } from 'react';

/** Milliseconds between two looks while the page is out of view. */
const whileHidden = 30_000;
const longest = 60_000;

/**
 * Does something now and every so many milliseconds, one after the other, rarely while the page is out of view, and more and
 * more rarely while it fails, but at once when there is a connection again. Starts anew when `because` changes.
 */
export function useEvery(ms: number, act: () => Promise<void>, because: string): void {
  const latest = useRef(act);
  latest.current = act;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it starts anew for this reason
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let over = false;
    const look = async () => {
      clearTimeout(timer);
      try {
        await latest.current();
        failures = 0;
      } catch {
        failures += 1;
      }
      if (over) return;
      const pause = document.visibilityState === 'visible' ? Math.min(ms * 2 ** failures, longest) : whileHidden;
      // Another look may have ended meanwhile.
      clearTimeout(timer);
      timer = setTimeout(() => void look(), pause);
    };
    const shown = () => {
      if (document.visibilityState === 'visible') void look();
    };
    document.addEventListener('visibilitychange', shown);
    window.addEventListener('online', shown);
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
      window.removeEventListener('online', shown);
    };
  }, [ms, because]);
}
