import { app } from '@azure/functions';
import { importConsents } from '../shared/conversations/importConsents.ts';
import { consentRoutes as routes } from '../shared/http/consents.ts';
import { answer } from '../shared/http/route.ts';
import { readConsentsCsv } from '../shared/runtime/consentsCsv.ts';
import { onRequest } from '../shared/runtime/onRequest.ts';

/** Who opted out elsewhere. */
app.http(
  routes.import.name,
  onRequest(routes.import, async ({ body, caller }, services) => {
    const consents = readConsentsCsv(body, services);
    return answer(200, await importConsents(consents, `agent:${caller.subject}`, services));
  }),
);
