import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WireRequest<Name extends string = string> {
  /** Counts from 1, across all the endpoints of one counter, as requests arrive. */
  readonly order: number;
  /** Which endpoint it was for. */
  readonly to: Name;
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

export interface WireOptions<Name extends string> {
  /** Requests that are carried out and whose answer is lost on the way back: the connection breaks. */
  readonly loseAnswer?: Matches<Name>;
  /** Told of each request as it arrives, before it goes on; its body may be listened to beside. */
  readonly watch?: (request: WireRequest<Name>, incoming: IncomingMessage) => void;
}

type Matches<Name extends string> = (request: WireRequest<Name>) => boolean;

export interface WireCounter<Name extends string = string> {
  /** Where to go instead of the endpoints, without a slash at the end. */
  readonly urls: Readonly<Record<Name, string>>;
  requests(): readonly WireRequest<Name>[];
  /** Resolves when the n-th request that matches (counted from 1, since the last `clear`) has arrived. */
  reached(n: number, matches?: Matches<Name>): Promise<WireRequest<Name>>;
  clear(): void;
  close(): Promise<void>;
}

/**
 * Stands before HTTP endpoints (their origins, by name) and writes down what passes, so that tests count requests where
 * they cost. Headers, Host among them, go on as they came: whatever was signed stays valid.
 */
export async function countWire<Name extends string>(
  origins: Readonly<Record<Name, string>>,
  { loseAnswer = () => false, watch }: WireOptions<Name> = {},
): Promise<WireCounter<Name>> {
  const agent = new Agent({ keepAlive: true });
  let seen: WireRequest<Name>[] = [];
  let waiting: (() => void)[] = [];
  const note = (to: Name, { method = '', url = '/' }: IncomingMessage) => {
    const [path = '', query = ''] = url.split('?', 2);
    const noted = { order: seen.length + 1, to, method, path, query };
    seen.push(noted);
    for (const look of waiting.splice(0)) look();
    return noted;
  };
  const servers = await Promise.all(
    (Object.entries(origins) as [Name, string][]).map(async ([name, origin]) => {
      const server = await listen((incoming, outgoing) => {
        const noted = note(name, incoming);
        watch?.(noted, incoming);
        forward({ incoming, outgoing, lost: loseAnswer(noted) }, new URL(origin), agent);
      });
      return { name, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    }),
  );
  const urls = Object.fromEntries(servers.map(({ name, url }) => [name, url])) as Record<Name, string>;

  return {
    urls,
    requests: () => [...seen],
    async reached(n, matches = () => true) {
      for (;;) {
        const found = seen.filter(matches)[n - 1];
        if (found) return found;
        await new Promise<void>((look) => waiting.push(look));
      }
    },
    clear: () => {
      seen = [];
    },
    close: async () => {
      waiting = [];
      agent.destroy();
      await Promise.all(servers.map(({ server }) => shut(server)));
    },
  };
}

type Service = 'Blob' | 'Queue' | 'Table';
const endpoint = /(Blob|Queue|Table)Endpoint=(http:\/\/[^/;]+)/g;

/** Counts what goes to a storage account: `connectionString` is the same account by way of the counter. */
export async function countStorage(
  connectionString: string,
  options?: WireOptions<Service>,
): Promise<WireCounter<Service> & { readonly connectionString: string }> {
  const origins = Object.fromEntries(
    [...connectionString.matchAll(endpoint)].map(([, name, origin]) => [name, origin]),
  );
  const counter = await countWire(origins as Record<Service, string>, options);
  const counted = connectionString.replace(endpoint, (_, name: Service) => `${name}Endpoint=${counter.urls[name]}`);
  return { ...counter, connectionString: counted };
}

async function shut(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

async function listen(handler: (incoming: IncomingMessage, outgoing: ServerResponse) => void) {
  const server = createServer(handler).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly lost: boolean;
}

/** Whichever side breaks off, the other sees it too. */
function forward({ incoming, outgoing, lost }: Exchange, { hostname, port }: URL, agent: Agent): void {
  const { method, url: path, rawHeaders: headers } = incoming;
  const breakOff = () => outgoing.destroy();
  const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
    answer.on('error', breakOff);
    if (lost) answer.resume().on('end', breakOff);
    else answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders));
  });
  onward.on('error', breakOff);
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
