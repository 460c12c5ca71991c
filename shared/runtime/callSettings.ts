import type { CallServices, CallSettings } from '../calls/callServices.ts';
import { toneFile } from '../calls/orderOf.ts';
import type { CallRef } from '../calls/recordings.ts';
import type { Config } from '../config.ts';
import { AppError } from '../core/errors.ts';
import { keyedDigest, sameText } from '../core/hash.ts';
import type { Playbook } from '../playbook/playbook.ts';
import type { CallbackSettings } from './callbackAuthentication.ts';
import { faultOfPrompt } from './prompts.ts';

/** The configuration in the words of the call use cases. */
export const callSettings = (config: Config): CallSettings => ({
  lease: 8_000,
  deadline: 3_500,
  // A call rings 30 s (https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification).
  ring: 28_000,
  // 115 s to establish a call to a telephone (https://learn.microsoft.com/azure/communication-services/concepts/service-limits).
  ringOut: 120_000,
  watchEvery: 15_000,
  quiet: 30_000,
  speech: config.SPEECH_ENDPOINT !== undefined,
});

/** Bytes of the secret in a callback's address, which has 32 characters of them: more than anybody guesses. */
const secretBytes = 24;

/** What makes a callback's address one that only the provider was told, for one call alone. */
const callbackSecretOf = ({ conversation, key }: CallRef, conversationKey: string): string =>
  keyedDigest(conversationKey, `callback|${conversation}|${key}`, secretBytes);

/** Throws `not-found` unless the secret is this call's, and says no more than of a call that is not there. */
export function checkCallbackSecret(secret: string, ref: CallRef, key: Config['CONVERSATION_KEY']): void {
  if (!sameText(secret, callbackSecretOf(ref, key))) throw new AppError('not-found', 'There is no such call.');
}

export const addressesOf = ({
  PUBLIC_URL: origin = '',
  CONVERSATION_KEY: secret,
}: Config): CallServices['addresses'] => {
  const base = origin.replace(/\/$/, '');
  return {
    callback: (ref) => `${base}/api/calls/callbacks/${ref.conversation}/${ref.key}/${callbackSecretOf(ref, secret)}`,
    prompt: (file) => `${base}/api/prompts/${file}`,
  };
};

/** Who tells of calls; `undefined` where none are answered. */
export const callbackSettings = (config: Config): CallbackSettings | undefined =>
  config.CALLBACK_AUDIENCE === undefined
    ? undefined
    : {
        issuer: config.CALLBACK_ISSUER,
        configuration: config.CALLBACK_OPENID_CONFIGURATION,
        audience: config.CALLBACK_AUDIENCE,
      };

/** What a playbook that answers calls needs of the settings. Throws `invalid-configuration` that names all that is missing. */
export function checkCalls({ calls }: Playbook, config: Config): void {
  if (calls === undefined) return;
  const faults = [
    ...(config.PUBLIC_URL === undefined
      ? ['PUBLIC_URL is missing: the playbook answers calls, of which the provider tells the app at its own address.']
      : []),
    ...(config.CALLBACK_AUDIENCE === undefined
      ? [
          'CALLBACK_AUDIENCE is missing: the playbook answers calls, and what is told of them must be meant for this app.',
        ]
      : []),
    ...(calls.needsSpeech !== undefined && config.SPEECH_ENDPOINT === undefined
      ? [`SPEECH_ENDPOINT is missing: ${calls.needsSpeech}. Set it, or use files and keys alone.`]
      : []),
    ...[...new Set([...calls.files, toneFile])]
      .map((file) => faultOfPrompt(file, config))
      .filter((fault) => fault !== undefined),
  ];
  if (faults.length > 0)
    throw new AppError('invalid-configuration', ['The settings do not do for calls:', ...faults].join('\n  '));
}
