import { useSyncExternalStore } from 'react';

/**
 * Texts that the tab keeps by name in its session storage: they outlive another place in the console, a reload and a sign-in,
 * and are gone with the tab.
 */
const prefix = 'switchboard.';
const listeners = new Set<() => void>();

export const kept = (name: string): string => sessionStorage.getItem(prefix + name) ?? '';

export function keep(name: string, text: string): void {
  if (text === '') sessionStorage.removeItem(prefix + name);
  else sessionStorage.setItem(prefix + name, text);
  for (const tell of listeners) tell();
}

/** Nobody who signs in here next is shown what the last one wrote. */
export function forgetAll(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(prefix)) sessionStorage.removeItem(name);
}

export const useKept = (name: string): string => useSyncExternalStore(subscribe, () => kept(name));

function subscribe(look: () => void): () => void {
  listeners.add(look);
  return () => listeners.delete(look);
}
