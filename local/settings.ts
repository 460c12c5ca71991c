import { resolve } from 'node:path';

/** The environment the world was started in; this file is the one place that reads it. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** Where everything of the local world is; ports on 127.0.0.1. */
export interface LocalSettings {
  readonly functionsPort: number;
  readonly acsPort: number;
  /** The same wire over TLS. */
  readonly acsTlsPort: number;
  readonly oidcPort: number;
  readonly storagePorts: { readonly blob: number; readonly queue: number; readonly table: number };
  /** Where the world keeps its data between runs. */
  readonly directory: string;
  /** Where Event Grid delivers when the functions run elsewhere, as under `func start`. */
  readonly functionsUrl: string;
  /** Where Event Grid delivers the app's own events; without it the app publishes none. */
  readonly ownEventsTo?: string | undefined;
  /** Origins whose pages may call the functions; without them none may. */
  readonly functionsCors?: readonly string[] | undefined;
}

/** The setting that moves each port, for the error that a taken one gives. */
export const portSettings = {
  functions: 'FUNCTIONS_PORT',
  acs: 'ACS_PORT',
  acsTls: 'ACS_TLS_PORT',
  oidc: 'OIDC_PORT',
  blob: 'BLOB_PORT',
  queue: 'QUEUE_PORT',
  table: 'TABLE_PORT',
} as const;

/** Throws a sentence when a port or an address cannot be read. */
export function readLocalSettings(root: string): LocalSettings {
  const port = (name: string, fallback: number) => readPort(name, environment[name], fallback);
  const functionsPort = port('FUNCTIONS_PORT', 7071);
  return {
    functionsPort,
    acsPort: port('ACS_PORT', 7080),
    acsTlsPort: port('ACS_TLS_PORT', 7443),
    oidcPort: port('OIDC_PORT', 7081),
    storagePorts: {
      blob: port('BLOB_PORT', 10000),
      queue: port('QUEUE_PORT', 10001),
      table: port('TABLE_PORT', 10002),
    },
    directory: resolve(root, environment['LOCAL_DATA'] || '.local'),
    functionsUrl: environment['FUNCTIONS_URL'] || `http://127.0.0.1:${functionsPort}`,
    functionsCors: (environment['FUNCTIONS_CORS'] || undefined)?.split(',').map((origin) => origin.trim()),
    ownEventsTo: readAddress('OWN_EVENTS_TO', environment['OWN_EVENTS_TO']),
  };
}

/** Free ports and data of its own: nothing that runs beside it is met. Event Grid has to know the functions' port before they listen. */
export const apart = (directory: string, functionsPort: number): LocalSettings => ({
  functionsPort,
  acsPort: 0,
  acsTlsPort: 0,
  oidcPort: 0,
  storagePorts: { blob: 0, queue: 0, table: 0 },
  directory,
  functionsUrl: `http://127.0.0.1:${functionsPort}`,
});

function readAddress(name: string, value: string | undefined): string | undefined {
  if (!value || /^https?:$/.test(URL.parse(value)?.protocol ?? '')) return value || undefined;
  throw new Error(`${name} must be an http address, not "${value}".`);
}

function readPort(name: string, value: string | undefined, fallback: number): number {
  if (!value) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port from 1 to 65535, not "${value}".`);
}
