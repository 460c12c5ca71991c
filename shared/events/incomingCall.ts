import * as z from 'zod/mini';
import type { Ring } from '../calls/ringing.ts';
import { parseTicks } from '../core/time.ts';
import { identifier, numberOf } from './identifiers.ts';
import { type EventReader, readData } from './wireEvent.ts';

const names = ['to', 'from', 'serverCallId', 'incomingCallContext', 'correlationId'] as const;

const data = z.object({
  to: identifier,
  from: identifier,
  serverCallId: z.string().check(z.minLength(1)),
  incomingCallContext: z.string().check(z.minLength(1)),
  correlationId: z.string().check(z.minLength(1)),
});

/** `Microsoft.Communication.IncomingCall` (https://learn.microsoft.com/azure/event-grid/communication-services-voice-video-events). */
export const incomingCall: EventReader<Ring> = {
  eventType: 'Microsoft.Communication.IncomingCall',
  read(event) {
    const read = readData(data, names, event.data);
    if (read.type !== 'ours') return read;
    const { to, from, serverCallId, incomingCallContext: context, correlationId } = read.value;
    const service = numberOf(to);
    if (service === undefined) return { type: 'ignored', reason: 'It is for a user identity and not for a number.' };
    const subscriber = numberOf(from);
    if (subscriber === undefined)
      return { type: 'ignored', reason: 'It is from a user identity and not from a number.' };
    const at = parseTicks(event.time ?? '');
    if (at === undefined) return { type: 'dropped', reason: `Its time is no instant: ${event.time}.` };
    return { type: 'ours', value: { service, subscriber, at, correlationId, serverCallId, context } };
  },
};
