import { app } from '@azure/functions';
import { healthRoutes as routes } from '../shared/http/health.ts';
import { answer } from '../shared/http/route.ts';
import { healthOf } from '../shared/runtime/health.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** Whether it works, for whoever watches over it. */
app.http(
  routes.get.name,
  onRequest(routes.get, async (_request, services) => {
    const health = await healthOf(services);
    return health.status === 'ok' ? answer(200, health) : answer(503, health);
  }),
);
