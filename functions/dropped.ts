import { app } from '@azure/functions';
import { droppedRoutes as routes } from '../shared/http/dropped.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';
import { redrive } from '../shared/runtime/redrive.ts';

/** Events that could not be processed. */
app.http(
  routes.list.name,
  onRequest(routes.list, async ({ query: { limit, cursor } }, { dropped }) =>
    answer(200, await dropped.list(limit, cursor)),
  ),
);

/** One of them, once more. */
app.http(
  routes.redrive.name,
  onRequest(routes.redrive, async ({ params: { id } }, services) => {
    await redrive(id, services);
    return answer(200, { id });
  }),
);
