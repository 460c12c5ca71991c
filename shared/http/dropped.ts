import * as z from 'zod/mini';
import { cursor, instant, limit, pageOf } from './fields.ts';
import { route } from './route.ts';

/** Its day, and a digest. */
const droppedId = z
  .string()
  .check(
    z.regex(
      /^([0-9]{4}-[0-9]{2}-[0-9]{2}|undated)_[A-Za-z0-9_-]{22}$/,
      'must be the id of a dropped event, as the list gives it',
    ),
    z.describe('Of a dropped event.'),
  );

const droppedEvent = z
  .object({
    id: z.string(),
    keptAt: instant,
    reason: z.string().check(z.describe('Why it could not be processed.')),
    event: z.unknown().check(z.describe('The event whole, as Event Grid delivered it.')),
  })
  .check(z.meta({ id: 'DroppedEvent' }));

/** Events of ours that could not be processed. */
export const droppedRoutes = {
  list: route({
    name: 'listDropped',
    method: 'GET',
    path: '/api/dropped',
    role: 'admin',
    summary: 'Events that could not be processed, by their day, oldest first',
    query: z.strictObject({ cursor, limit }),
    responses: {
      200: {
        description: 'A page of them.',
        body: z.object(pageOf(droppedEvent, 'Ask for the next page with it; absent on the last.')),
      },
    },
  }),
  redrive: route({
    name: 'redriveDropped',
    method: 'POST',
    path: '/api/dropped/{id}/redrive',
    role: 'admin',
    summary: 'Process a dropped event as if it came now',
    description: 'It is taken away once it is processed; `conflict` says why it still cannot be, and it stays.',
    params: z.strictObject({ id: droppedId }),
    responses: {
      200: { description: 'It was processed.', body: z.object({ id: z.string() }) },
    },
    problems: ['not-found', 'conflict', 'busy'],
  }),
} as const;
