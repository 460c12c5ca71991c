import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { listen, shut } from '../../../local/listen.ts';

/** A request as it came over the wire. */
export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Of JSON; `undefined` when there is none. */
  readonly body: unknown;
}

/** Something that answers in place of ACS until the test is over, and what it was asked. */
export async function inPlaceOfAcs(answer: RequestListener) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const text = (await Array.fromAsync(request)).join('');
    const { method = '', url = '', headers } = request;
    asked.push({ method, path: url.replace(/\?.*/, ''), headers, body: text === '' ? undefined : JSON.parse(text) });
    answer(request, response);
  });
  const port = await listen(server, 0);
  onTestFinished(() => shut(server));
  return { asked, connectionString: `endpoint=http://127.0.0.1:${port}/;accesskey=a2V5` };
}
