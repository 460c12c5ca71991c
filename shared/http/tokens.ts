import * as z from 'zod/mini';
import type { Scope } from '../identity/scopes.ts';
import { instant } from './fields.ts';
import { route } from './route.ts';

const scope: z.ZodMiniType<Scope> = z.enum(['chat', 'chat.join', 'chat.join.limited', 'voip', 'voip.join']);
const scopes = z.array(scope).check(z.maxLength(5));

const user = z.string().check(z.describe('Your pseudonym here: what the log and admins know you by.'));
const token = z.string().check(z.describe('Keep it in memory and show it to nobody.'));
const refreshAt = instant.check(z.describe('Ask for the next one from here on: ten minutes ahead, or halfway.'));

/** User tokens, with which browsers and phones talk to Communication Services. */
export const tokenRoutes = {
  issue: route({
    name: 'issueToken',
    method: 'POST',
    path: '/api/tokens',
    role: 'signed-in',
    summary: 'A user token for the caller',
    description:
      'Of the user identity that belongs to the caller’s issuer and subject; it is made at the first token. docs/tokens.md says how an app uses it.',
    body: z.strictObject({
      scopes: z.optional(
        scopes.check(
          z.describe('What it is for, within what `TOKEN_SCOPES` gives your roles; the least of it if left out.'),
        ),
      ),
      expiresInMinutes: z._default(
        z.int().check(z.gte(60), z.lte(1440), z.describe('How long it is good for, 60 to 1440.')),
        60,
      ),
    }),
    responses: {
      200: {
        description: 'The token.',
        body: z.object({
          user,
          userId: z.string().check(z.describe('The user identity, `8:acs:…`.')),
          token,
          expiresOn: instant,
          refreshAt,
          scopes: z.readonly(scopes),
        }),
      },
    },
    problems: ['scope-not-allowed', 'token-limit', 'busy', 'storage-failed'],
  }),
  revoke: route({
    name: 'revokeTokens',
    method: 'DELETE',
    path: '/api/tokens',
    role: 'signed-in',
    summary: 'Make all user tokens of the caller worthless',
    description: 'The identity stays. Whoever is still signed in can have new ones.',
    responses: { 204: { description: 'None of them is good any more; perhaps there were none.' } },
    problems: ['storage-failed'],
  }),
  exchange: route({
    name: 'exchangeTeamsToken',
    method: 'POST',
    path: '/api/tokens/teams',
    role: 'signed-in',
    summary: 'A user token for the caller as a Teams user',
    description:
      'Exchanges an access token of Entra ID that is about the caller. There is nothing here (`not-found`) unless `TEAMS_CLIENT_ID` is set.',
    body: z.strictObject({
      teamsUserToken: z
        .string()
        .check(
          z.minLength(1),
          z.maxLength(16_384),
          z.describe('For the app `TEAMS_CLIENT_ID`, with the permissions Teams.ManageCalls and Teams.ManageChats.'),
        ),
    }),
    responses: {
      200: {
        description: 'The token; it ends with the one exchanged.',
        body: z.object({ user, token, expiresOn: instant, refreshAt }),
      },
    },
    problems: ['forbidden', 'not-found', 'token-limit', 'busy', 'storage-failed'],
  }),
} as const;
