import * as z from 'zod/mini';
import { instant } from './fields.ts';
import { route } from './route.ts';

const iceServer = z.object({
  urls: z.readonly(z.array(z.string())),
  username: z.optional(z.string()),
  credential: z.optional(z.string()),
});

/** Where two ends that cannot reach each other may meet. */
export const iceServerRoutes = {
  list: route({
    name: 'listIceServers',
    method: 'GET',
    path: '/api/ice-servers',
    role: 'signed-in',
    summary: 'STUN and TURN servers, with credentials for a while',
    description:
      'Hand `iceServers` to `RTCPeerConnection`. There are none (`not-found`) unless the app is given some; docs/turn.md.',
    responses: {
      200: {
        description: 'The servers.',
        body: z.object({
          iceServers: z.readonly(z.array(iceServer)),
          expiresOn: instant.check(z.describe('When the credentials end. Ask anew before.')),
        }),
      },
    },
    problems: ['not-found'],
  }),
} as const;
