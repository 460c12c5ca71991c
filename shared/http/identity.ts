import { route } from './route.ts';

/** The caller's user identity. */
export const identityRoutes = {
  forget: route({
    name: 'forgetIdentity',
    method: 'DELETE',
    path: '/api/identity',
    role: 'signed-in',
    summary: 'Delete the caller’s user identity, with all its tokens',
    description: 'Whoever asks for a token later begins anew, with another identity.',
    responses: { 204: { description: 'There is none any more; perhaps there was none.' } },
    problems: ['busy', 'storage-failed'],
  }),
} as const;
