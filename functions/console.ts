import { app } from '@azure/functions';
import { consoleRoutes as routes } from '../shared/http/console.ts';
import { readConsole } from '../shared/runtime/console.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** The console's page and what belongs to it. */
app.http(
  routes.get.name,
  onRequest(routes.get, async ({ params: { path = '' }, headers }, { config }) => {
    return readConsole({ path, encodings: headers['accept-encoding'], known: headers['if-none-match'] }, config);
  }),
);
