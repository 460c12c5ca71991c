import { type CallEntry, type CallOutcome, type CallStepTaken, stepsOf } from '../conversations/callEntry.ts';
import type { CallScript, CallStep } from '../playbook/callScript.ts';
import { type CallEvent, type CallState, type Heard, move } from './callFlow.ts';
import { outcomeOf } from './callOutcome.ts';
import { standingOf, written } from './pending.ts';

/** More commands than any caller means: a call that goes round by itself is ended. */
const mostCommands = 300;

/** What an event changes of a call's entry, and the texts that go with it; nothing is written yet. */
export interface Turn {
  readonly call: CallEntry;
  /** Templates. */
  readonly texts: readonly string[];
  /** The call is over by this. */
  readonly ends: boolean;
}

export interface TurnAt {
  readonly now: number;
  readonly open: boolean;
  /** The claim on the command that the turn brings, if it brings one. */
  readonly claim: { readonly token: string; readonly until: number };
  /** Why the call ended so, if it ends here. */
  readonly end?: { readonly outcome?: CallOutcome | undefined; readonly reason: string } | undefined;
}

/** Takes an event up. Pure. `undefined`: it changes nothing. */
export function turn(call: CallEntry, event: CallEvent, script: CallScript, at: TurnAt): Turn | undefined {
  const { state } = standingOf(call);
  if (state.doing === 'over' && event.type === 'transferred') return passedOnAfterAll(call);
  const tooMany = call.command >= mostCommands && event.type !== 'disconnected';
  const moved = move(state, tooMany ? { type: 'tooLong' } : event, { script, open: at.open });
  const ends = moved.state.doing === 'over' && state.doing !== 'over';
  if (moved.state === state && moved.command === undefined && moved.texts.length === 0) return undefined;
  const next: CallEntry = {
    ...call,
    ...written({ state: moved.state, pending: moved.command }),
    steps: JSON.stringify([
      ...answeredIn(call, event, { state, script }),
      ...moved.visited.map((step) => ({ step, at: at.now })),
    ]),
    claimToken: undefined,
    claimUntil: undefined,
    ...(moved.command !== undefined && commanded(call, at)),
    ...(ends && ended(state, at)),
  };
  return { call: next, texts: moved.texts, ends };
}

/** Its end was told before what brought it. */
const passedOnAfterAll = (call: CallEntry): Turn | undefined =>
  call.outcome === 'transferred' ? undefined : { call: { ...call, outcome: 'transferred' }, texts: [], ends: true };

const commanded = (call: CallEntry, { now, claim }: TurnAt) => ({
  command: call.command + 1,
  firstSentAt: now,
  claimToken: claim.token,
  claimUntil: claim.until,
});

const ended = (state: CallState, { now, end }: TurnAt) => ({
  endedAt: now,
  outcome: end?.outcome ?? outcomeOf(state),
  endReason: end?.reason,
});

/** What was heard stands at the step that asked for it. */
function answeredIn(
  call: CallEntry,
  event: CallEvent,
  { state: { doing, step }, script }: { readonly state: CallState; readonly script: CallScript },
): readonly CallStepTaken[] {
  const steps = stepsOf(call);
  const asked = steps.at(-1);
  if (event.type !== 'heard' || doing !== 'asking' || asked === undefined) return steps;
  return [...steps.slice(0, -1), { ...asked, heard: inWords(event.heard, script.steps.get(step)) }];
}

/** What an agent is shown: the keys, or the words. */
function inWords(heard: Heard, asked: CallStep | undefined): string {
  if ('keys' in heard) return heard.keys.join('');
  if ('speech' in heard) return heard.speech;
  const key = asked?.type === 'menu' ? asked.choices[heard.choice]?.key : undefined;
  return heard.words ?? key ?? `choice ${heard.choice + 1}`;
}
