import { join } from 'node:path';
import type { Logger } from '../shared/core/logger.ts';
import { localAccessKey } from './acs/connection.ts';
import { type DialsHolder, holdDials } from './acs/dialsHolder.ts';
import { exampleNumbers } from './acs/numbers.ts';
import { type Acs, startAcs } from './acs/startAcs.ts';
import { appSettings, exampleSettings, type Places } from './appSettings.ts';
import { startAzurite } from './azurite.ts';
import { type Certificate, keptCertificate } from './certificate.ts';
import { clearStorage } from './clearStorage.ts';
import { createEventGrid, type EventGrid } from './eventGrid/eventGrid.ts';
import { realTimers } from './eventGrid/timers.ts';
import { type FunctionsHost, startFunctionsHost } from './functionsHost/startFunctionsHost.ts';
import { occupy } from './occupancy.ts';
import { type Oidc, startOidc } from './oidc.ts';
import { onPort } from './ports.ts';
import type { LocalSettings } from './settings.ts';
import { ownEventsEndpoint, ownEventsTopic, subscriptionsOf } from './subscriptions.ts';

export interface WorldOptions {
  /** The app's folder. */
  readonly root: string;
  readonly settings: LocalSettings;
  /** Settings of the app that differ from the example's. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the functions run here too, or elsewhere under `func start`. */
  readonly functions: boolean;
  readonly log: Logger;
  /** Storage that runs already; without it the world has an Azurite of its own. */
  readonly storage?: string | undefined;
  /** Lets whoever measures stand between the app and its world. */
  readonly reroute?: ((places: Places) => Promise<Places>) | undefined;
}

/** A running world; every part of it is on 127.0.0.1. */
export interface World {
  /** Connection string. */
  readonly storage: string;
  readonly oidc: Oidc;
  readonly acs: Acs;
  /** What ACS shows over TLS. */
  readonly certificate: Certificate;
  readonly eventGrid: EventGrid;
  readonly dials: DialsHolder;
  readonly functions?: FunctionsHost | undefined;
  /** Resolves when no text, report or event is on its way. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** What has been started, to be ended in the opposite order. */
type Closes = (() => Promise<void>)[];

/**
 * Brings up Azurite, the issuer, Event Grid, ACS with its carrier, and the functions. If one of them cannot start the
 * others are ended, and the error says what to change.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const closes: Closes = [];
  const close = async () => {
    for (const end of closes.splice(0).reverse()) await end();
  };
  try {
    return { ...(await build(options, closes)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: WorldOptions, closes: Closes): Promise<Omit<World, 'close'>> {
  const { settings, root, environment } = options;
  await kept(closes, occupy(settings.directory));
  const storage = options.storage ?? (await ownStorage(options, closes));
  const audience = exampleSettings(root)['OIDC_AUDIENCE'] ?? '';
  const oidc = await kept(
    closes,
    onPort('oidc', () => startOidc({ port: settings.oidcPort, audience })),
  );
  const dials = holdDials();
  closes.push(async () => dials.close());
  let acsUrl = '';
  const eventGrid = eventGridOf(options, dials, () => acsUrl);
  closes.push(() => eventGrid.close());
  const certificate = await keptCertificate(join(settings.directory, 'tls'), Date.now());
  const acs = await kept(closes, acsOf(options, { dials, eventGrid, storage, certificate, oidc }));
  acsUrl = acs.url;
  const events = settings.ownEventsTo === undefined ? undefined : ownEventsEndpoint(acs.url);
  const places = {
    storage,
    acs: acs.connectionString,
    issuer: oidc.issuer,
    events,
    calls: { ...acs.callbacks, publicUrl: settings.functionsUrl },
    lab: acs.url,
  };
  const app = appSettings(root, (await options.reroute?.(places)) ?? places, environment);
  const functions = options.functions ? await kept(closes, functionsOf(options, app)) : undefined;
  eventGrid.start();
  return { storage, oidc, acs, certificate, eventGrid, dials, functions, settled: () => quiet(acs, eventGrid) };
}

async function ownStorage({ settings, log }: WorldOptions, closes: Closes): Promise<string> {
  const onExit = (what: string) => log('error', 'azurite.ended', { reason: what });
  const directory = join(settings.directory, 'azurite');
  const azurite = await kept(
    closes,
    onPort('table', () => startAzurite({ directory, ports: settings.storagePorts, onExit })),
  );
  return azurite.connectionString();
}

const eventGridOf = ({ root, settings, log }: WorldOptions, dials: DialsHolder, origin: () => string): EventGrid =>
  createEventGrid({
    topic: exampleSettings(root)['ACS_RESOURCE_ID'] ?? '',
    subscriptions: subscriptionsOf(settings),
    topics: [ownEventsTopic],
    dials: dials.get,
    timers: realTimers,
    log,
    journal: join(settings.directory, 'events.jsonl'),
    origin,
  });

interface Around {
  readonly dials: DialsHolder;
  readonly eventGrid: EventGrid;
  readonly storage: string;
  readonly certificate: Certificate;
  readonly oidc: Oidc;
}

const acsOf = ({ settings, log }: WorldOptions, around: Around): Promise<Acs> =>
  onPort('acs', () =>
    startAcs({
      ...around,
      port: settings.acsPort,
      tls: { ...around.certificate, port: settings.acsTlsPort },
      signIn: around.oidc,
      numbers: exampleNumbers,
      accessKey: localAccessKey,
      pages: settings.functionsUrl,
      log,
      journal: join(settings.directory, 'acs.jsonl'),
      identityJournal: join(settings.directory, 'identities.jsonl'),
      alsoReset: () => clearStorage(around.storage),
    }),
  );

const functionsOf = (
  { root, settings, log }: WorldOptions,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FunctionsHost> =>
  onPort('functions', () =>
    startFunctionsHost({ root, env, port: settings.functionsPort, cors: settings.functionsCors, log }),
  );

async function kept<T extends { close(): Promise<void> }>(closes: Closes, starting: Promise<T>): Promise<T> {
  const started = await starting;
  closes.push(() => started.close());
  return started;
}

/** A delivered event may send a text and a text brings a report, which is an event: quiet is when both are at once. */
async function quiet(acs: Acs, eventGrid: EventGrid): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await eventGrid.settled();
    await acs.settled();
  }
}
