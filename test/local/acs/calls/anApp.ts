import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A CloudEvent as it arrived. */
export interface ToldEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly specversion: string;
  readonly data: Readonly<Record<string, unknown>> & {
    readonly resultInformation?: { readonly code: number; readonly subCode: number };
  };
}

/** A request of a callback. */
export interface Arrival {
  readonly path: string;
  readonly authorization: string;
  readonly contentType: string;
  readonly events: readonly ToldEvent[];
}

/** Something like the app: it takes callbacks, answers as it is told, and serves files. */
export async function anApp() {
  const arrivals: Arrival[] = [];
  const statuses: number[] = [];
  const files = new Map<string, Uint8Array | string>();
  const waiting: { readonly isDone: () => boolean; readonly resolve: () => void }[] = [];
  let onArrival: () => Promise<void> = async () => {};
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://host');
    if (request.method === 'GET') {
      const file = files.get(pathname);
      response.writeHead(file === undefined ? 404 : 200).end(file);
      return;
    }
    arrivals.push({
      path: pathname,
      authorization: request.headers.authorization ?? '',
      contentType: request.headers['content-type'] ?? '',
      events: JSON.parse(await text(request)),
    });
    for (const { isDone, resolve } of waiting) if (isDone()) resolve();
    await onArrival();
    response.writeHead(statuses.shift() ?? 200).end();
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const events = (): readonly ToldEvent[] => arrivals.flatMap((arrival) => arrival.events);
  const until = (isDone: () => boolean) =>
    new Promise<void>((resolve) => {
      if (isDone()) resolve();
      else waiting.push({ isDone, resolve });
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    /** What is answered next, in order; then 200. */
    statuses,
    files,
    events,
    /** Types without what all have in common. */
    types: () => events().map(({ type }) => type.replace('Microsoft.Communication.', '')),
    /** The last event of this type, once there is one. */
    async told(type: string, times = 1): Promise<ToldEvent['data']> {
      const found = () => events().filter((event) => event.type === `Microsoft.Communication.${type}`);
      await until(() => found().length >= times);
      return found().at(-1)!.data;
    },
    /** Resolves when so many requests have come. */
    came: (count: number) => until(() => arrivals.length >= count),
    /** What it waits for before it answers. */
    whenever(run: () => Promise<void>) {
      onArrival = run;
    },
    forget() {
      arrivals.length = 0;
    },
    close: () => shut(server),
  };
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
