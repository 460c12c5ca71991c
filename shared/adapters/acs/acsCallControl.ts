import type { CallAutomationClient, CallAutomationClientOptions } from '@azure/communication-call-automation';
import type { CallControl, CallOrder, OrderIdentity, OrderOutcome } from '../../calls/callControl.ts';
import { lazily } from '../../core/lazily.ts';
import { callClient } from './callClient.ts';
import { identifierOf, sourceOf } from './callWords.ts';
import type { AcsConnection } from './connection.ts';
import { asOrder, ordered } from './ordered.ts';
import { outcomeOfOrderError } from './orderOutcome.ts';
import { listen } from './recognition.ts';

export interface AcsCalls {
  readonly connection: AcsConnection;
  /** Of Azure AI services, that speak and understand; without it no call asks for them. */
  readonly speechEndpoint?: string | undefined;
}

/** Commands calls at ACS. The SDK is evaluated at the first command, and its own retries are off: somebody waits on the line. */
export function acsCallControl({ connection, speechEndpoint }: AcsCalls): CallControl {
  const client = lazily(() => callClient(connection, quiet));
  return {
    async carryOut(order, identity, deadline) {
      try {
        const sdk = await client();
        return await asOrder(identity, deadline, () => carryOut(sdk, order, { identity, speechEndpoint }));
      } catch (error) {
        return outcomeOfOrderError(error, order.type);
      }
    },
    async standing(callConnectionId, deadline) {
      try {
        const call = (await client()).getCallConnection(callConnectionId);
        const { callConnectionState } = await call.getCallConnectionProperties({
          abortSignal: AbortSignal.timeout(deadline),
        });
        return standings[callConnectionState ?? ''] ?? 'connected';
      } catch (error) {
        return (error as { statusCode?: number }).statusCode === 404 ? 'gone' : undefined;
      }
    },
  };
}

const quiet: CallAutomationClientOptions = {
  retryOptions: { maxRetries: 0 },
  additionalPolicies: [{ policy: ordered, position: 'perCall' }],
};

/** Those that are not a conversation under way. */
const standings: Readonly<Record<string, 'ringing' | 'gone'>> = { connecting: 'ringing', disconnected: 'gone' };

interface With {
  readonly identity: OrderIdentity;
  readonly speechEndpoint: string | undefined;
}

async function carryOut(client: CallAutomationClient, order: CallOrder, given: With): Promise<OrderOutcome> {
  const { operationContext } = given.identity;
  switch (order.type) {
    case 'answer': {
      const { callConnectionProperties } = await client.answerCall(
        order.context,
        order.callbackUrl,
        opening(order, given),
      );
      return taken(callConnectionProperties);
    }
    case 'create': {
      const invite = { targetParticipant: { phoneNumber: order.to }, sourceCallIdNumber: { phoneNumber: order.from } };
      const { callConnectionProperties } = await client.createCall(invite, order.callbackUrl, opening(order, given));
      return taken(callConnectionProperties);
    }
    case 'reject':
      await client.rejectCall(order.context, { callRejectReason: order.reason });
      return { type: 'accepted' };
    case 'redirect':
      await client.redirectCall(order.context, { targetParticipant: identifierOf(order.to) });
      return { type: 'accepted' };
    case 'startRecording': {
      const { recordingId } = await client.getCallRecording().start({
        callLocator: { id: order.serverCallId, kind: 'serverCallLocator' },
        recordingContent: 'audio',
        recordingChannel: 'mixed',
        recordingFormat: 'wav',
      });
      return { type: 'accepted', recordingId };
    }
    case 'stopRecording':
      await client.getCallRecording().stop(order.recordingId);
      return { type: 'accepted' };
    default:
      await onTheLine(client, order, operationContext);
      return { type: 'accepted' };
  }
}

type OnTheLine = Extract<CallOrder, { type: 'play' | 'listen' | 'transfer' | 'hangUp' }>;

async function onTheLine(client: CallAutomationClient, order: OnTheLine, operationContext: string): Promise<void> {
  const call = client.getCallConnection(order.callConnectionId);
  switch (order.type) {
    case 'play': {
      // What was listened for before does not matter any more.
      const options = { operationContext, interruptCallMediaOperation: true };
      return call.getCallMedia().playToAll([sourceOf(order.spoken)], options);
    }
    case 'listen':
      return listen(call.getCallMedia(), order, operationContext);
    case 'transfer':
      await call.transferCallToParticipant(identifierOf(order.to), {
        operationContext,
        sourceCallIdNumber: { phoneNumber: order.service },
      });
      return;
    case 'hangUp':
      return call.hangUp(true);
  }
}

function opening({ speech }: { readonly speech: boolean }, { identity, speechEndpoint }: With) {
  const intelligence = speech && speechEndpoint !== undefined;
  return {
    operationContext: identity.operationContext,
    ...(intelligence && { callIntelligenceOptions: { cognitiveServicesEndpoint: speechEndpoint } }),
  };
}

interface Properties {
  readonly callConnectionId?: string;
  readonly serverCallId?: string;
  readonly correlationId?: string;
}

const taken = ({ callConnectionId, serverCallId, correlationId }: Properties): OrderOutcome => ({
  type: 'accepted',
  callConnectionId,
  serverCallId,
  correlationId,
});
