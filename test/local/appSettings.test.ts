import { expect, test } from 'vitest';
import { openIdPath } from '../../local/acs/calls/callbacks/openIdRoutes.ts';
import { connectionStringOf, localAccessKey, localResource } from '../../local/acs/connection.ts';
import { exampleNumbers } from '../../local/acs/numbers.ts';
import { appSettings, exampleSettings } from '../../local/appSettings.ts';
import { readLocalSettings } from '../../local/settings.ts';
import { ownEventsEndpoint, ownEventsTopic } from '../../local/subscriptions.ts';
import { readConfig } from '../../shared/config.ts';
import { root } from '../support/world.ts';

test('the example settings, copied unchanged, fit the emulators where they stand by default', () => {
  const example = exampleSettings(root);
  const { acsPort, oidcPort, storagePorts } = readLocalSettings(root);
  expect(example).toMatchObject({
    ACS_CONNECTION_STRING: connectionStringOf(`http://127.0.0.1:${acsPort}`, localAccessKey),
    OIDC_ISSUER: `http://127.0.0.1:${oidcPort}`,
    STORAGE_CONNECTION: 'UseDevelopmentStorage=true',
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    SERVICE_NUMBERS: exampleNumbers.join(','),
    CALLBACK_AUDIENCE: localResource,
    CALLBACK_OPENID_CONFIGURATION: `http://127.0.0.1:${acsPort}${openIdPath}`,
  });
  expect(storagePorts).toEqual({ blob: 10_000, queue: 10_001, table: 10_002 });
  expect(() => readConfig(example)).not.toThrow();
});

test('a real connection string lying about is never used by a local world', () => {
  const places = { storage: 'local storage', acs: 'local acs', issuer: 'local issuer' };
  const lying = {
    STORAGE_CONNECTION: 'real',
    AzureWebJobsStorage: 'real',
    ACS_CONNECTION_STRING: 'real',
    OIDC_ISSUER: 'real',
    EVENTS_ENDPOINT: 'real',
    EVENTS_KEY: 'real',
    ACS_ENDPOINT: 'real',
    STORAGE_CONNECTION__accountName: 'real',
    AzureWebJobsStorage__accountName: 'real',
  };
  expect(Object.values(appSettings(root, places, lying))).not.toContain('real');
});

test('the app tells its events to the local topic if somebody wants them, and otherwise to nobody', () => {
  const places = { storage: 's', acs: 'a', issuer: 'i' };
  const told = appSettings(root, { ...places, events: ownEventsEndpoint('http://127.0.0.1:7080') }, {});
  expect(told).toMatchObject({
    EVENTS_ENDPOINT: 'http://127.0.0.1:7080/eventgrid/topics/own-events/api/events',
    EVENTS_KEY: ownEventsTopic.key,
  });
  expect(appSettings(root, places, {})['EVENTS_ENDPOINT']).toBeUndefined();
});

test('other settings of the app are taken from where the world was started', () => {
  const places = { storage: 's', acs: 'a', issuer: 'i' };
  expect(appSettings(root, places, { AMBIGUOUS_SENDS: 'never' })['AMBIGUOUS_SENDS']).toBe('never');
});
