import { app } from '@azure/functions';
import { unlessKnown } from '../shared/http/conditional.ts';
import { templateRoutes as routes } from '../shared/http/templates.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** What agents start from instead of writing it anew. */
app.http(
  routes.list.name,
  onRequest(routes.list, async ({ headers }, { playbook }) =>
    unlessKnown({ items: playbook.templates }, headers['if-none-match']),
  ),
);
