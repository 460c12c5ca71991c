import type { Server } from 'node:http';
import { createServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import type { Certificate } from '../certificate.ts';
import { listen, shut } from '../listen.ts';
import { onPort } from '../ports.ts';

/** Where the wire is served over TLS. */
export interface TlsDoor extends Certificate {
  /** 0: a free one. */
  readonly port: number;
}

/** Where the wire is served. */
export interface Doors {
  /** Without a slash at its end, as the next. */
  readonly url: string;
  readonly tlsUrl?: string | undefined;
  close(): Promise<void>;
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

interface Wanted {
  readonly port: number;
  readonly tls?: TlsDoor | undefined;
}

/** Serves one app on a port, and on another one over TLS if that is wanted: on both, or, if one is taken, on none. */
export async function openDoors(fetch: Fetch, { port, tls }: Wanted): Promise<Doors> {
  const plain = patient(createAdaptorServer({ fetch }) as Server);
  const url = `http://127.0.0.1:${await listen(plain, port)}`;
  if (tls === undefined) return { url, close: () => shut(plain) };
  const { key, certificate: cert } = tls;
  const secure = patient(createAdaptorServer({ fetch, createServer, serverOptions: { key, cert } }) as Server);
  const securePort = await onPort('acsTls', () => listen(secure, tls.port)).catch(async (error) => {
    await shut(plain);
    throw error;
  });
  const close = async () => {
    await shut(secure);
    await shut(plain);
  };
  return { url, tlsUrl: `https://127.0.0.1:${securePort}`, close };
}

/**
 * Milliseconds that a connection is kept between requests. Node's own five seconds are about as long as the pauses of a busy
 * client: it then often writes into a connection that is just being closed, and meets ECONNRESET, which reads like a text
 * that may have left.
 */
const keepAlive = 60_000;

function patient(server: Server): Server {
  server.keepAliveTimeout = keepAlive;
  return server;
}
