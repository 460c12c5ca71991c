import type { CallOutcome } from '../conversations/callEntry.ts';
import type { CallState } from './callFlow.ts';

/** What became of a call that was disconnected while it stood so. */
export function outcomeOf({ doing, recorded, chosen }: CallState): CallOutcome {
  if (doing === 'connecting') return 'missed';
  if (doing === 'transferred') return 'transferred';
  if (recorded) return 'voicemail';
  return chosen || doing === 'ending' ? 'answered' : 'abandoned';
}
