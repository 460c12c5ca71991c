import * as z from 'zod/mini';
import { parseUserKey } from '../identity/keys.ts';
import { textAs } from './fields.ts';
import { route } from './route.ts';

const user = textAs(parseUserKey, 'the pseudonym of a user, as POST /api/tokens and the log give it', {
  description: 'The pseudonym of a user.',
  pattern: '^[A-Za-z0-9_-]{22}$',
});

/** What an admin may do for any user. */
export const userRoutes = {
  revokeTokens: route({
    name: 'revokeUserTokens',
    method: 'DELETE',
    path: '/api/users/{user}/tokens',
    role: 'admin',
    summary: 'Make all user tokens of a user worthless',
    params: z.strictObject({ user }),
    responses: { 204: { description: 'None of them is good any more; perhaps there were none, or no such user.' } },
  }),
  forgetIdentity: route({
    name: 'forgetUserIdentity',
    method: 'DELETE',
    path: '/api/users/{user}/identity',
    role: 'admin',
    summary: 'Delete the user identity of a user, with all its tokens',
    params: z.strictObject({ user }),
    responses: { 204: { description: 'There is none any more; perhaps there was none, or no such user.' } },
    problems: ['busy'],
  }),
} as const;
