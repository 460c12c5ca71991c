import type { PhoneNumber } from '../core/phoneNumbers.ts';
import { msOf, type Ticks } from '../core/time.ts';
import type { CallScript, StepName } from '../playbook/callScript.ts';
import { isOpen } from '../playbook/openingHours.ts';
import type { Playbook } from '../playbook/playbook.ts';

/** A call that rings at one of our numbers. */
export interface Ring {
  readonly service: PhoneNumber;
  /** `anonymous` when the caller withholds the number. */
  readonly subscriber: PhoneNumber;
  readonly at: Ticks;
  readonly correlationId: string;
  readonly serverCallId: string;
  /** What the provider wants back to let us answer. */
  readonly context: string;
}

/** What becomes of a ring. `miss`: it is kept as missed, and why. */
export type RingDecision =
  | { readonly type: 'answer'; readonly step: StepName }
  | { readonly type: 'reject'; readonly reason: 'busy' | 'forbidden' }
  | { readonly type: 'redirect'; readonly to: string }
  | { readonly type: 'miss'; readonly reason: string };

/** `within`: milliseconds for which a ring can be answered; `now`: milliseconds since 1970. */
export function decideRing(
  ring: Ring,
  playbook: Playbook,
  { now, within }: { now: number; within: number },
): RingDecision {
  const { calls: script } = playbook;
  if (script === undefined) return { type: 'miss', reason: 'The playbook does not say how calls are answered.' };
  if (now - msOf(ring.at) > within) return { type: 'miss', reason: 'We learned of it when it had stopped ringing.' };
  if (script.blocked.has(ring.subscriber)) return { type: 'reject', reason: 'forbidden' };
  return isClosed(playbook, now) ? whileClosed(script) : { type: 'answer', step: script.start };
}

const isClosed = ({ hours }: Playbook, now: number): boolean => hours !== undefined && !isOpen(hours, now);

function whileClosed({ closed, start }: CallScript): RingDecision {
  switch (closed?.type) {
    case undefined:
      return { type: 'answer', step: start };
    case 'go':
      return { type: 'answer', step: closed.go };
    case 'reject':
      return { type: 'reject', reason: 'busy' };
    case 'redirect':
      return { type: 'redirect', to: closed.to };
  }
}
