import { type Admission, createAdmission } from './admission.ts';
import { createLane, type Lane, type LaneParts } from './lane.ts';
import type { Subscription } from './subscription.ts';

/** One subscription at work: its handshake, and what travels to it. */
export interface Route {
  readonly subscription: Subscription;
  readonly admission: Admission;
  readonly lane: Lane;
}

export interface RouteParts extends LaneParts {
  readonly validationUrl: (code: string) => string | undefined;
}

export function createRoute(parts: RouteParts): Route {
  const lane = createLane(parts);
  const admission = createAdmission({ ...parts, onAdmitted: lane.open });
  return { subscription: parts.subscription, admission, lane };
}
