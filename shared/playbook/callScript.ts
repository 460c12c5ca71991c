import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { Key } from '../core/tones.ts';
import type { CallsFile, PromptInFile, StepInFile } from './callsFile.ts';

/** What is heard: `text` is a template still to be filled in; `file` names one in the folder `prompts`. */
export type Prompt =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'ssml'; readonly ssml: string }
  | { readonly type: 'file'; readonly file: string };

export type StepName = string;

export interface Choice {
  readonly key?: Key | undefined;
  readonly phrases: readonly string[];
  readonly go: StepName;
}

/** A question, put at most `tries` times, with `seconds` to answer. */
interface Question {
  readonly prompt: Prompt;
  readonly seconds: number;
  readonly tries: number;
  readonly otherwise: StepName;
}

/** One thing that can happen on a call. Where `go` is absent the call ends after it. */
export type CallStep =
  | { readonly type: 'say'; readonly prompt: Prompt; readonly go: StepName | undefined }
  | ({ readonly type: 'menu'; readonly choices: readonly Choice[]; readonly again: Prompt | undefined } & Question)
  | ({ readonly type: 'ask'; readonly digits: number; readonly go: StepName | undefined } & Question)
  | { readonly type: 'text'; readonly text: string; readonly go: StepName | undefined }
  | { readonly type: 'voicemail'; readonly prompt: Prompt; readonly seconds: number; readonly go: StepName | undefined }
  | {
      readonly type: 'transfer';
      readonly to: string;
      readonly prompt: Prompt | undefined;
      readonly otherwise: StepName;
    }
  | { readonly type: 'hours'; readonly open: StepName; readonly closed: StepName }
  | { readonly type: 'hangUp'; readonly prompt: Prompt | undefined };

export type ClosedLine =
  | { readonly type: 'go'; readonly go: StepName }
  | { readonly type: 'reject' }
  | { readonly type: 'redirect'; readonly to: string };

/** How calls are answered, ready to be walked: every step that is named is there. */
export interface CallScript {
  readonly language: string;
  readonly voice: string | undefined;
  readonly start: StepName;
  readonly closed: ClosedLine | undefined;
  readonly blocked: ReadonlySet<PhoneNumber>;
  readonly outbound: ReadonlyMap<string, StepName>;
  readonly missedText: string | undefined;
  /** Milliseconds. */
  readonly longest: number;
  readonly steps: ReadonlyMap<StepName, CallStep>;
  /** The first place that needs speech (to be spoken or understood), for the fault when there is none; `undefined`: none does. */
  readonly needsSpeech: string | undefined;
  /** Every file that is played. */
  readonly files: readonly string[];
}

/** Where nothing says how calls are answered: what is under way is ended. */
export const noScript: CallScript = {
  language: 'en-US',
  voice: undefined,
  start: '',
  closed: undefined,
  blocked: new Set(),
  outbound: new Map(),
  missedText: undefined,
  longest: 0,
  steps: new Map(),
  needsSpeech: undefined,
  files: [],
};

/** Reads a part that has no faults. `language`: of the business. */
export function callScriptOf(file: CallsFile, language: string): CallScript {
  const steps = new Map(Object.entries(file.steps).map(([name, step]) => [name, stepOf(step)]));
  return {
    language: file.language ?? language,
    voice: file.voice,
    start: file.start,
    closed: file.closed && closedLineOf(file.closed),
    blocked: new Set(file.blocked as PhoneNumber[]),
    outbound: new Map(Object.entries(file.outbound)),
    missedText: file.missedText,
    longest: file.longestSeconds * 1_000,
    steps,
    needsSpeech: speechIn(steps),
    files: [...steps.values()].flatMap(promptsOf).flatMap((prompt) => (prompt.type === 'file' ? [prompt.file] : [])),
  };
}

function promptOf(prompt: PromptInFile): Prompt {
  if (typeof prompt === 'string') return { type: 'text', text: prompt };
  return 'ssml' in prompt ? { type: 'ssml', ...prompt } : { type: 'file', ...prompt };
}

const optional = (prompt: PromptInFile | undefined): Prompt | undefined =>
  prompt === undefined ? undefined : promptOf(prompt);

function stepOf(step: StepInFile): CallStep {
  const { go } = step;
  if (step.say !== undefined) return { type: 'say', prompt: promptOf(step.say), go };
  if (step.menu !== undefined)
    return {
      ...step.menu,
      type: 'menu',
      prompt: promptOf(step.menu.prompt),
      again: optional(step.menu.again),
      choices: step.menu.choices.map(({ phrases = [], ...choice }) => ({ ...choice, phrases })),
    };
  if (step.ask !== undefined) return { ...step.ask, type: 'ask', prompt: promptOf(step.ask.prompt), go };
  if (step.text !== undefined) return { type: 'text', text: step.text, go };
  if (step.voicemail !== undefined)
    return { ...step.voicemail, type: 'voicemail', prompt: promptOf(step.voicemail.prompt), go };
  if (step.transfer !== undefined)
    return { ...step.transfer, type: 'transfer', prompt: optional(step.transfer.prompt) };
  if (step.hours !== undefined) return { type: 'hours', ...step.hours };
  return { type: 'hangUp', prompt: step.hangUp === true ? undefined : optional(step.hangUp) };
}

function closedLineOf({ go, redirect }: NonNullable<CallsFile['closed']>): ClosedLine {
  if (go !== undefined) return { type: 'go', go };
  return redirect === undefined ? { type: 'reject' } : { type: 'redirect', to: redirect };
}

const promptsOf = (step: CallStep): readonly Prompt[] =>
  ['prompt' in step ? step.prompt : undefined, step.type === 'menu' ? step.again : undefined].filter(
    (prompt) => prompt !== undefined,
  );

function speechIn(steps: ReadonlyMap<StepName, CallStep>): string | undefined {
  for (const [name, step] of steps) {
    if (promptsOf(step).some(({ type }) => type !== 'file')) return `calls.steps.${name} is to be spoken`;
    if (step.type === 'menu' && step.choices.some(({ phrases }) => phrases.length > 0))
      return `calls.steps.${name} is to understand words`;
  }
  return undefined;
}
