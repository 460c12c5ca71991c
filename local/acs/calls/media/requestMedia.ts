import type { Call } from '../call.ts';
import type { Desk } from '../desk.ts';
import { refuse } from '../refusal.ts';
import { incompatible, type MediaKind } from '../rules.ts';
import type { MediaOperation } from './queue.ts';

/** What is under way on a call or waits to be. */
function kindsOf({ media, legs, isSendingTones }: Call): readonly MediaKind[] {
  return [
    ...media.operations().map(({ kind }) => kind),
    ...(isSendingTones ? (['sendDtmf'] as const) : []),
    ...(legs.some(({ tones }) => tones !== undefined) ? (['continuousDtmf'] as const) : []),
  ];
}

/** Refused if this may not be, or wait, beside what there is. */
export function needCompatible(call: Call, kind: MediaKind): void {
  const inTheWay = kindsOf(call).find((existing) => incompatible.while[existing]?.includes(kind));
  if (inTheWay !== undefined) refuse('incompatible', `${kind} cannot run or wait beside ${inTheWay}.`);
}

/** Begins it, or lets it wait; what is under way gives way to it if it interrupts. */
export function requestMedia(desk: Desk, call: Call, operation: MediaOperation, interrupts = false): void {
  if (interrupts) call.media.cancelAll(true);
  needCompatible(call, operation.kind);
  if (call.media.operations().length > 0 && desk.dials().switches.mediaBusy === 'refused') refuse('busy');
  call.media.add(operation);
}
