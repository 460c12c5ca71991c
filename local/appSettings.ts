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
  PLAYBOOK_FILE: environment['PLAYBOOK_FILE'] || join(root, 'playbook.json'),
});

/** What would lead to Azure by a managed identity, taken away. */
const reachedOtherwise = (environment: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(
    Object.keys(environment)
      .filter((name) => name === 'ACS_ENDPOINT' || /^(STORAGE_CONNECTION|AzureWebJobsStorage)__/.test(name))
      .map((name) => [name, undefined]),
  );
