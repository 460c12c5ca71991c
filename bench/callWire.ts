import type { IncomingMessage } from 'node:http';
import { countWire } from '../test/support/wireCounter.ts';

type Side = 'app' | 'floor';

/** Addresses without a slash at the end. */
interface Origins {
  readonly app: string;
  readonly floor: string;
  readonly acs: string;
}

export interface CallWire {
  /** By which way to go instead. */
  readonly urls: Origins;
  /** Milliseconds from each callback to the command on the same call that followed, since this was asked last. */
  taken(side: Side): readonly number[];
  /** When the latest call was answered, by `performance.now()`. */
  answeredAt(): number;
  close(): Promise<void>;
}

const command = /\/callConnections\/([^/:]+):(?:recognize|play|terminate)$/;
const followed = /\.(?:CallConnected|RecognizeCompleted|PlayCompleted)$/;

/**
 * Stands between ACS and those it tells of calls. Both clocks are read here, when a request arrives and before it goes on, so
 * that this detour is in no figure but for one hop each way, which every side pays.
 */
export async function callWire(origins: Origins): Promise<CallWire> {
  const told = new Map<string, { readonly side: Side; readonly at: number }>();
  const durations: Record<Side, number[]> = { app: [], floor: [] };
  let answered = 0;
  const watch = ({ to, path }: { readonly to: keyof Origins; readonly path: string }, incoming: IncomingMessage) => {
    const at = performance.now();
    if (to !== 'acs') return void callOf(incoming).then((call) => call && told.set(call, { side: to, at }));
    if (path.endsWith('/callConnections:answer')) answered = at;
    const call = command.exec(path)?.[1] ?? '';
    const callback = told.get(call);
    if (callback === undefined) return;
    durations[callback.side].push(at - callback.at);
    told.delete(call);
  };
  const { urls, close } = await countWire<keyof Origins>({ ...origins }, { watch });
  return { urls, close, taken: (side) => durations[side].splice(0), answeredAt: () => answered };
}

/** The call that a callback is about, if a command is to follow. Read beside whoever passes it on. */
async function callOf(incoming: IncomingMessage): Promise<string | undefined> {
  const parts: string[] = [];
  incoming.on('data', (part) => parts.push(String(part)));
  await new Promise((ended) => incoming.on('end', ended));
  const [callback] = JSON.parse(parts.join('')) as readonly {
    readonly type: string;
    readonly data: { readonly callConnectionId: string };
  }[];
  return callback && followed.test(callback.type) ? callback.data.callConnectionId : undefined;
}
