import * as z from 'zod/mini';
import { parseRecordingId } from '../conversations/keys.ts';
import { conversationId, entryId, serviceNumber, subscriber, textAs } from './fields.ts';
import { call } from './messages.ts';
import { route } from './route.ts';

const headers = z.object({
  'idempotency-key': z
    .string()
    .check(
      z.regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters'),
      z.describe('Makes at most one call, however often the request is repeated.'),
    ),
});

const promptFile = textAs((text) => (/^[\w-]+\.wav$/.test(text) ? text : undefined), 'a WAV file such as tone.wav', {
  description: 'A file in the folder `prompts`.',
  pattern: '^[A-Za-z0-9_-]+\\.wav$',
});

const recordingId = textAs(parseRecordingId, 'the id of a recording, as the call gives it', {
  description: 'Which of the call’s `recordings`; without it, the first.',
  pattern: '^[A-Za-z0-9_-]{16}$',
});

const rangeHeader = z.object({
  range: z.optional(z.string().check(z.describe('One range of bytes, such as `bytes=0-1023` (RFC 9110 §14.2).'))),
});

const wav = (description: string, headers: Readonly<Record<string, string>>) => ({
  description,
  bodyType: 'audio/wav' as const,
  headers,
});

/** Calls that the bot makes, what the provider tells of calls, what it plays, and what was recorded. */
export const callRoutes = {
  start: route({
    name: 'startCall',
    method: 'POST',
    path: '/api/calls',
    role: 'agent',
    summary: 'Have the bot call a subscriber',
    description:
      'What it says is one of the outbound calls of the playbook. Destinations, hours and consent are those of texts.',
    headers,
    body: z.strictObject({
      from: z.optional(serviceNumber),
      to: subscriber,
      flow: z.string().check(z.minLength(1), z.maxLength(40), z.describe('The name that `calls.outbound` gives it.')),
    }),
    responses: {
      202: {
        description: 'It is being made, or was; a repeated request is shown the same call as it now stands.',
        body: z.object({ conversation: z.string(), call }),
        headers: { 'Idempotent-Replayed': '`true` if an earlier request made it.' },
      },
    },
    problems: [
      'not-found',
      'opted-out',
      'outside-hours',
      'idempotency-mismatch',
      'not-textable',
      'number-type-not-allowed',
      'country-not-allowed',
      'busy',
    ],
  }),
  callback: route({
    name: 'callCallback',
    method: 'POST',
    path: '/api/calls/callbacks/{id}/{entry}/{secret}',
    role: 'call-automation',
    summary: 'What the provider tells of a call',
    description: 'Call Automation posts here, with a token of its own; the address is made for one call.',
    params: z.strictObject({ id: conversationId, entry: entryId, secret: z.string() }),
    body: z.unknown(),
    responses: { 204: { description: 'Taken up, or passed over.' } },
    problems: ['not-found', 'busy', 'storage-failed'],
  }),
  prompt: route({
    name: 'getPrompt',
    method: 'GET',
    path: '/api/prompts/{file}',
    role: 'anyone',
    summary: 'A prompt that is played on calls',
    params: z.strictObject({ file: promptFile }),
    responses: { 200: wav('The file.', { 'Cache-Control': 'It may be kept for an hour.' }) },
    problems: ['not-found'],
  }),
  recording: route({
    name: 'getRecording',
    method: 'GET',
    path: '/api/conversations/{id}/recordings/{entry}',
    role: 'agent',
    summary: 'What was recorded on a call',
    params: z.strictObject({ id: conversationId, entry: entryId }),
    query: z.strictObject({ recording: z.optional(recordingId) }),
    headers: rangeHeader,
    responses: {
      200: wav('The whole recording.', { 'Accept-Ranges': '`bytes`' }),
      206: wav('The part that was asked for.', { 'Content-Range': 'Which part it is.' }),
      416: { description: 'There is no such part.', headers: { 'Content-Range': 'How long it is.' } },
    },
    problems: ['not-found'],
  }),
} as const;
