import * as z from 'zod/mini';
import type { LegEvent } from '../calls/completeCall.ts';
import { msOf, parseTicks } from '../core/time.ts';
import { type EventReader, readData } from './wireEvent.ts';

/** Of the four, those that tell something of a call we passed on. */
const meanings = {
  'microsoft.communication.callparticipantadded': 'joined',
  'microsoft.communication.callended': 'ended',
} as const;

const data = z.object({ serverCallId: z.string().check(z.minLength(1)) });

/**
 * `CallStarted`, `CallEnded`, `CallParticipantAdded` and `CallParticipantRemoved`, which the service tells only of legs over the
 * internet (https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events, "Limitations"). What
 * becomes of a telephone's leg is told by callbacks.
 */
export const callLifecycle: EventReader<LegEvent> = {
  eventType: [
    'Microsoft.Communication.CallStarted',
    'Microsoft.Communication.CallEnded',
    'Microsoft.Communication.CallParticipantAdded',
    'Microsoft.Communication.CallParticipantRemoved',
  ],
  read(event) {
    const meaning = meanings[event.type.toLowerCase() as keyof typeof meanings];
    if (meaning === undefined) return { type: 'ignored', reason: `Nothing follows from ${event.type}.` };
    const read = readData(data, ['serverCallId'], event.data);
    if (read.type !== 'ours') return read;
    const at = parseTicks(event.time ?? '');
    if (at === undefined) return { type: 'dropped', reason: `Its time is no instant: ${event.time}.` };
    return { type: 'ours', value: { type: meaning, serverCallId: read.value.serverCallId, at: msOf(at) } };
  },
};
