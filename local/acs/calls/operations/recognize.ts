import * as z from 'zod/mini';
import { establishedCall } from '../desk.ts';
import { identifierSchema } from '../identifiers.ts';
import { listenOperation } from '../media/listen.ts';
import { needSpeech, playSource, readSources } from '../media/playSources.ts';
import type { Listening } from '../media/recognizer.ts';
import { requestMedia } from '../media/requestMedia.ts';
import { refuse } from '../refusal.ts';
import { durations } from '../rules.ts';
import { type Asked, about, type Done, isGroup, participant } from './common.ts';
import { toneNames } from './tones.ts';

const seconds = (least: number, most: number) => z.optional(z.number().check(z.gte(least), z.lte(most)));
const tone = z.enum(toneNames);

const options = z.object({
  targetParticipant: identifierSchema,
  interruptPrompt: z._default(z.boolean(), true),
  initialSilenceTimeoutInSeconds: seconds(0, 300),
  speechLanguage: z.optional(z.string()),
  dtmfOptions: z.optional(
    z.object({
      interToneTimeoutInSeconds: seconds(1, 60),
      maxTonesToCollect: z.optional(z.int().check(z.gte(1))),
      stopTones: z._default(z.array(tone), []),
    }),
  ),
  choices: z.optional(
    z.array(
      z.object({ label: z.string(), phrases: z.array(z.string()).check(z.minLength(1)), tone: z.optional(tone) }),
    ),
  ),
  speechOptions: z.optional(z.object({ endSilenceTimeoutInMs: z.optional(z.int().check(z.gte(0))) })),
});

export const recognizeBody = z.object({
  recognizeInputType: z.enum(['dtmf', 'choices', 'speech', 'speechOrDtmf']),
  recognizeOptions: options,
  playPrompt: z.optional(playSource),
  playPrompts: z.optional(z.array(playSource)),
  interruptCallMediaOperation: z._default(z.boolean(), false),
  ...about,
});
type RecognizeBody = z.output<typeof recognizeBody>;

export function recognize({ desk, id, body }: Asked<RecognizeBody>): Done {
  const call = establishedCall(desk, id);
  const { recognizeOptions: given, operationContext, operationCallbackUri: callbackUri } = body;
  const listening = listeningOf(body);
  if (listening.type !== 'dtmf') needSpeech(call);
  const operation = listenOperation(desk, call, {
    kind: isGroup(call) ? 'recognizeInGroup' : 'recognize',
    listening,
    prompts: readSources(call, body.playPrompts ?? (body.playPrompt === undefined ? [] : [body.playPrompt])),
    target: participant(call, given.targetParticipant),
    interruptPrompt: given.interruptPrompt,
    initialSilence: milliseconds(given.initialSilenceTimeoutInSeconds) ?? durations.initialSilence,
    interTone: milliseconds(given.dtmfOptions?.interToneTimeoutInSeconds) ?? durations.interTone,
    endSilence: given.speechOptions?.endSilenceTimeoutInMs ?? durations.endSilence,
    operationContext,
    callbackUri,
  });
  requestMedia(desk, call, operation, body.interruptCallMediaOperation);
  return { status: 202 };
}

const milliseconds = (given: number | undefined): number | undefined =>
  given === undefined ? undefined : given * 1_000;

function listeningOf({
  recognizeInputType: type,
  recognizeOptions: { dtmfOptions, choices = [] },
}: RecognizeBody): Listening {
  if (type === 'choices' && choices.length === 0) return refuse('invalid', 'recognizeOptions.choices: there are none.');
  if (type === 'dtmf' && dtmfOptions === undefined) return refuse('invalid', 'recognizeOptions.dtmfOptions is needed.');
  return { type, maxTones: dtmfOptions?.maxTonesToCollect, stopTones: dtmfOptions?.stopTones ?? [], choices };
}
