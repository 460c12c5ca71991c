import { useSyncExternalStore } from 'react';

/** Where one is in the console; each has an address of its own, which outlives a reload. */
export type Place =
  | { readonly at: 'inbox' }
  | { readonly at: 'conversation'; readonly id: string }
  | { readonly at: 'lab' };

const base = '/console/';

function placeOf(path: string): Place {
  const [first = '', id] = path.slice(base.length).split('/');
  if (first === 'lab') return { at: 'lab' };
  return first === 'c' && id !== undefined && id !== '' ? { at: 'conversation', id } : { at: 'inbox' };
}

export function pathOf(place: Place): string {
  if (place.at === 'conversation') return `${base}c/${place.id}`;
  return place.at === 'lab' ? `${base}lab` : base;
}

const moved = 'switchboard-moved';

export function goTo(place: Place): void {
  history.pushState(undefined, '', pathOf(place));
  window.dispatchEvent(new Event(moved));
}

function subscribe(look: () => void): () => void {
  window.addEventListener('popstate', look);
  window.addEventListener(moved, look);
  return () => {
    window.removeEventListener('popstate', look);
    window.removeEventListener(moved, look);
  };
}

export const usePlace = (): Place => placeOf(useSyncExternalStore(subscribe, () => location.pathname));
