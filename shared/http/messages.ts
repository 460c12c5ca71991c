import * as z from 'zod/mini';
import type { CallView } from '../conversations/callView.ts';
import type { EntryView, InboundMessageView, OutboundMessageView } from '../conversations/entryView.ts';
import { conversationId, entryId, instant, messageText, serviceNumber, subscriber } from './fields.ts';
import { route } from './route.ts';

const shown = {
  id: z.string(),
  type: z.literal('message'),
  at: instant.check(z.describe("By the messaging service's time.")),
  text: z.string(),
};

const inboundMessage: z.ZodMiniType<InboundMessageView> = z
  .object({
    ...shown,
    direction: z.literal('inbound'),
    keyword: z.optional(z.enum(['stop', 'start', 'help'])),
    suggestsStop: z.boolean().check(z.describe('Reads like a wish to be left alone, without being a keyword.')),
  })
  .check(z.meta({ id: 'InboundMessage' }));

const outboundMessage: z.ZodMiniType<OutboundMessageView> = z
  .object({
    ...shown,
    direction: z.literal('outbound'),
    status: z
      .enum(['queued', 'sending', 'unknown', 'failed', 'accepted', 'delivered'])
      .check(z.describe('`unknown`: it may have left, and nothing tells; a delivery report may still settle it.')),
    reason: z.optional(z.string().check(z.describe('Why it is `failed` or `unknown`, in words.'))),
    reasonCode: z.optional(z.string()),
    purpose: z.enum(['answer', 'stop-confirmation', 'start-confirmation', 'help', 'call', 'agent']),
    author: z.string().check(z.describe('`bot:` and the rule that answered, or `agent:` and who.')),
    segments: z.number().check(z.describe('What it is billed as.')),
    encoding: z.enum(['gsm7', 'ucs2']),
    attempts: z.number(),
    nextTryAt: z.optional(instant),
    acceptedAt: z.optional(instant),
    deliveredAt: z.optional(instant),
    replyTo: z.optional(z.string().check(z.describe('The entry that it answers.'))),
    resendOf: z.optional(z.string().check(z.describe('The entry that it sends anew.'))),
    resends: z.number().check(z.describe('How often it was sent anew by hand.')),
  })
  .check(z.meta({ id: 'OutboundMessage' }));

const recording = z.object({ id: z.string(), seconds: z.number(), bytes: z.number() });

/** A call as it stands on a timeline. */
export const call: z.ZodMiniType<CallView> = z
  .object({
    id: z.string(),
    type: z.literal('call'),
    direction: z.enum(['inbound', 'outbound']),
    at: instant,
    calledBy: z.string().check(z.describe('`subscriber`, or `agent:` and who.')),
    outcome: z.optional(
      z
        .enum(['answered', 'missed', 'rejected', 'redirected', 'abandoned', 'transferred', 'voicemail', 'failed'])
        .check(
          z.describe('How it ended; absent while it lasts. `abandoned`: the caller hung up before choosing anything.'),
        ),
    ),
    reason: z.optional(z.string().check(z.describe('Why it ended so, in words.'))),
    connectedAt: z.optional(instant),
    endedAt: z.optional(instant),
    seconds: z.optional(z.number().check(z.describe('From being answered to its end.'))),
    steps: z
      .readonly(z.array(z.object({ step: z.string(), at: instant, heard: z.optional(z.string()) })))
      .check(z.describe('What happened, by the names of the playbook’s steps, and what the caller pressed or said.')),
    texts: z.readonly(z.array(z.string())).check(z.describe('The texts that were sent on it.')),
    recording: z.optional(recording.check(z.describe('The first of `recordings`.'))),
    recordings: z
      .readonly(z.array(recording))
      .check(z.describe('What was recorded and is kept, in order; `getRecording` serves each by its id.')),
    recordingLost: z.optional(
      z.string().check(z.describe('Why a recording that was made, or a part of one, is not kept, in words.')),
    ),
    passedOnAt: z.optional(
      instant.check(z.describe('When somebody took the call that was passed to a user identity.')),
    ),
    passedOnUntil: z.optional(instant),
  })
  .check(z.meta({ id: 'Call' }));

/** One thing on a timeline. */
export const entry: z.ZodMiniType<EntryView> = z
  .union([inboundMessage, outboundMessage, call])
  .check(z.meta({ id: 'Entry' }));

const headers = z.object({
  'idempotency-key': z.optional(
    z
      .string()
      .check(
        z.regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters'),
        z.describe('Makes at most one message in this conversation, however often the request is repeated.'),
      ),
  ),
});

const message = z.object({
  conversation: z.string().check(z.describe('The id of the conversation.')),
  message: outboundMessage,
});

const accepted = {
  202: {
    description: 'The message is kept and will be sent. A repeated request is shown the same message as it now stands.',
    body: message,
    headers: { 'Idempotent-Replayed': '`true` if an earlier request made it.' },
  },
} as const;

/** What may be refused because of a limit (docs/limits.md). */
const limits = [
  'not-textable',
  'number-type-not-allowed',
  'country-not-allowed',
  'outside-hours',
  'subscriber-limit',
  'daily-limit',
] as const;

/** Texts by hand. */
export const messageRoutes = {
  send: route({
    name: 'sendMessage',
    method: 'POST',
    path: '/api/messages',
    role: 'agent',
    summary: 'Text a subscriber, known or not',
    headers,
    body: z.strictObject({
      from: z.optional(serviceNumber.check(z.describe('May be left out where there is only one service number.'))),
      to: subscriber,
      text: messageText,
    }),
    responses: accepted,
    problems: ['opted-out', ...limits, 'busy', 'idempotency-mismatch'],
  }),
  sendToKnown: route({
    name: 'sendConversationMessage',
    method: 'POST',
    path: '/api/conversations/{id}/messages',
    role: 'agent',
    summary: 'Text the subscriber of a conversation',
    params: z.strictObject({ id: conversationId }),
    headers,
    body: z.strictObject({ text: messageText }),
    responses: accepted,
    problems: ['not-found', 'opted-out', ...limits, 'busy', 'idempotency-mismatch'],
  }),
  resend: route({
    name: 'resendMessage',
    method: 'POST',
    path: '/api/conversations/{id}/messages/{entry}/resend',
    role: 'agent',
    summary: 'Send anew what failed or may not have left',
    description: 'Carries the `resends` that its caller saw, so that a second click makes no second message.',
    params: z.strictObject({ id: conversationId, entry: entryId }),
    body: z.strictObject({
      number: z.int().check(z.gte(0), z.lte(10_000), z.describe('The `resends` of the message, as it was shown.')),
    }),
    responses: accepted,
    problems: ['not-found', 'conflict', 'opted-out', ...limits, 'busy'],
  }),
} as const;
