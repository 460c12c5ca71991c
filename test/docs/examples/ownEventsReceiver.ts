import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/** Listens for own events, one a request; `take` may see the same event twice. */
export const receiver = (take: (event: { readonly id: string; readonly type: string }) => Promise<void>) =>
  createServer(async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(200, { 'WebHook-Allowed-Origin': String(request.headers['webhook-request-origin']) }).end();
      return;
    }
    try {
      await take((await json(request)) as { id: string; type: string });
      response.writeHead(200).end();
    } catch {
      response.writeHead(500).end(); // Event Grid comes again, for a day.
    }
  });
