import { createServer } from 'node:http';
import { listen, shut } from '../../local/listen.ts';

/** A place that nobody must ever ask, and who did. */
export async function aCanary() {
  const visits: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    visits.push(url);
    response.end();
  });
  const port = await listen(server, 0);
  return { address: `http://127.0.0.1:${port}/keys`, visits, close: () => shut(server) };
}

export type Canary = Awaited<ReturnType<typeof aCanary>>;
