import { useSyncExternalStore } from 'react';

/**
 * Texts that the tab keeps by name in its session storage: they outlive another place in the console, a reload and a sign-in,
 * and are gone with the tab.
 */
const prefix = 'switchboard.';
/** What the tab would not store, because it is full: kept as long as the page stands. */
const unstored = new Map<string, string>();
const listeners = new Set<() => void>();

export const kept = (name: string): string => unstored.get(name) ?? sessionStorage.getItem(prefix + name) ?? '';

export function keep(name: string, text: string): void {
  unstored.delete(name);
  sessionStorage.removeItem(prefix + name);
  try {
    if (text !== '') sessionStorage.setItem(prefix + name, text);
  } catch {
    unstored.set(name, text);
  }
  for (const tell of listeners) tell();
}

/** Nobody who signs in here next is shown what the last one wrote. */
export function forgetAll(): void {
  unstored.clear();
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}

export const useKept = (name: string): string => useSyncExternalStore(subscribe, () => kept(name));

function subscribe(look: () => void): () => void {
  listeners.add(look);
  return () => listeners.delete(look);
}
