import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../../shared/core/logger.ts';
import { listen } from '../listen.ts';

export interface HostRequest {
  readonly method: string;
  readonly url: URL;
  /** Names in lower case; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body came without a Content-Length. */
  readonly chunked: boolean;
}

export interface HostResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export type Handle = (request: HostRequest) => Promise<HostResponse>;

export interface ServerOptions {
  readonly port: number;
  readonly hostname: string;
  readonly handle: Handle;
  readonly log: Logger;
}

/** The host's own limit: https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits */
const maxBody = 104_857_600;
/** Milliseconds that a client who neither finishes nor leaves may hold up the closing. */
const patience = 500;

/** Serves until closed; rejects with `EADDRINUSE`, in words, where the port is taken. */
export async function serve({ port, hostname, handle, log }: ServerOptions) {
  const server = createServer((request, response) => {
    answer({ request, response, handle, server }).catch((error: Error) => {
      log('error', 'host.failed', { message: error.message, stack: error.stack });
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  const taken = await listen(server, port, hostname);
  return {
    url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${taken}`,
    /** Takes nothing new; lets go of its clients a moment after `quiet`. */
    close: (quiet: Promise<void>) => close(server, quiet),
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly handle: Handle;
  readonly server: Server;
}

async function answer({ request, response, handle, server }: Exchange): Promise<void> {
  const { status, headers = {}, body } = await answerTo(request, handle);
  if (response.destroyed) return;
  // A keep-alive connection would outlive a server that is being closed.
  if (!server.listening || !request.complete) response.shouldKeepAlive = false;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.writeHead(status).end(body);
}

async function answerTo(request: IncomingMessage, handle: Handle): Promise<HostResponse> {
  const body = await bodyOf(request);
  if (body === 'too large') return { status: 413 };
  if (body === 'broken off') return { status: 400 };
  const { host = 'localhost' } = request.headers;
  const target = request.url?.startsWith('/') ? `http://${host}${request.url}` : request.url;
  if (target === undefined || !URL.canParse(target)) return { status: 400 };
  return handle({
    method: request.method ?? 'GET',
    url: new URL(target),
    headers: headersOf(request),
    body,
    chunked: request.headers['transfer-encoding'] !== undefined,
  });
}

const headersOf = ({ headersDistinct }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(headersDistinct).map(([name, values = []]) => [name, values.join(',')]));

async function bodyOf(request: IncomingMessage): Promise<Buffer | 'too large' | 'broken off'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBody) return 'too large';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBody) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    return 'broken off';
  }
  return Buffer.concat(chunks);
}

async function close(server: Server, quiet: Promise<void>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  await quiet;
  const impatience = setTimeout(() => server.closeAllConnections(), patience);
  await closed;
  clearTimeout(impatience);
}
