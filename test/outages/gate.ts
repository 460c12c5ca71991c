import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Places } from '../../local/appSettings.ts';
import { listen, shut } from '../../local/listen.ts';

/** A request as it arrives at a gate. */
export interface Arrival {
  readonly method: string;
  /** With its query. */
  readonly path: string;
}

/** `mute`: it gets there, and its answer never comes back. */
export type Fate = 'pass' | 'reset' | 'unavailable' | 'silent' | 'mute';

/** Decides what becomes of a request, now or later; before it has decided, the request waits. */
export type Warden = (arrival: Arrival) => Fate | Promise<Fate>;

/** Stands before an HTTP origin and lets through what its warden says. Headers go on as they came, so signatures stay good. */
export interface Gate {
  /** Without a slash at its end. */
  readonly url: string;
  /** Connections are refused from now on, and those that stand are broken. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

async function gateBefore(origin: string, warden: Warden): Promise<Gate> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', url = '/' } = incoming;
    const fate = await warden({ method, path: url });
    if (fate === 'reset') incoming.socket.destroy();
    if (fate === 'unavailable') outgoing.writeHead(503).end();
    if (fate === 'pass' || fate === 'mute') forward({ incoming, outgoing, mute: fate === 'mute' }, origin, agent);
  });
  const port = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    shut: () => shut(server),
    open: async () => void (await listen(server, port)),
    async close() {
      agent.destroy();
      if (server.listening) await shut(server);
    },
  };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly mute: boolean;
}

function forward({ incoming, outgoing, mute }: Exchange, origin: string, agent: Agent): void {
  const { hostname, port } = new URL(origin);
  const { method, url: path, rawHeaders: headers } = incoming;
  const onward = request({ hostname, port, method, path, headers, agent }, (answer) => {
    answer.on('error', () => outgoing.destroy());
    if (mute) answer.resume();
    else answer.pipe(outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders));
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}

/** Places behind gates; `storage` stands before tables, queues and blobs. */
export async function gated(places: Places, { acs, storage }: { readonly acs?: Warden; readonly storage?: Warden }) {
  const gates: Gate[] = [];
  const before = async (text: string, pattern: RegExp, warden: Warden | undefined) => {
    let said = text;
    for (const origin of warden ? new Set(text.match(pattern)) : []) {
      const gate = await gateBefore(origin, warden!);
      gates.push(gate);
      said = said.replaceAll(origin, gate.url);
    }
    return said;
  };
  const origins = /http:\/\/127\.0\.0\.1:\d+/g;
  return {
    places: {
      ...places,
      acs: await before(places.acs, origins, acs),
      storage: await before(places.storage, origins, storage),
    },
    gates,
  };
}
