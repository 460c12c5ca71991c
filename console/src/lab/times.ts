/** To the second, as clocks here show it. */
export const clock = (iso: string): string => new Date(iso).toLocaleTimeString([], { hour12: false });

/** To the millisecond. */
export const exact = (iso: string): string => {
  const at = new Date(iso);
  return `${clock(iso)}.${String(at.getMilliseconds()).padStart(3, '0')}`;
};

/** How long after: `+0.25 s`. */
export const after = (from: string, to: string): string =>
  `${Date.parse(to) < Date.parse(from) ? '−' : '+'}${(Math.abs(Date.parse(to) - Date.parse(from)) / 1_000).toFixed(2)} s`;
