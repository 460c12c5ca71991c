import { app } from '@azure/functions';
import { openApiRoutes as routes } from '../shared/http/openApi.ts';
import { answer } from '../shared/http/route.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** The API's own description; making it takes code that nothing else needs, so that is loaded when somebody asks. */
app.http(
  routes.get.name,
  onRequest(routes.get, async () => {
    const { openApiDocument } = await import('../shared/http/openApiDocument.ts');
    const all = await import('../shared/http/routes.ts');
    return answer(200, openApiDocument(all.routes));
  }),
);
