import type { Key } from '../core/tones.ts';
import type { CallScript, CallStep, Choice, Prompt, StepName } from '../playbook/callScript.ts';

/** What we are waiting for: everything but `over` is ended by an event. */
export type Doing =
  | 'connecting'
  | 'saying'
  | 'tone'
  | 'asking'
  | 'starting'
  | 'recording'
  | 'stopping'
  | 'transferring'
  | 'transferred'
  | 'ending'
  | 'over';

/** Where a call stands; small, and kept on its entry between any two events. */
export interface CallState {
  /** Where it is; while connecting, where it will begin. */
  readonly step: StepName;
  readonly doing: Doing;
  /** How often the question at hand was not answered. */
  readonly misses: number;
  /** Whether the caller has chosen or entered anything. */
  readonly chosen: boolean;
  readonly recorded: boolean;
}

/** What the caller did, or what became of our command. */
export type CallEvent =
  | { readonly type: 'connected' }
  | { readonly type: 'played' }
  | { readonly type: 'heard'; readonly heard: Heard }
  | { readonly type: 'silence' }
  | { readonly type: 'misunderstood' }
  /** Of a command that is carried out at once: a recording has been started, or stopped. */
  | { readonly type: 'done' }
  | { readonly type: 'transferred' }
  /** The command came to nothing; the call goes on. */
  | { readonly type: 'failed' }
  | { readonly type: 'tooLong' }
  | { readonly type: 'disconnected' };

export type Heard =
  | { readonly keys: readonly Key[] }
  /** The choice, by its place in the menu, and its words if it was spoken. */
  | { readonly choice: number; readonly words?: string | undefined }
  | { readonly speech: string };

/** What is listened for: one of the choices, so many digits (# ends fewer), or the end of a message (#, silence). */
export type Listening =
  | { readonly type: 'choice'; readonly choices: readonly Choice[] }
  | { readonly type: 'digits'; readonly most: number }
  | { readonly type: 'endOfMessage' };

/** What the provider is to do next; one at a time. `seconds`: how long to wait for the caller to begin. */
export type CallCommand =
  | { readonly type: 'play'; readonly prompt: Prompt | 'tone' }
  | { readonly type: 'listen'; readonly prompt: Prompt | undefined; readonly to: Listening; readonly seconds: number }
  | { readonly type: 'startRecording' }
  | { readonly type: 'stopRecording' }
  | { readonly type: 'transfer'; readonly to: string }
  | { readonly type: 'hangUp' };

/** What an event brings about. */
export interface Moved {
  readonly state: CallState;
  readonly command?: CallCommand | undefined;
  /** Texts to the caller, templates still to be filled in. */
  readonly texts: readonly string[];
  /** The steps that were come to, in order. */
  readonly visited: readonly StepName[];
}

/** What the rules look at besides the event. */
export interface Setting {
  readonly script: CallScript;
  /** Whether the business is open. */
  readonly open: boolean;
}

/** The state of a call that is being answered, or made, and is to begin with a step. */
export const beginning = (step: StepName): CallState => ({
  step,
  doing: 'connecting',
  misses: 0,
  chosen: false,
  recorded: false,
});

/** Everything that can happen on a call, with no clock and no network. An event that does not fit changes nothing. */
export function move(state: CallState, event: CallEvent, setting: Setting): Moved {
  if (state.doing === 'over') return stay(state);
  if (event.type === 'disconnected') return stay({ ...state, doing: 'over' });
  if (event.type === 'tooLong') return isLeaving(state) ? stay(state) : hangUp(state);
  const step = setting.script.steps.get(state.step);
  if (step === undefined) return isLeaving(state) ? stay(state) : hangUp(state);
  return reactions[state.doing](state, event, { ...setting, step });
}

const isLeaving = ({ doing }: CallState): boolean => doing === 'ending' || doing === 'transferred';

interface At extends Setting {
  readonly step: CallStep;
}

type Reaction = (state: CallState, event: CallEvent, at: At) => Moved;

const whenEnded =
  (next: Reaction): Reaction =>
  (state, event, at) =>
    event.type === 'played' || event.type === 'failed' ? next(state, event, at) : stay(state);

const reactions: Readonly<Record<Exclude<Doing, 'over'>, Reaction>> = {
  connecting: (state, { type }, at) => (type === 'connected' ? enter(state, state.step, at) : stay(state)),
  saying: whenEnded((state, _, at) => afterSaying(state, at)),
  tone: whenEnded((state) => ({ ...stay({ ...state, doing: 'starting' }), command: { type: 'startRecording' } })),
  asking: answered,
  starting: started,
  recording: (state, { type }) => (isEndOfMessage(type) ? stop(state) : stay(state)),
  stopping: (state, { type }, at) =>
    type === 'done' || type === 'failed' ? enter(state, goOf(at.step), at) : stay(state),
  transferring: transferEnded,
  transferred: stay,
  ending: (state, { type }) => stay(type === 'failed' ? { ...state, doing: 'over' } : state),
};

function stay(state: CallState): Moved {
  return { state, texts: [], visited: [] };
}

