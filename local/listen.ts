import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Listens, on this machine only unless told otherwise, and returns the port; 0 takes a free one. A taken port is an error
 * that names it and keeps its code.
 */
export async function listen(server: Server, port: number, hostname = '127.0.0.1'): Promise<number> {
  server.listen(port, hostname);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw inWords(error as NodeJS.ErrnoException, port);
  }
  return (server.address() as AddressInfo).port;
}

/** Ends open connections too: a held request must not keep the world alive. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined ? resolve() : reject(error)));
    server.closeAllConnections();
  });
}

/** What a failed start of a server means to the person who started it. */
function inWords(error: NodeJS.ErrnoException, port: number): NodeJS.ErrnoException {
  if (error.code !== 'EADDRINUSE') return error;
  const said: NodeJS.ErrnoException = new Error(`Port ${port} is in use by another program.`, { cause: error });
  said.code = error.code;
  return said;
}
