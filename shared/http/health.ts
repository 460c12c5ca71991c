import * as z from 'zod/mini';
import { route } from './route.ts';

const check = z.object({ ok: z.boolean(), ms: z.number().check(z.describe('How long it took, in milliseconds.')) });
const count = z.int().check(z.gte(0));

const health = z
  .object({
    status: z.enum(['ok', 'failing']),
    checks: z.object({ tables: check, queues: check, blobs: check }),
    counts: z.object({
      ignored: count.check(z.describe('Events of types that are not ours, acknowledged; since this process began.')),
      poisoned: z.optional(
        count.check(
          z.describe('Wakes that failed too often and wait to be settled, roughly; a person should look if they stay.'),
        ),
      ),
      dropped: z.optional(
        count.check(z.describe('Events of ours that could not be processed, kept whole; 1,000 means at least that.')),
      ),
    }),
    version: z.string(),
  })
  .check(z.meta({ id: 'Health' }));

/** Whether it works; tells no secret and no number. */
export const healthRoutes = {
  get: route({
    name: 'getHealth',
    method: 'GET',
    path: '/api/health',
    role: 'anyone',
    summary: 'Whether it works',
    description: 'Looked at anew every few seconds at most.',
    responses: {
      200: { description: 'It works.', body: health },
      503: { description: 'Something that it rests on fails.', body: health },
    },
  }),
} as const;
export type Health = z.output<typeof health>;
