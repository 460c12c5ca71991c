import { answerCall } from '../../shared/calls/answerCall.ts';
import type { CallServices } from '../../shared/calls/callServices.ts';
import { keepRecording } from '../../shared/calls/keepRecording.ts';
import { watchCall } from '../../shared/calls/watchCall.ts';
import { takeCallback } from '../../shared/runtime/takeCallback.ts';
import type { Mutant as MutantOfTexts } from '../simulation/mutant.ts';
import { useCases } from '../simulation/useCases.ts';

/** The shipped use cases of calls, as the triggers call them. */
const callUses = { answerCall, takeCallback, watchCall, keepRecording };

type CallUses = typeof callUses;
export type Uses = typeof useCases & CallUses;

/** A rule taken away: of texts as in the simulation, or of calls. */
export interface Mutant extends MutantOfTexts {
  /** Stands between the use cases of calls and their ports. */
  readonly callServices?: <S extends CallServices>(services: S) => S;
  /** Stands in the place of use cases of calls. */
  readonly callUses?: (shipped: CallUses) => Partial<CallUses>;
}

export const usesOf = (mutant: Mutant | undefined): Uses => ({
  ...useCases,
  ...mutant?.useCases?.(useCases),
  ...callUses,
  ...mutant?.callUses?.(callUses),
});
