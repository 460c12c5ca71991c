import * as z from 'zod/mini';
import type { CallSignal } from '../calls/advanceCall.ts';
import type { CallEvent, Heard } from '../calls/callFlow.ts';
import { keyOfTone } from '../core/tones.ts';

const result = z.looseObject({
  code: z.optional(z.number()),
  subCode: z.optional(z.number()),
  message: z.optional(z.string()),
});

const data = z.looseObject({
  callConnectionId: z.optional(z.string()),
  serverCallId: z.optional(z.string()),
  operationContext: z.nullish(z.string()),
  resultInformation: z.nullish(result),
  recognitionType: z.nullish(z.string()),
  dtmfResult: z.nullish(z.looseObject({ tones: z.array(z.string()) })),
  choiceResult: z.nullish(z.looseObject({ label: z.string(), recognizedPhrase: z.nullish(z.string()) })),
  speechResult: z.nullish(z.looseObject({ speech: z.string() })),
});
type Data = z.output<typeof data>;

const cloudEvent = z.looseObject({ type: z.string(), data });

/** Characters of what was said that are kept. */
const longestSpeech = 1_000;

/** Nobody said or pressed anything, or not all of it: 8510 initial silence, 8532 between two keys. */
const silences = [8510, 8532];
/** The prompt could not be played: 8511. */
const promptFailed = 8511;

type Read = (data: Data) => CallEvent | undefined;

/**
 * What Call Automation tells of a call, by the type of its event
 * (https://learn.microsoft.com/azure/communication-services/concepts/call-automation/call-automation#events).
 */
const readers: Readonly<Record<string, Read>> = {
  CallConnected: () => ({ type: 'connected' }),
  CallDisconnected: () => ({ type: 'disconnected' }),
  CreateCallFailed: () => ({ type: 'disconnected' }),
  AnswerFailed: () => ({ type: 'disconnected' }),
  PlayCompleted: () => ({ type: 'played' }),
  PlayFailed: () => ({ type: 'failed' }),
  RecognizeCompleted: heardIn,
  RecognizeFailed: ({ resultInformation }) => {
    const code = resultInformation?.subCode;
    if (code === promptFailed) return { type: 'failed' };
    return { type: silences.includes(code ?? 0) ? 'silence' : 'misunderstood' };
  },
  CallTransferAccepted: () => ({ type: 'transferred' }),
  CallTransferFailed: () => ({ type: 'failed' }),
};

/** A signal, or why the event is passed over. */
export type ReadSignal =
  | { readonly type: 'ours'; readonly value: CallSignal }
  | { readonly type: 'ignored'; readonly reason: string };

/** Every event of a callback's body, which is an array, in its order; one event alone will do. */
export const readSignals = (body: unknown): readonly ReadSignal[] =>
  (Array.isArray(body) ? body : [body]).map(readSignal);

function readSignal(event: unknown): ReadSignal {
  const read = z.safeParse(cloudEvent, event);
  if (!read.success) return { type: 'ignored', reason: 'It is no event of a call.' };
  const name = read.data.type.replace(/^Microsoft\.Communication\./i, '');
  const told = Object.hasOwn(readers, name) ? readers[name]?.(read.data.data) : undefined;
  if (told === undefined) return { type: 'ignored', reason: `Nothing follows from ${name}.` };
  const { callConnectionId, serverCallId, operationContext, resultInformation } = read.data.data;
  const reason = told.type === 'disconnected' ? resultInformation?.message : undefined;
  return {
    type: 'ours',
    value: {
      event: told,
      callConnectionId,
      serverCallId,
      operationContext: operationContext ?? undefined,
      end: reason === undefined ? undefined : { reason, ...(name === 'AnswerFailed' && { outcome: 'failed' }) },
    },
  };
}

function heardIn({ dtmfResult, choiceResult, speechResult }: Data): CallEvent {
  const heard = whatWasHeard(dtmfResult?.tones, choiceResult ?? undefined, speechResult?.speech);
  return heard === undefined ? { type: 'misunderstood' } : { type: 'heard', heard };
}

function whatWasHeard(
  tones: readonly string[] | undefined,
  choice: NonNullable<Data['choiceResult']> | undefined,
  speech: string | undefined,
): Heard | undefined {
  if (choice !== undefined) return chosenIn(choice);
  if (speech !== undefined && speech !== '') return { speech: speech.slice(0, longestSpeech) };
  return tones && { keys: tones.map(keyOfTone).filter((key) => key !== undefined) };
}

/** Our labels are places in the menu. */
function chosenIn({ label, recognizedPhrase }: NonNullable<Data['choiceResult']>): Heard | undefined {
  if (!/^\d{1,3}$/.test(label)) return undefined;
  return { choice: Number(label), ...(recognizedPhrase && { words: recognizedPhrase.slice(0, longestSpeech) }) };
}
