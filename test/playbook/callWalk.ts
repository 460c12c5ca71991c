import {
  beginning,
  type CallEvent,
  type CallState,
  type Heard,
  type Moved,
  move,
} from '../../shared/calls/callFlow.ts';
import { outcomeOf } from '../../shared/calls/callOutcome.ts';
import type { Key } from '../../shared/core/tones.ts';
import type { CallScript, CallStep, Prompt } from '../../shared/playbook/callScript.ts';

/** What happens where it is not for us to say: a key, a choice in words, silence; somebody takes a call or does not. */
export type Turn = Key | { readonly choice: number } | 'silence' | 'taken' | 'not taken' | 'cannot record' | 'hangs up';

const spoken = (choice: number): string => `choice ${choice} in words`;

/** In how many ways a step can go on. */
function waysOf(step: CallStep): readonly string[] {
  switch (step.type) {
    case 'menu': {
      const keys = step.choices.flatMap(({ key }) => key ?? []);
      const words = step.choices.flatMap(({ phrases }, n) => (phrases.length > 0 ? [spoken(n)] : []));
      return [...keys, ...words, 'nothing'];
    }
    case 'ask':
      return ['digits', 'nothing'];
    case 'voicemail':
      return ['recorded', 'not recorded'];
    case 'transfer':
      return ['taken', 'not taken'];
    case 'hours':
      return ['open', 'closed'];
    case 'say':
    case 'text':
    case 'hangUp':
      return ['on'];
  }
}

/** Every way that there is from any step. */
export const branchesOf = ({ steps }: CallScript): readonly string[] =>
  [...steps].flatMap(([name, step]) => waysOf(step).map((way) => `${name}: ${way}`));

/** Where a call begins, and whether the business is open. */
export interface Beginning {
  readonly script: CallScript;
  readonly start: string;
  readonly open: boolean;
}

export interface Walked {
  /** Templates, or the files' names, in the order in which they are heard. */
  readonly said: readonly string[];
  readonly texts: readonly string[];
  readonly branches: readonly string[];
  readonly outcome: string;
  /** Turns that were left when the call was over. */
  readonly unused: number;
}

/** More events than any call without a round has. */
const most = 60;

/** Walks a script; what the provider does by itself happens by itself. Throws if the call does not end. */
export function walk({ script, start, open }: Beginning, turns: readonly Turn[]): Walked {
  const left = [...turns];
  const walked = { said: [] as string[], texts: [] as string[], branches: [] as string[] };
  let state = beginning(start);
  for (let n = 0; n < most; n++) {
    const event = next(state, left);
    const moved = move(state, event, { script, open });
    walked.said.push(...saidIn(moved));
    walked.texts.push(...moved.texts);
    walked.branches.push(...branchesIn({ script, before: state, event, moved, open }));
    if (moved.state.doing === 'over') return { ...walked, outcome: outcomeOf(state), unused: left.length };
    state = moved.state;
  }
  throw new Error(`The call does not end: it stands at ${state.step}, ${state.doing}.`);
}

function next({ doing }: CallState, left: Turn[]): CallEvent {
  if (doing === 'connecting') return { type: 'connected' };
  if (doing === 'saying' || doing === 'tone') return { type: 'played' };
  if (doing === 'stopping') return { type: 'done' };
  if (doing === 'starting') return { type: left[0] === 'cannot record' && left.shift() ? 'failed' : 'done' };
  if (doing === 'asking' || doing === 'recording') return heardIn(left.shift() ?? 'hangs up');
  if (doing === 'transferring') return { type: left.shift() === 'taken' ? 'transferred' : 'failed' };
  return { type: 'disconnected' };
}

function heardIn(turn: Turn): CallEvent {
  if (typeof turn === 'object') return { type: 'heard', heard: turn };
  if (turn === 'silence') return { type: 'silence' };
  return turn.length === 1 ? { type: 'heard', heard: { keys: [turn as Key] } } : { type: 'disconnected' };
}

function saidIn({ command }: Moved): readonly string[] {
  const prompt = command !== undefined && 'prompt' in command ? command.prompt : undefined;
  if (prompt === undefined) return [];
  return [prompt === 'tone' ? '(tone)' : wordsOf(prompt)];
}

function wordsOf(prompt: Prompt): string {
  if (prompt.type === 'text') return prompt.text;
  return prompt.type === 'file' ? prompt.file : prompt.ssml;
}

interface Passage {
  readonly script: CallScript;
  readonly before: CallState;
  readonly event: CallEvent;
  readonly moved: Moved;
  readonly open: boolean;
}

/** The ways that an event led: out of the step before, and through those that take no answer. */
function branchesIn({ script, before, event, moved, open }: Passage): readonly string[] {
  const step = script.steps.get(before.step);
  const answer = step && answerTo(step, { doing: before.doing, event, moved });
  const through = moved.visited.flatMap((name) => {
    const type = script.steps.get(name)?.type;
    if (type === 'hours') return [`${name}: ${open ? 'open' : 'closed'}`];
    return type === 'say' || type === 'text' || type === 'hangUp' ? [`${name}: on`] : [];
  });
  return answer === undefined ? through : [`${before.step}: ${answer}`, ...through];
}

/** By which of its ways a step was left; `undefined`: it was not, or it has but one. */
function answerTo(
  step: CallStep,
  { doing, event, moved }: Pick<Passage, 'event' | 'moved'> & Pick<CallState, 'doing'>,
): string | undefined {
  if (doing === 'transferring') return event.type === 'transferred' ? 'taken' : 'not taken';
  if (doing === 'stopping') return 'recorded';
  if (doing === 'starting') return event.type === 'failed' ? 'not recorded' : undefined;
  const leaves = moved.visited.length > 0 || moved.command?.type === 'hangUp';
  if (doing !== 'asking' || !leaves) return undefined;
  const heard = event.type === 'heard' ? heardAs(event.heard) : '';
  if (step.type === 'ask') return /\d/.test(heard) ? 'digits' : 'nothing';
  return waysOf(step).includes(heard) ? heard : 'nothing';
}

function heardAs(heard: Heard): string {
  if ('choice' in heard) return spoken(heard.choice);
  return 'keys' in heard ? heard.keys.join('') : heard.speech;
}
