import type { CallSignal } from '../../shared/calls/advanceCall.ts';
import type { CallControl, CallOrder, OrderIdentity, OrderOutcome, Spoken } from '../../shared/calls/callControl.ts';
import type { CallEvent } from '../../shared/calls/callFlow.ts';

/** What the caller does whenever they are listened to. */
export type Turn = 'silence' | 'hangs up' | { readonly keys: string } | { readonly speech: string };

const connection = 'connection-1';
export const serverCallId = 'server-call-1';

/**
 * A provider with one call, which behaves as ACS: a repeated order with the same id is the first one, nothing is taken once the
 * call is over, and each order but the instant ones is followed by an event. `caller`: what they do, in turn; then they hang up.
 */
export function fakeCalls(caller: readonly Turn[], takesTransfers = true) {
  const turns = [...caller];
  const events: CallSignal[] = [];
  const log: string[] = [];
  const taken = new Map<string, OrderOutcome>();
  let state: 'ringing' | 'connected' | 'over' = 'ringing';
  let recordings = 0;

  const tell = (event: CallEvent, operationContext?: string) =>
    events.push({ event, operationContext, callConnectionId: connection, serverCallId });
  const end = () => {
    if (state !== 'over') tell({ type: 'disconnected' });
    state = 'over';
  };

  function listened(context: string): void {
    const turn = turns.shift() ?? 'hangs up';
    if (turn === 'hangs up') end();
    else if (turn === 'silence') tell({ type: 'silence' }, context);
    else if ('keys' in turn) tell({ type: 'heard', heard: { keys: [...turn.keys] as never } }, context);
    else tell({ type: 'heard', heard: { speech: turn.speech } }, context);
  }

  function carriedOut(order: CallOrder, context: string): OrderOutcome {
    const over: OrderOutcome = { type: 'over', code: '8522', reason: 'The call is over.' };
    if (order.type === 'answer' || order.type === 'create') {
      if (state !== 'ringing') return over;
      state = 'connected';
      tell({ type: 'connected' }, context);
      return { type: 'accepted', callConnectionId: connection, serverCallId };
    }
    if (order.type === 'reject' || order.type === 'redirect') {
      if (state !== 'ringing') return over;
      state = 'over';
      return { type: 'accepted' };
    }
    if (state !== 'connected') return over;
    if (order.type === 'play') tell({ type: 'played' }, context);
    if (order.type === 'listen') listened(context);
    if (order.type === 'transfer') {
      tell({ type: takesTransfers ? 'transferred' : 'failed' }, context);
      if (takesTransfers) end();
    }
    if (order.type === 'hangUp') end();
    if (order.type !== 'startRecording') return { type: 'accepted' };
    recordings += 1;
    return { type: 'accepted', recordingId: `recording-${recordings}` };
  }

  const control: CallControl = {
    async carryOut(order: CallOrder, { repeatabilityId, operationContext }: OrderIdentity) {
      const before = taken.get(repeatabilityId);
      const repeatable = order.type !== 'play' && order.type !== 'listen';
      if (before !== undefined && repeatable) return before;
      const outcome = carriedOut(order, operationContext);
      if (outcome.type === 'accepted') log.push(`${operationContext} ${inShort(order)}`);
      taken.set(repeatabilityId, outcome);
      return outcome;
    },
    standing: async () => (state === 'over' ? 'gone' : state),
  };
  return { control, events, log, end, state: () => state };
}

export type FakeCalls = ReturnType<typeof fakeCalls>;

function inShort(order: CallOrder): string {
  if (order.type === 'transfer') return `transfer ${order.to}`;
  const said = 'spoken' in order && order.spoken !== undefined ? ` ${saidIn(order.spoken)}` : '';
  return `${order.type}${said}`;
}

const saidIn = (spoken: Spoken): string => {
  if (spoken.type === 'text') return spoken.text;
  return spoken.type === 'file' ? (spoken.url.split('/').at(-1) ?? '') : spoken.ssml;
};
