import * as z from 'zod/mini';
import * as recording from '../../recordings/recordingOperations.ts';
import type { Asked, Done } from '../operations/common.ts';
import { connectBody, connectCall, createBody, createCall } from '../operations/createCall.ts';
import { getCall, hangUp, terminate } from '../operations/hangUp.ts';
import { hold, holdBody, unhold, unholdBody } from '../operations/hold.ts';
import { answerBody, answerCall, redirectBody, redirectCall, rejectBody, rejectCall } from '../operations/incoming.ts';
import { moveBody, moveParticipants } from '../operations/moveParticipants.ts';
import * as participants from '../operations/participants.ts';
import { cancelAllMedia, play, playBody } from '../operations/play.ts';
import { recognize, recognizeBody } from '../operations/recognize.ts';
import * as streams from '../operations/streams.ts';
import * as tones from '../operations/tones.ts';
import { transfer, transferBody } from '../operations/transfer.ts';

/** An operation of the wire: where it is, what it takes, and what carries it out. */
export interface Operation {
  readonly method: string;
  /** With a group for each id. */
  readonly path: RegExp;
  /** Whether it honours the repeatability headers. */
  readonly repeatable: boolean;
  /** Refuses what does not fit by throwing. */
  readonly run: (asked: Asked<unknown>) => Done;
  readonly schema: z.core.$ZodType;
}

const nothing = z.unknown();
type Flag = 'repeatable' | 'plain';

/** `{c}` is a call connection, `{id}` another id. */
function operation<Schema extends z.core.$ZodType>(
  [method, template, flag = 'plain']: readonly [method: string, template: string, flag?: Flag],
  schema: Schema,
  run: (asked: Asked<z.output<Schema>>) => Done,
): Operation {
  const pattern = template.replace('{c}', '/calling/callConnections/{id}').replaceAll('{id}', '([^/:]+)');
  const path = new RegExp(`^${pattern}$`);
  return { method, path, repeatable: flag === 'repeatable', schema, run: run as Operation['run'] };
}

/** https://github.com/Azure/azure-rest-api-specs/tree/main/specification/communication/data-plane/CallAutomation, of any version. */
export const operations: readonly Operation[] = [
  operation(['POST', '/calling/callConnections', 'repeatable'], createBody, createCall),
  operation(['POST', '/calling/callConnections:answer', 'repeatable'], answerBody, answerCall),
  operation(['POST', '/calling/callConnections:connect', 'repeatable'], connectBody, connectCall),
  operation(['POST', '/calling/callConnections:redirect', 'repeatable'], redirectBody, redirectCall),
  operation(['POST', '/calling/callConnections:reject', 'repeatable'], rejectBody, rejectCall),
  operation(['GET', '{c}'], nothing, getCall),
  operation(['DELETE', '{c}'], nothing, hangUp),
  operation(['POST', '{c}:terminate', 'repeatable'], nothing, terminate),
  operation(['POST', '{c}:transferToParticipant', 'repeatable'], transferBody, transfer),
  operation(['POST', '{c}/participants:add', 'repeatable'], participants.addBody, participants.addParticipant),
  operation(['POST', '{c}/participants:remove', 'repeatable'], participants.removeBody, participants.removeParticipant),
  operation(
    ['POST', '{c}/participants:cancelAddParticipant', 'repeatable'],
    participants.cancelAddBody,
    participants.cancelAddParticipant,
  ),
  operation(['POST', '{c}/participants:moveHere', 'repeatable'], moveBody, moveParticipants),
  operation(['POST', '{c}/participants:mute', 'repeatable'], participants.muteBody, participants.muteParticipant),
  operation(['GET', '{c}/participants'], nothing, participants.listParticipants),
  operation(['GET', '{c}/participants/([^/]+)'], nothing, participants.getParticipant),
  operation(['POST', '{c}:play'], playBody, play),
  operation(['POST', '{c}:recognize'], recognizeBody, recognize),
  operation(['POST', '{c}:cancelAllMediaOperations'], nothing, cancelAllMedia),
  operation(['POST', '{c}:startContinuousDtmfRecognition'], tones.continuousBody, tones.startTones),
  operation(['POST', '{c}:stopContinuousDtmfRecognition'], tones.continuousBody, tones.stopContinuousTones),
  operation(['POST', '{c}:sendDtmfTones', 'repeatable'], tones.sendTonesBody, tones.sendTones),
  operation(['POST', '{c}:hold'], holdBody, hold),
  operation(['POST', '{c}:unhold'], unholdBody, unhold),
  operation(['POST', '{c}:startTranscription'], streams.streamBody, streams.startTranscription),
  operation(['POST', '{c}:updateTranscription'], streams.streamBody, streams.updateTranscription),
  operation(['POST', '{c}:stopTranscription'], streams.streamBody, streams.stopTranscription),
  operation(['POST', '{c}:startMediaStreaming'], streams.streamBody, streams.startMediaStreaming),
  operation(['POST', '{c}:stopMediaStreaming'], streams.streamBody, streams.stopMediaStreaming),
  operation(['POST', '/calling/recordings', 'repeatable'], recording.recordBody, recording.start),
  operation(['GET', '/calling/recordings/{id}'], nothing, recording.getState),
  operation(['DELETE', '/calling/recordings/{id}'], nothing, recording.stop),
  operation(['POST', '/calling/recordings/{id}:pause'], nothing, recording.pause),
  operation(['POST', '/calling/recordings/{id}:resume'], nothing, recording.resume),
];
