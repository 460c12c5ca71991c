import type { Logger } from '../../shared/core/logger.ts';
import type { SignInControl } from '../carrier/admin.ts';
import { type Carrier, carrierOf } from '../carrier/carrier.ts';
import { openLedger } from '../carrier/ledger.ts';
import { seededRandom } from '../dials.ts';
import { realTimers, type Timers } from '../eventGrid/timers.ts';
import { acsApp, type EventGridBeside } from './acsApp.ts';
import type { Gate } from './authentication.ts';
import { bearerProblemBy, type TokenIssuer } from './bearer.ts';
import { openIdPath } from './calls/callbacks/openIdRoutes.ts';
import { type Calls, openCalls } from './calls/openCalls.ts';
import { callbackIssuer } from './calls/rules.ts';
import { connectionStringOf, localResource } from './connection.ts';
import { deliveriesOf } from './deliveries.ts';
import type { DialsHolder } from './dialsHolder.ts';
import { type Doors, openDoors, type TlsDoor } from './doors.ts';
import type { Exchange } from './exchange.ts';
import { openIdentities } from './identity/openIdentities.ts';
import { type NumberSetting, serviceNumbers } from './numbers.ts';
import { rateLimiter } from './rateLimiter.ts';
import { resetAcs } from './resetAcs.ts';
import { scopedTimers } from './scopedTimers.ts';

export interface AcsOptions {
  /** 0: a free one. */
  readonly port: number;
  /** The same wire over TLS; absent: over plain HTTP only. */
  readonly tls?: TlsDoor | undefined;
  /** Whose bearer tokens are good over TLS; absent: nobody's. */
  readonly signIn?: (TokenIssuer & SignInControl) | undefined;
  readonly numbers: readonly NumberSetting[];
  /** Base64, as in the connection string. */
  readonly accessKey: string;
  readonly dials: DialsHolder;
  readonly eventGrid: EventGridBeside;
  readonly log: Logger;
  /** A file that keeps blocks, texts, ids and pending reports over a restart; without it they end with the process. */
  readonly journal?: string | undefined;
  /** The same for identities and the state of their tokens. */
  readonly identityJournal?: string | undefined;
  /** The origin whose pages may use `/admin` from a browser; absent: nobody's. */
  readonly pages?: string | undefined;
  readonly timers?: Timers | undefined;
  readonly random?: Exchange['random'] | undefined;
  /** The rest of what `POST /admin/reset` makes fresh; ACS, Event Grid and the dials are already. */
  readonly alsoReset?: (() => Promise<void>) | undefined;
}

export interface Acs {
  /** Without a slash at its end. */
  readonly url: string;
  /** The same over TLS, if there is. */
  readonly tlsUrl?: string | undefined;
  readonly connectionString: string;
  readonly carrier: Carrier;
  /** Who signs the callbacks of calls, whom for, and where the keys are found: what an app must be told to trust them. */
  readonly callbacks: { readonly issuer: string; readonly audience: string; readonly openIdConfig: string };
  /**
   * Resolves when no text, report or callback is on its way, and no prompt being said. A call that waits for somebody, to
   * answer or to press a key, is quiet.
   */
  settled(): Promise<void>;
  /** Resolves when all has been told of calls that is due by now: for whoever moves the time by hand. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

/** ACS's wire for SMS, identities and calls, and the telephone network behind it, on one port. A taken port is an error with code EADDRINUSE. */
export async function startAcs(options: AcsOptions): Promise<Acs> {
  const timers = scopedTimers(options.timers ?? realTimers);
  const exchange = exchangeOf(options, timers);
  const { ledger, deliveries } = exchange;
  const identityDesk = openIdentities({ journal: options.identityJournal, now: timers.now, dials: options.dials.get });
  const gate = gateOf(options, timers);
  const calls = callsOf(options, { exchange, timers, gate });
  const release = async () => {
    await calls.close();
    await deliveries.stop();
    timers.clearAll();
    ledger.close();
    identityDesk.close();
  };
  const carrier = carrierBy(options, exchange);
  const app = acsApp({
    ...options,
    exchange,
    identityDesk,
    calls,
    carrier,
    gate,
    reset: () => resetAcs(options, { exchange, identityDesk, calls }),
  });
  const doors = await openDoors(app.fetch, options).catch(async (error) => {
    await release();
    throw error;
  });
  deliveries.resume();
  return {
    ...told(doors, options),
    carrier,
    settled: () => settled(exchange, calls),
    caughtUp: calls.caughtUp,
    close: () => doors.close().then(release),
  };
}

const told = ({ url, tlsUrl }: Doors, { accessKey }: AcsOptions) => ({
  url,
  tlsUrl,
  connectionString: connectionStringOf(url, accessKey),
  callbacks: { issuer: callbackIssuer, audience: localResource, openIdConfig: `${url}${openIdPath}` },
});

const callsOf = (
  { log, eventGrid }: AcsOptions,
  { exchange, timers, gate }: { readonly exchange: Exchange; readonly timers: Timers; readonly gate: Gate },
): Calls => openCalls({ exchange, timers, door: gate, events: eventGrid, audience: localResource, log });

/** A callback may send a text, and the end of a text tells no call anything. */
async function settled({ deliveries }: Exchange, calls: Calls): Promise<void> {
  await calls.settled();
  await deliveries.settled();
}

const carrierBy = ({ dials, eventGrid }: AcsOptions, { ledger, numbers, timers }: Exchange): Carrier =>
  carrierOf({ ledger, numbers, timers, events: eventGrid, terms: () => dials.get().switches });

const gateOf = ({ accessKey, dials, signIn }: AcsOptions, { now }: Timers): Gate => ({
  key: Buffer.from(accessKey, 'base64'),
  now,
  // 0: as far as it likes.
  tolerance: () => dials.get().switches.hmacDateToleranceMinutes * 60_000 || undefined,
  bearerProblem: signIn && bearerProblemBy(signIn, now),
});

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
