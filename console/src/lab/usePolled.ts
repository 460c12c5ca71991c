import { useCallback, useEffect, useState } from 'react';

/** What was last read, why it could not be read if so, and a way to read it now. */
export interface Polled<T> {
  readonly value: T | undefined;
  readonly error: string | undefined;
  readonly again: () => void;
}

/** Reads at once, and every so many milliseconds while the page is in view. */
export function usePolled<T>(read: () => Promise<T>, every: number): Polled<T> {
  const [value, setValue] = useState<T>();
  const [error, setError] = useState<string>();
  const look = useCallback(async () => {
    try {
      setValue(await read());
      setError(undefined);
    } catch (failed) {
      setError(failed instanceof Error ? failed.message : String(failed));
    }
  }, [read]);
  useEffect(() => {
    void look();
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look();
    }, every);
    return () => clearInterval(timer);
  }, [look, every]);
  return { value, error, again: () => void look() };
}
