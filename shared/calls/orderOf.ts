import type { CallEntry } from '../conversations/callEntry.ts';
import type { Head } from '../conversations/head.ts';
import { repeatabilityIdOf } from '../conversations/keys.ts';
import { fillIn } from '../playbook/answer.ts';
import type { Prompt } from '../playbook/callScript.ts';
import type { CallOrder, OrderIdentity, Spoken } from './callControl.ts';
import type { CallCommand } from './callFlow.ts';
import type { CallServices } from './callServices.ts';

type Numbers = Pick<Head, 'service' | 'subscriber'>;

/** The file that is played before a message is recorded. */
export const toneFile = 'tone.wav';

/** A command of the flow as the provider is told it; `undefined` while what it needs to be told is not known. */
export function orderOf(
  command: CallCommand,
  call: CallEntry,
  numbers: Numbers,
  services: CallServices,
): CallOrder | undefined {
  const { callConnectionId, serverCallId, recordingId } = call;
  if (callConnectionId === undefined) return undefined;
  const standing = { callConnectionId };
  const spoken = (prompt: Prompt | 'tone') => spokenOf(prompt, numbers, services);
  switch (command.type) {
    case 'play':
      return { type: 'play', spoken: spoken(command.prompt), ...standing };
    case 'listen': {
      const { to, seconds, prompt } = command;
      const language = services.callSettings.speech ? services.playbook.calls?.language : undefined;
      const { subscriber } = numbers;
      return { type: 'listen', spoken: prompt && spoken(prompt), to, seconds, language, subscriber, ...standing };
    }
    case 'startRecording':
      return serverCallId === undefined ? undefined : { type: 'startRecording', serverCallId, ...standing };
    case 'stopRecording':
      return recordingId === undefined ? undefined : { type: 'stopRecording', recordingId, ...standing };
    case 'transfer':
      return { type: 'transfer', to: command.to, service: numbers.service, ...standing };
    case 'hangUp':
      return { type: 'hangUp', ...standing };
  }
}

/** One command, one identity, however often it is given. */
export const identityOf = ({ key, command, firstSentAt }: CallEntry): OrderIdentity => ({
  operationContext: String(command),
  repeatabilityId: repeatabilityIdOf(key, command),
  firstSentAt,
});

function spokenOf(prompt: Prompt | 'tone', { service }: Numbers, { playbook, clock, addresses }: CallServices): Spoken {
  if (prompt === 'tone') return { type: 'file', url: addresses.prompt(toneFile) };
  if (prompt.type === 'file') return { type: 'file', url: addresses.prompt(prompt.file) };
  if (prompt.type === 'ssml') return prompt;
  const text = fillIn(playbook, prompt.text, { service, at: clock.now() });
  return { type: 'text', text, language: playbook.calls?.language ?? 'en-US', voice: playbook.calls?.voice };
}
