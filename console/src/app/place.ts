import { useSyncExternalStore } from 'react';

/** Where one is in the console; each has an address of its own, which outlives a reload. */
export type Place =
  | { readonly at: 'inbox' }
  | { readonly at: 'conversation'; readonly id: string; readonly entry?: string | undefined }
  | { readonly at: 'lab' };

const base = '/console/';

function placeOf(path: string): Place {
  const [first = '', id, e, entry] = path.slice(base.length).split('/');
  if (first === 'lab') return { at: 'lab' };
  if (first !== 'c' || id === undefined || id === '') return { at: 'inbox' };
  return { at: 'conversation', id, entry: e === 'e' && entry !== '' ? entry : undefined };
}

export function pathOf(place: Place): string {
  if (place.at === 'conversation')
    return place.entry === undefined ? `${base}c/${place.id}` : `${base}c/${place.id}/e/${place.entry}`;
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
