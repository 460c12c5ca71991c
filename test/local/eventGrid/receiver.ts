import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `hang`: never; `reset`: the connection breaks. */
export type Reaction =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | 'hang'
  | 'reset';

export interface Receiver {
  readonly url: string;
  readonly deliveries: readonly Received[];
  readonly handshakes: readonly Received[];
  /** The events of all deliveries, in the order in which they arrived. */
  events(): readonly Readonly<Record<string, unknown>>[];
  /** How deliveries are answered from now on; 200 until somebody says otherwise. */
  answerWith(react: (delivery: Received, count: number) => Reaction): void;
  shakeHandsWith(react: (handshake: Received) => Reaction): void;
  /** Resolves when so many requests of this kind have come. */
  seen(kind: 'deliveries' | 'handshakes', count: number): Promise<void>;
  close(): Promise<void>;
}

/** An endpoint that agrees to everything unless it is told not to; `port` for one that comes back where it was. */
export async function aReceiver(port = 0): Promise<Receiver> {
  const seen = { deliveries: [] as Received[], handshakes: [] as Received[] };
  let onDelivery: (delivery: Received, count: number) => Reaction = () => ({ status: 200 });
  let onHandshake = agree;
  let watchers: readonly (() => void)[] = [];

  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body: await text(request) };
      const kind = isHandshake(received) ? 'handshakes' : 'deliveries';
      seen[kind].push(received);
      const reaction = kind === 'handshakes' ? onHandshake(received) : onDelivery(received, seen.deliveries.length);
      for (const watcher of watchers) watcher();
      if (reaction === 'hang') return;
      if (reaction === 'reset') return void request.socket.destroy();
      response.writeHead(reaction.status, reaction.headers).end(reaction.body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...seen,
    events: () => seen.deliveries.flatMap(({ body }) => JSON.parse(body)),
    answerWith(react) {
      onDelivery = react;
    },
    shakeHandsWith(react) {
      onHandshake = react;
    },
    seen(kind, count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const look = () => seen[kind].length >= count && resolve();
      watchers = [...watchers, look];
      look();
      return promise;
    },
    close: () => shut(server),
  };
}

const isHandshake = ({ method, headers }: Received): boolean =>
  method === 'OPTIONS' || headers['aeg-event-type'] === 'SubscriptionValidation';

/** What the Functions host answers to both handshakes. */
export function agree({ method, headers, body }: Received): Reaction {
  if (method === 'OPTIONS') {
    return { status: 200, headers: { 'WebHook-Allowed-Origin': String(headers['webhook-request-origin']) } };
  }
  return { status: 200, body: JSON.stringify({ validationResponse: JSON.parse(body)[0].data.validationCode }) };
}

async function shut(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
