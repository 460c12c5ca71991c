import type { CallEntry } from '../conversations/callEntry.ts';
import type { CallCommand, CallState } from './callFlow.ts';

/** What a call's entry holds as text: where the call stands and the command that is under way, if one is. */
export interface Standing {
  readonly state: CallState;
  readonly pending: CallCommand | undefined;
}

export const standingOf = ({ state, pending }: Pick<CallEntry, 'state' | 'pending'>): Standing => ({
  state: JSON.parse(state),
  pending: pending === undefined ? undefined : JSON.parse(pending),
});

export const written = ({ state, pending }: Standing): Pick<CallEntry, 'state' | 'pending'> => ({
  state: JSON.stringify(state),
  pending: pending && JSON.stringify(pending),
});
