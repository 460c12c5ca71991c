import * as z from 'zod/mini';
import { conditional } from './fields.ts';
import { route } from './route.ts';

/** What agents start from. */
export const templateRoutes = {
  list: route({
    name: 'listTemplates',
    method: 'GET',
    path: '/api/templates',
    role: 'agent',
    summary: 'Texts that agents start from, as the playbook has them',
    headers: conditional.headers,
    responses: {
      200: {
        description: 'All of them, in the order in which they are to be shown.',
        headers: conditional.etag,
        body: z.object({ items: z.readonly(z.array(z.object({ name: z.string(), text: z.string() }))) }),
      },
      304: conditional.unchanged,
    },
  }),
} as const;
