/** Instants in words of the reader's language. `zone`: the reader's own unless named. */

/** The day of an instant as its reader's calendar has it. */
export const dayOf = (iso: string, zone?: string): string =>
  new Date(iso).toLocaleDateString([], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  });

export const clockOf = (iso: string, zone?: string): string =>
  new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', timeZone: zone });

/** With date, seconds and the zone's name. */
export const inFull = (iso: string, zone?: string): string =>
  new Date(iso).toLocaleString([], { dateStyle: 'full', timeStyle: 'long', timeZone: zone });
