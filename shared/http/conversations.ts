import * as z from 'zod/mini';
import type { ConsentChangeView, ConversationView } from '../conversations/conversationView.ts';
import type { EntryView } from '../conversations/entryView.ts';
import { type EntryKey, parseEntryKey } from '../conversations/keys.ts';
import { numbersMeant } from '../core/phoneNumbers.ts';
import {
  conditional,
  conversationId,
  cursor,
  instant,
  limit,
  pageOf,
  serviceNumber,
  textAs,
  yesOrNo,
} from './fields.ts';
import { entry } from './messages.ts';
import { route } from './route.ts';

const consent = z.enum(['given', 'revoked']);
const mode = z.enum(['bot', 'agent']);
const flag = z.enum(['stop-suggested', 'unknown', 'failed', 'too-old']);

const shown = {
  id: z.string(),
  service: z.string().check(z.describe('Our number, or short code, or sender name.')),
  subscriber: z.string().check(z.describe("The person's number.")),
  lastAt: instant,
  preview: z.string().check(z.describe('The start of the latest text.')),
  unread: z.boolean(),
  readTo: z.optional(instant),
  flags: z
    .readonly(z.array(flag))
    .check(
      z.describe(
        'What a person should look at. `stop-suggested`: a text that reads like a wish to be left alone. `unknown`: a message that may have left. `failed`: one that did not arrive. `too-old`: an answer that was not sent because it could not leave in time.',
      ),
    ),
  flagged: z
    .readonly(z.array(z.object({ flag, entries: z.readonly(z.array(z.string())) })))
    .check(z.describe('The entries that each flag stands for, latest first, the latest few at most.')),
  mode: mode.check(z.describe('Who answers.')),
  modeUntil: z.optional(instant.check(z.describe('When an agent’s conversation goes back to the bot by itself.'))),
  consent,
};

const conversation: z.ZodMiniType<ConversationView> = z.object(shown).check(z.meta({ id: 'Conversation' }));

const consentChange: z.ZodMiniType<ConsentChangeView> = z.object({
  consent,
  at: instant,
  by: z.string().check(z.describe('`subscriber`, `carrier`, or `agent:` and who.')),
  reason: z.string(),
});

const conversationInFull: z.ZodMiniType<ConversationView & { consentHistory: readonly ConsentChangeView[] }> = z
  .object({ ...shown, consentHistory: z.readonly(z.array(consentChange)) })
  .check(z.meta({ id: 'ConversationInFull' }));

const latestOrEntry = (text: string): 'latest' | EntryKey | undefined =>
  text === 'latest' ? text : parseEntryKey(text);

const readTo = textAs(latestOrEntry, 'the id of an entry, or "latest"', {
  description:
    'Read up to this entry, or (`latest`) to whatever is there when the request arrives. Moves only forward.',
});

const reason = z
  .string()
  .check(z.regex(/\S/, 'must say something'), z.maxLength(500), z.describe('Why, in words a person can read back.'));

const update = z
  .strictObject({
    mode: z.optional(mode.check(z.describe('`agent` silences the bot for a while; `bot` lets it answer again.'))),
    readTo: z.optional(readTo),
    consent: z.optional(
      z
        .strictObject({ consent, reason })
        .check(
          z.describe('What the subscriber told us some other way. Kept with who and why; settles `stop-suggested`.'),
        ),
    ),
    settle: z.optional(
      z
        .array(flag)
        .check(
          z.minLength(1),
          z.describe('Flags that somebody has seen to. Takes them down with all that they stand for when it arrives.'),
        ),
    ),
  })
  .check(
    z.refine((body) => Object.keys(body).length > 0, 'must say at least one of mode, readTo, consent and settle'),
    z.meta({ minProperties: 1 }),
  );

/** As a person writes it; a number that cannot be is refused, one that nobody has is not found. */
const numbers = textAs(
  (text) => {
    const meant = numbersMeant(text);
    return meant.length === 0 ? undefined : meant;
  },
  'a number, such as +1 425 555 0123 or (425) 555-0123',
  { description: "The person's number, in any common spelling." },
);

const params = z.strictObject({ id: conversationId });

