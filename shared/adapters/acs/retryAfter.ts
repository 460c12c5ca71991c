/** What of an SDK's error says when to come again. */
export interface WithResponse {
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

/** The answer's `Retry-After`, in seconds or as an HTTP date, as milliseconds from now. */
export function retryAfterOf(error: WithResponse, now: number): number | undefined {
  const header = error.response?.headers.get('retry-after');
  if (header === undefined) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.max(wait, 0);
}
