import type { CallState } from './callFlow.ts';

/** How a call ended. `missed`: nobody answered; `abandoned`: the caller hung up before choosing anything. */
export const callOutcomes = [
  'answered',
  'missed',
  'rejected',
  'redirected',
  'abandoned',
  'transferred',
  'voicemail',
  'failed',
] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** What became of a call that was disconnected while it stood so. */
export function outcomeOf({ doing, recorded, chosen }: CallState): CallOutcome {
  if (doing === 'connecting') return 'missed';
  if (doing === 'transferred') return 'transferred';
  if (recorded) return 'voicemail';
  return chosen || doing === 'ending' ? 'answered' : 'abandoned';
}