const hangUp = (state: CallState): Moved => ({ ...stay({ ...state, doing: 'ending' }), command: { type: 'hangUp' } });

const stop = (state: CallState): Moved => ({
  ...stay({ ...state, doing: 'stopping' }),
  command: { type: 'stopRecording' },
});

const say = (state: CallState, prompt: Prompt): Moved => ({
  ...stay({ ...state, doing: 'saying' }),
  command: { type: 'play', prompt },
});

const transfer = (state: CallState, to: string): Moved => ({
  ...stay({ ...state, doing: 'transferring' }),
  command: { type: 'transfer', to },
});

const isEndOfMessage = (type: CallEvent['type']): boolean =>
  ['heard', 'silence', 'misunderstood', 'failed'].includes(type);

const goOf = (step: CallStep): StepName | undefined => ('go' in step ? step.go : undefined);

/** Comes to a step; those that take no time are passed through. The playbook has no round of them. */
function enter(state: CallState, name: StepName | undefined, { script, open }: Setting): Moved {
  const texts: string[] = [];
  const visited: StepName[] = [];
  let next = name;
  while (next !== undefined) {
    const step = script.steps.get(next);
    if (step === undefined) break;
    visited.push(next);
    if (step.type === 'text') texts.push(step.text);
    else if (step.type !== 'hours') return { ...begin({ ...state, step: next, misses: 0 }, step), texts, visited };
    next = step.type === 'hours' ? step[open ? 'open' : 'closed'] : step.go;
  }
  return { ...hangUp({ ...state, step: visited.at(-1) ?? state.step }), texts, visited };
}

function begin(state: CallState, step: Exclude<CallStep, { type: 'text' | 'hours' }>): Moved {
  switch (step.type) {
    case 'say':
    case 'voicemail':
      return say(state, step.prompt);
    case 'menu':
    case 'ask':
      return ask(state, step, step.prompt);
    case 'transfer':
      return step.prompt === undefined ? transfer(state, step.to) : say(state, step.prompt);
    case 'hangUp':
      return step.prompt === undefined ? hangUp(state) : say(state, step.prompt);
  }
}

function afterSaying(state: CallState, at: At): Moved {
  const { step } = at;
  if (step.type === 'voicemail')
    return { ...stay({ ...state, doing: 'tone' }), command: { type: 'play', prompt: 'tone' } };
  if (step.type === 'transfer') return transfer(state, step.to);
  return step.type === 'say' ? enter(state, step.go, at) : hangUp(state);
}

type Question = Extract<CallStep, { type: 'menu' | 'ask' }>;

function ask(state: CallState, step: Question, prompt: Prompt): Moved {
  const to: Listening =
    step.type === 'menu' ? { type: 'choice', choices: step.choices } : { type: 'digits', most: step.digits };
  return {
    ...stay({ ...state, doing: 'asking' }),
    command: { type: 'listen', prompt, to, seconds: step.seconds },
  };
}

function answered(state: CallState, event: CallEvent, at: At): Moved {
  const { step } = at;
  if (step.type !== 'menu' && step.type !== 'ask') return hangUp(state);
  if (!['heard', 'silence', 'misunderstood', 'failed'].includes(event.type)) return stay(state);
  const go = event.type === 'heard' ? answerTo(step, event.heard) : undefined;
  if (go !== undefined) return enter({ ...state, chosen: true }, go.next, at);
  const missed = { ...state, misses: state.misses + 1 };
  if (missed.misses >= step.tries) return enter(missed, step.otherwise, at);
  return ask(missed, step, (step.type === 'menu' ? step.again : undefined) ?? step.prompt);
}

/** Where an answer leads (nowhere: the call ends); `undefined`: it is no answer to this. */
function answerTo(step: Question, heard: Heard): { readonly next: StepName | undefined } | undefined {
  if (step.type === 'ask') return 'keys' in heard && heard.keys.some(isDigit) ? { next: step.go } : undefined;
  const choice = chosenFrom(step.choices, heard);
  return choice && { next: choice.go };
}

const isDigit = (key: Key): boolean => key !== '*' && key !== '#';

function chosenFrom(choices: readonly Choice[], heard: Heard): Choice | undefined {
  if ('choice' in heard) return choices[heard.choice];
  return 'keys' in heard ? choices.find(({ key }) => key !== undefined && key === heard.keys[0]) : undefined;
}

function started(state: CallState, { type }: CallEvent, at: At): Moved {
  if (type === 'failed') return enter(state, goOf(at.step), at);
  if (type !== 'done' || at.step.type !== 'voicemail') return stay(state);
  const command = {
    type: 'listen',
    prompt: undefined,
    to: { type: 'endOfMessage' },
    seconds: at.step.seconds,
  } as const;
  return { ...stay({ ...state, doing: 'recording', recorded: true }), command };
}

function transferEnded(state: CallState, { type }: CallEvent, at: At): Moved {
  if (type === 'transferred') return stay({ ...state, doing: 'transferred' });
  return type === 'failed' && at.step.type === 'transfer' ? enter(state, at.step.otherwise, at) : stay(state);
}
