import type { HttpFunctionOptions } from '@azure/functions';
import type { Route } from '../http/route.ts';
import { logTo } from './log.ts';
import { type Handle, requestHandler } from './requestHandler.ts';
import { type Services, services } from './services.ts';

/**
 * A route as the options of its function: `app.http(route.name, onRequest(route, handle))`. The platform's own keys are
 * not asked for, because the route's role is checked here, in the same way everywhere.
 */
export function onRequest<R extends Route>(route: R, handle: Handle<R, Services>): HttpFunctionOptions {
  const handler = requestHandler(route, handle, services);
  return {
    methods: [route.method],
    // The host wants a route without its leading slash.
    route: route.path.slice(1),
    authLevel: 'anonymous',
    handler: (request, context) => logTo(context, () => handler(request, context)),
  };
}
