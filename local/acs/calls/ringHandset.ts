import { randomUUID } from 'node:crypto';
import type { Call, Leg, RingEnd } from './call.ts';
import type { Desk } from './desk.ts';
import type { Identifier } from './identifiers.ts';
import type { Cancel } from './pace.ts';

export const newLeg = (identifier: Identifier, state: Leg['state']): Leg => ({
  identifier,
  participantId: randomUUID(),
  state,
  isMuted: false,
  isOnHold: false,
});

export interface Ringing {
  readonly target: Identifier;
  /** In milliseconds of the real world. */
  readonly patience: number;
  /** Told once. If it was answered the leg is connected already, else it has left. */
  readonly onEnd: (how: RingEnd, leg: Leg) => void;
}

/** Rings somebody's handset, which does what it was told to, or what its dial says, or waits for somebody. */
export function ringHandset(desk: Desk, call: Call, { target, patience, onEnd }: Ringing): Leg {
  const leg = newLeg(target, 'ringing');
  const timers: Cancel[] = [];
  leg.settle = (how) => {
    leg.settle = undefined;
    for (const cancel of timers) cancel();
    leg.state = how === 'answered' ? 'connected' : 'left';
    onEnd(how, leg);
  };
  call.legs.push(leg);
  const { waitScale } = desk.dials().calls;
  if (waitScale > 0 || behaviourOf(desk, target) === 'ring') {
    timers.push(desk.pace.wait(patience * waitScale, () => leg.settle?.('unanswered')));
  }
  const own = ownEnd(desk, target);
  if (own !== undefined) timers.push(desk.pace.act(own.after, () => leg.settle?.(own.how)));
  return leg;
}

const behaviourOf = ({ handsets, dials }: Desk, { rawId }: Identifier) => handsets.get(rawId) ?? dials().calls.handset;

/** How and when its ringing ends by itself, if it does. */
function ownEnd(desk: Desk, target: Identifier): { readonly how: RingEnd; readonly after: number } | undefined {
  const { handsetMs, waitScale } = desk.dials().calls;
  const after = handsetMs * waitScale;
  switch (behaviourOf(desk, target)) {
    case 'ring':
      return undefined;
    case 'busy':
      return { how: 'busy', after: 0 };
    case 'answer':
      return { how: 'answered', after };
    case 'decline':
      return { how: 'declined', after };
  }
}
