import type { Answer } from './answer.ts';

const mishaps = ['status429', 'status5xx', 'timeout', 'lostAnswer'] as const;

export type Mishap = (typeof mishaps)[number];

/** How often each happens, 0 to 1, and what Retry-After says of a 429; `sms` and `identity` of the dials have these. */
export type MishapDials = Readonly<Record<Mishap, number>> & { readonly retryAfterSeconds?: number | undefined };

/** What befalls a request, each mishap by a number of its own. */
export const drawMishap = (draw: () => number, dials: MishapDials): Mishap | undefined =>
  mishaps.find((mishap) => draw() < dials[mishap]);

interface Crowded {
  readonly dials: MishapDials;
  readonly refusal: { readonly status: number; readonly body: unknown };
  /** Whether a 429 has the header at all. */
  readonly retryAfter: boolean;
  /** Milliseconds until there is room, where that is known. */
  readonly wait?: number | undefined;
}

/** A 429. The dial's word on when to come again goes before what is known. */
export function tooMany({ dials, refusal, retryAfter, wait }: Crowded): Answer {
  const known = wait === undefined ? undefined : Math.ceil(wait / 1_000);
  return { type: 'answer', ...refusal, retryAfter: retryAfter ? (dials.retryAfterSeconds ?? known) : undefined };
}
