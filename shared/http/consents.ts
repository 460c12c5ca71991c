import * as z from 'zod/mini';
import { route } from './route.ts';

const count = z.int().check(z.gte(0));

/** Consent that was given or revoked before there was a conversation here. */
export const consentRoutes = {
  import: route({
    name: 'importConsents',
    method: 'POST',
    path: '/api/consents',
    role: 'admin',
    summary: 'Bring along who opted out elsewhere',
    description: 'All lines are checked before any is taken; the same file may be sent again.',
    bodyType: 'text/csv',
    body: z
      .string()
      .check(
        z.describe(
          'a line of names, then a line for each pair of numbers: `service`, `subscriber`, `consent` (`revoked` if left out, or `given`), `at` (ISO 8601; now, if left out), `reason`. At most 2,000 lines.',
        ),
      ),
    responses: {
      200: {
        description: 'All lines were taken.',
        body: z.object({
          changed: count.check(z.describe('Lines that changed something.')),
          unchanged: count.check(z.describe('Lines that told what is known, or what a later change has overtaken.')),
        }),
      },
    },
    problems: ['busy'],
  }),
} as const;
