/**
 * Bundled and started by `programs.ts`: the least that a call costs with the SDK. It verifies nothing and keeps nothing: each
 * callback is answered by the next command at once.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { CallAutomationClient } from '@azure/communication-call-automation';
import { listen, shut } from '../local/listen.ts';
import { answer } from './answer.ts';

export type CallFloorQuestion =
  /** Answered with where callbacks go. */
  | { readonly type: 'start' }
  /** `acs`: a connection string. `callbacks`: by which way callbacks come here. */
  | { readonly type: 'connect'; readonly acs: string; readonly callbacks: string }
  /** Calls them all at once; answered with the ids of the connections. */
  | { readonly type: 'call'; readonly from: string; readonly to: readonly string[] };

interface Callback {
  readonly type: string;
  readonly data: { readonly callConnectionId: string };
}

const words = (text: string) => ({ kind: 'textSource', text, sourceLocale: 'en-US' }) as const;

let connected: { readonly client: CallAutomationClient; readonly callbacks: string } | undefined;

function client(): NonNullable<typeof connected> {
  if (connected === undefined) throw new Error('Ask it to connect first.');
  return connected;
}

const server = createServer(async (request, response) => {
  await commandAfter(await callbackOf(request), decodeURIComponent(request.url?.split('/').at(-1) ?? ''));
  response.writeHead(204).end();
});

async function callbackOf(request: IncomingMessage): Promise<Callback | undefined> {
  const [callback]: Callback[] = JSON.parse((await Array.fromAsync(request)).join(''));
  return callback;
}

async function commandAfter(callback: Callback | undefined, subscriber: string): Promise<void> {
  const call = client().client.getCallConnection(callback?.data.callConnectionId ?? '');
  switch (callback?.type) {
    case 'Microsoft.Communication.CallConnected':
      return call
        .getCallMedia()
        .startRecognizing(
          { phoneNumber: subscriber },
          { kind: 'callMediaRecognizeDtmfOptions', maxTonesToCollect: 1, playPrompt: words('Press 1.') },
        );
    case 'Microsoft.Communication.RecognizeCompleted':
      return call.getCallMedia().playToAll([words('Goodbye!')]);
    case 'Microsoft.Communication.PlayCompleted':
      return call.hangUp(true);
  }
}

async function call(from: string, to: string): Promise<string | undefined> {
  const { callConnectionProperties } = await client().client.createCall(
    { targetParticipant: { phoneNumber: to }, sourceCallIdNumber: { phoneNumber: from } },
    `${client().callbacks}/${encodeURIComponent(to)}`,
    { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://local.cognitiveservices.azure.com' } },
  );
  return callConnectionProperties.callConnectionId;
}

answer(
  async (question: CallFloorQuestion) => {
    if (question.type === 'start') return `http://127.0.0.1:${await listen(server, 0)}`;
    if (question.type === 'call') return Promise.all(question.to.map((to) => call(question.from, to)));
    const { acs, callbacks } = question;
    connected = { callbacks, client: new CallAutomationClient(acs, { allowInsecureConnection: true }) };
    return undefined;
  },
  () => shut(server),
);