/** Reading conversations, and deciding about them. */
export const conversationRoutes = {
  list: route({
    name: 'listConversations',
    method: 'GET',
    path: '/api/conversations',
    role: 'agent',
    summary: "A service number's conversations, latest first",
    description:
      'With `unread` or `flag` a page may hold fewer than `limit`, even none, while there is a `cursor`. To follow the inbox, ask every second or two with the `ETag` of the answer before: while nothing changes that costs one storage request. An `ETag` holds for 30 s at most.',
    headers: conditional.headers,
    query: z.strictObject({
      service: z.optional(serviceNumber),
      unread: yesOrNo('Only the unread (`true`) or only the read (`false`).'),
      flag: z.optional(flag.check(z.describe('Only those with this flag.'))),
      cursor,
      limit,
    }),
    responses: {
      200: {
        description: 'A page of the inbox.',
        headers: conditional.etag,
        body: z.object({
          service: z.string().check(z.describe('Whose inbox it is: the first service number if none was asked for.')),
          serviceNumbers: z.readonly(z.array(z.string())).check(z.describe('All that there are.')),
          ...pageOf(conversation, 'Ask for the next page with it; absent on the last.'),
        }),
      },
      304: conditional.unchanged,
    },
  }),
  search: route({
    name: 'searchConversations',
    method: 'POST',
    path: '/api/conversations/search',
    role: 'agent',
    summary: 'The conversations with a number, by whichever service number',
    description:
      'Changes nothing; it is a POST because a number in a URL would be kept by whatever logs URLs on the way.',
    body: z.strictObject({ subscriber: numbers, service: z.optional(serviceNumber) }),
    responses: {
      200: {
        description: 'Latest first; none where there is none, or where it was erased.',
        body: z.object({ items: z.readonly(z.array(conversation)) }),
      },
    },
  }),
  get: route({
    name: 'getConversation',
    method: 'GET',
    path: '/api/conversations/{id}',
    role: 'agent',
    summary: 'A conversation, with the history of its consent',
    params,
    headers: conditional.headers,
    responses: {
      200: { description: 'The conversation.', headers: conditional.etag, body: conversationInFull },
      304: conditional.unchanged,
    },
    problems: ['not-found'],
  }),
  entries: route({
    name: 'listEntries',
    method: 'GET',
    path: '/api/conversations/{id}/entries',
    role: 'agent',
    summary: 'What stands on its timeline, latest first',
    params,
    query: z.strictObject({ cursor, limit }),
    headers: conditional.headers,
    responses: {
      200: {
        description: 'A page of the timeline.',
        headers: conditional.etag,
        body: z.object(pageOf<z.ZodMiniType<EntryView>>(entry, 'Ask for the next page with it; absent on the last.')),
      },
      304: conditional.unchanged,
    },
    problems: ['not-found'],
  }),
  update: route({
    name: 'updateConversation',
    method: 'PATCH',
    path: '/api/conversations/{id}',
    role: 'agent',
    summary: 'Take over or hand back, mark as read, record consent, settle flags',
    params,
    body: update,
    responses: { 200: { description: 'The conversation as it now stands.', body: conversation } },
    problems: ['not-found', 'conflict', 'busy'],
  }),
  export: route({
    name: 'exportConversation',
    method: 'GET',
    path: '/api/conversations/{id}/export',
    role: 'agent',
    summary: 'All that is kept of a conversation, as one document',
    params,
    responses: {
      200: {
        description: 'The conversation, the history of its consent, and everything on its timeline, latest first.',
        body: z.object({ conversation: conversationInFull, entries: z.readonly(z.array(entry)) }),
      },
    },
    problems: ['not-found'],
  }),
  erase: route({
    name: 'eraseConversation',
    method: 'DELETE',
    path: '/api/conversations/{id}',
    role: 'agent',
    summary: 'Erase a conversation for good',
    description:
      'Everything on its timeline and the number of its subscriber. Consent outlives it, and a text that arrives late does not bring it back. What cannot be finished at once is finished soon after.',
    params,
    responses: {
      200: { description: 'It is erased.', body: z.object({ erasedAt: instant.check(z.describe('Up to when.')) }) },
    },
    problems: ['not-found', 'busy'],
  }),
} as const;
