import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEventsTopic } from './subscriptions.ts';

/** What the app is told about where the world is. */
export interface Places {
  readonly storage: string;
  readonly acs: string;
  readonly issuer: string;
  /** The address of the topic for own events; absent: there is nobody to tell. */
  readonly events?: string | undefined;
  /** Who signs what is told of calls, and where the app is reached with it; absent: as in the example. */
  readonly calls?: CallPlaces | undefined;
  /** Where the console finds the control surface; absent: as in the example. */
  readonly lab?: string | undefined;
}

export interface CallPlaces {
  readonly publicUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly openIdConfig: string;
}

/** The app's settings as `local.settings.example.json` has them: what a developer copies for `func start` is what runs here. */
export function exampleSettings(root: string): Readonly<Record<string, string>> {
  const file: { Values: Record<string, string> } = JSON.parse(
    readFileSync(join(root, 'local.settings.example.json'), 'utf8'),
  );
  return file.Values;
}

/**
 * The environment of an app in this world: the example's, whatever else is set where the world was started, and over all of
 * it where this world is, so that a real connection string lying about is never used by accident.
 */
export const appSettings = (
  root: string,
  places: Places,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> => ({
  ...exampleSettings(root),
  ...environment,
  ...reachedOtherwise(environment),
  STORAGE_CONNECTION: places.storage,
  AzureWebJobsStorage: places.storage,
  ACS_CONNECTION_STRING: places.acs,
  ACS_RESOURCE_ID: exampleSettings(root)['ACS_RESOURCE_ID'],
  OIDC_ISSUER: places.issuer,
  EVENTS_ENDPOINT: places.events,
  EVENTS_KEY: places.events && ownEventsTopic.key,
  ...ofExample(root),
  ...(places.calls && callSettings(places.calls)),
  ...(places.lab && { LAB_URL: places.lab }),
  PLAYBOOK_FILE: environment['PLAYBOOK_FILE'] || join(root, 'playbook.json'),
});

const callSettings = ({ publicUrl, issuer, audience, openIdConfig }: CallPlaces) => ({
  PUBLIC_URL: publicUrl,
  CALLBACK_ISSUER: issuer,
  CALLBACK_AUDIENCE: audience,
  CALLBACK_OPENID_CONFIGURATION: openIdConfig,
});

/** Where calls and the lab are is not taken from the shell: the world of the example is meant. */
const placed = ['LAB_URL', 'PUBLIC_URL', 'CALLBACK_ISSUER', 'CALLBACK_AUDIENCE', 'CALLBACK_OPENID_CONFIGURATION'];
const ofExample = (root: string) =>
  Object.fromEntries(Object.entries(exampleSettings(root)).filter(([name]) => placed.includes(name)));

/** What would lead to Azure by a managed identity, taken away. */
const reachedOtherwise = (environment: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.keys(environment)
      .filter((name) => name === 'ACS_ENDPOINT' || /^(STORAGE_CONNECTION|AzureWebJobsStorage)__/.test(name))
      .map((name) => [name, undefined]),
  );
