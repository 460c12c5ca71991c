import * as z from 'zod/mini';
import { ifNoneMatch } from './fields.ts';
import { route } from './route.ts';

const headers = z.object({
  'accept-encoding': z.optional(z.string().check(z.describe('`br` and `gzip` are there.'))),
  'if-none-match': ifNoneMatch,
});

/** The web page in which agents read and answer. */
export const consoleRoutes = {
  get: route({
    name: 'getConsole',
    method: 'GET',
    path: '/console/{*path}',
    role: 'anyone',
    summary: 'The console: a page, its assets, and what the page has to know (`config.json`)',
    description: 'A path that names no file is a place within the page, and is answered with the page.',
    params: z.object({
      path: z.optional(z.string().check(z.describe('A file of the console, or a place in its page.'))),
    }),
    headers,
    responses: {
      200: {
        description: 'The file.',
        bodyType: '*/*',
        headers: {
          ETag: 'Of the file, in the encoding that it is sent in.',
          'Cache-Control': 'Assets are named by their content and never change.',
        },
      },
      304: { description: 'It is what the caller has.' },
    },
    problems: ['not-found'],
  }),
} as const;
