import { useEffect, useRef } from 'react';
import { type Loaded, mayBeOlder } from './store.ts';

/** The id of an entry's element in the page. */
export const elementOf = (entry: string): string => `entry-${entry}`;

/**
 * Leads to the entry that the address names, once: reads older pages until it is there, then shows and focuses it.
 * `missing`: there is no such entry.
 */
export function useTarget(
  target: string | undefined,
  loaded: Loaded | undefined,
  older: () => Promise<void>,
): 'none' | 'looking' | 'shown' | 'missing' {
  const reached = useRef<string>(undefined);
  const known = target !== undefined && loaded?.entries.some(({ id }) => id === target);
  const standing = (() => {
    if (target === undefined || loaded === undefined) return 'none';
    if (known) return 'shown';
    return mayBeOlder(loaded, target) ? 'looking' : 'missing';
  })();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that was read is a reason to look again
  useEffect(() => {
    if (standing === 'looking') void older();
    if (standing !== 'shown' || target === undefined || reached.current === target) return;
    reached.current = target;
    const element = document.getElementById(elementOf(target));
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }, [standing, target, loaded]);
  return standing;
}
