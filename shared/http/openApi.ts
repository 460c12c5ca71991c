import * as z from 'zod/mini';
import { route } from './route.ts';

/** The description of all the others, and of itself. */
export const openApiRoutes = {
  get: route({
    name: 'getOpenApi',
    method: 'GET',
    path: '/api/openapi.json',
    role: 'anyone',
    summary: 'This API as an OpenAPI 3.1 document',
    responses: { 200: { description: 'The document.', body: z.record(z.string(), z.unknown()) } },
  }),
} as const;
