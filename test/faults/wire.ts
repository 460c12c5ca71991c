import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type RequestOptions, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aboutOf, type Destination, destinations, type Effect } from './effect.ts';

export interface Answer {
  readonly status: number;
  /** In pairs, as Node has them. */
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** What becomes of a request: whether it is carried out, and what its worker hears. */
export interface Treatment {
  readonly carried: boolean;
  /** `dies`: the worker, which hears nothing ever after, and nothing of which is carried out any more. */
  readonly heard: 'answer' | 'reset' | 'silence' | 'dies' | Omit<Answer, 'body'>;
}

export const untroubled: Treatment = { carried: true, heard: 'answer' };

export interface WireOptions {
  /** Where the requests go in the end. */
  readonly origins: Readonly<Record<Destination, string>>;
  readonly treat: (effect: Effect) => Treatment | Promise<Treatment>;
  /** Something was carried out; its worker hears of it afterwards. */
  readonly carried: (effect: Effect, answer: Answer) => Promise<void>;
}

/** A request, what was decided about it, and whether its answer is on its way back. */
export interface Passed {
  readonly effect: Effect;
  readonly treatment?: Treatment;
  readonly answered?: true;
}

/** All that one worker has of the world outside. */
export interface Wire {
  readonly urls: Readonly<Record<Destination, string>>;
  /** Its effects so far, with what became of them. */
  readonly seen: readonly Passed[];
  readonly died: Promise<void>;
  /** Breaks off whatever is under way. */
  close(): void;
}

/**
 * Stands between one worker and everything else. Each request is read whole, treated, and if it is to be, carried out;
 * headers, Host among them, go on as they came, so that whatever was signed stays valid.
 */
export async function wireFor({ origins, treat, carried }: WireOptions): Promise<Wire> {
  const agent = new Agent({ keepAlive: true });
  const seen: { -readonly [K in keyof Passed]: Passed[K] }[] = [];
  const death = Promise.withResolvers<void>();
  let dead = false;

  const nameOf = (label: string) => {
    const nth = seen.filter(({ effect }) => effect.label === label).length + 1;
    return nth === 1 ? label : `${label} (${nth})`;
  };

  async function take(to: Destination, incoming: IncomingMessage): Promise<Answer | 'reset' | undefined> {
    const body = Buffer.concat(await incoming.toArray());
    if (dead) return undefined;
    const [path = '', query = ''] = (incoming.url ?? '').split('?', 2);
    const requested = { to, method: incoming.method ?? '', path, query, body: body.toString() };
    const about = aboutOf(requested);
    const record: (typeof seen)[number] = { effect: { ...requested, ...about, name: nameOf(about.label) } };
    seen.push(record);
    const treatment = await treat(record.effect);
    if (dead) return undefined;
    record.treatment = treatment;
    const { heard } = treatment;
    if (heard === 'dies') dead = true;
    const answer = treatment.carried ? await forward(incoming, body, { origin: origins[to], agent }) : undefined;
    if (answer !== undefined) await carried(record.effect, answer);
    record.answered = true;
    if (heard === 'dies') death.resolve();
    if (dead || heard === 'silence' || heard === 'dies') return undefined;
    if (heard === 'answer') return answer;
    return heard === 'reset' ? heard : { ...heard, body: Buffer.alloc(0) };
  }

  const servers = await Promise.all(destinations.map((to) => serve((incoming) => take(to, incoming))));
  return {
    urls: Object.fromEntries(servers.map(({ url }, n) => [destinations[n], url])) as Wire['urls'],
    seen,
    died: death.promise,
    close() {
      dead = true;
      agent.destroy();
      for (const { server } of servers) shut(server);
    },
  };
}

async function serve(take: (incoming: IncomingMessage) => Promise<Answer | 'reset' | undefined>) {
  const server = createServer((incoming, outgoing) => {
    const answered = async () => {
      const answer = await take(incoming);
      if (answer === 'reset') outgoing.destroy();
      else if (answer !== undefined) outgoing.writeHead(answer.status, [...answer.headers]).end(answer.body);
    };
    answered().catch(() => outgoing.destroy());
  }).listen(0, '127.0.0.1');
  server.keepAliveTimeout = 0;
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function forward(
  { method, url: path, rawHeaders: headers }: IncomingMessage,
  body: Buffer,
  { origin, agent }: { readonly origin: string; readonly agent: Agent },
): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const onward = request({ hostname, port, method, path, headers, agent } as RequestOptions).end(body);
  const [answer] = (await once(onward, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 502, headers: answer.rawHeaders, body: Buffer.concat(await answer.toArray()) };
}

/**
 * Milliseconds for which an address that is closed is kept from others. A client that was cut off tries it a few times more:
 * whoever had the port next would take that for its own worker's.
 */
const quarantine = 1_000;

function shut(server: Server): void {
  server.on('connection', (socket) => socket.destroy());
  server.closeAllConnections();
  setTimeout(() => server.close(), quarantine).unref();
}
