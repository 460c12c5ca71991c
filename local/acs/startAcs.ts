import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Logger } from '../../shared/core/logger.ts';
import { type Carrier, carrierOf } from '../carrier/carrier.ts';
import { openLedger } from '../carrier/ledger.ts';
import { seededRandom } from '../dials.ts';
import { realTimers, type Timers } from '../eventGrid/timers.ts';
import { listen, shut } from '../listen.ts';
import { acsApp, type EventGridBeside } from './acsApp.ts';
import { connectionStringOf } from './connection.ts';
import { deliveriesOf } from './deliveries.ts';
import type { DialsHolder } from './dialsHolder.ts';
import type { Exchange } from './exchange.ts';
import { type NumberSetting, serviceNumbers } from './numbers.ts';
import { rateLimiter } from './rateLimiter.ts';
import { scopedTimers } from './scopedTimers.ts';

export interface AcsOptions {
  /** 0: a free one. */
  readonly port: number;
  readonly numbers: readonly NumberSetting[];
  /** Base64, as in the connection string. */
  readonly accessKey: string;
  readonly dials: DialsHolder;
  readonly eventGrid: EventGridBeside;
  readonly log: Logger;
  /** A file that keeps blocks, texts, ids and pending reports over a restart; without it they end with the process. */
  readonly journal?: string | undefined;
  readonly timers?: Timers | undefined;
  readonly random?: Exchange['random'] | undefined;
  /** The rest of what `POST /admin/reset` makes fresh; ACS, Event Grid and the dials are already. */
  readonly alsoReset?: (() => Promise<void>) | undefined;
}

export interface Acs {
  /** Without a slash at its end. */
  readonly url: string;
  readonly connectionString: string;
  readonly carrier: Carrier;
  /** Resolves when no text is on its way and no delivery report pending. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** ACS's SMS wire and the telephone network behind it, on one port. A taken port is an error with code EADDRINUSE. */
export async function startAcs(options: AcsOptions): Promise<Acs> {
  const timers = scopedTimers(options.timers ?? realTimers);
  const exchange = exchangeOf(options, timers);
  const { ledger, numbers, deliveries } = exchange;
  const carrier = carrierOf({
    ledger,
    numbers,
    timers,
    events: options.eventGrid,
    terms: () => options.dials.get().switches,
  });
  const app = acsApp({ ...options, exchange, carrier, reset: () => reset(options, exchange) });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const release = async () => {
    await deliveries.stop();
    timers.clearAll();
    ledger.close();
  };
  const port = await listen(server, options.port).catch(async (error) => {
    await release();
    throw error;
  });
  deliveries.resume();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    connectionString: connectionStringOf(url, options.accessKey),
    carrier,
    settled: deliveries.settled,
    async close() {
      await shut(server);
      await release();
    },
  };
}

function exchangeOf(options: AcsOptions, timers: Timers): Exchange {
  const { dials, eventGrid, log } = options;
  const { repeatabilityWindowSeconds } = dials.get().switches;
  const ledger = openLedger({
    path: options.journal,
    now: timers.now(),
    window: repeatabilityWindowSeconds * 1_000,
  });
  const deliveries = deliveriesOf({
    ledger,
    timers,
    events: eventGrid,
    terms: () => dials.get().switches,
    onError: (error) => log('error', 'acs.report-unpublished', { reason: String(error) }),
  });
  return {
    numbers: serviceNumbers(options.numbers),
    ledger,
    deliveries,
    limiter: rateLimiter(timers.now),
    timers,
    dials: dials.get,
    random: options.random ?? ((...names) => seededRandom(dials.get().seed, ...names)),
    inProgress: new Set(),
  };
}

async function reset(options: AcsOptions, { deliveries, ledger, limiter, inProgress }: Exchange): Promise<void> {
  await deliveries.stop();
  ledger.clear();
  limiter.clear();
  inProgress.clear();
  options.eventGrid.clear();
  options.dials.reset();
  await options.alsoReset?.();
}
