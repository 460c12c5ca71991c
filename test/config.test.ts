import { expect, test } from 'vitest';
import { settings } from '../shared/config/settings.ts';
import { platformAuthenticates, readConfig } from '../shared/config.ts';
import { smsSettings } from '../shared/runtime/smsSettings.ts';
import { requiredSettings } from './support/requiredSettings.ts';

const valid = {
  ...requiredSettings,
  SERVICE_NUMBERS: '+18005550100, 12345=short-code',
  ALLOWED_COUNTRIES: 'US, uk',
};

const faultsOf = (environment: Readonly<Record<string, string | undefined>>): string => {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('defaults fill what is not set, and times are milliseconds', () => {
  expect(readConfig(valid)).toMatchObject({
    AMBIGUOUS_SENDS: 'window',
    SEND_LEASE_SECONDS: 35_000,
    FOLD_PUNCTUATION: true,
  });
});

test('an empty setting is one that is not set', () => {
  expect(readConfig({ ...valid, AMBIGUOUS_SENDS: '' }).AMBIGUOUS_SENDS).toBe('window');
});

test('every fault is named at once, with what is wanted', () => {
  const faults = faultsOf({
    ...valid,
    OIDC_ISSUER: undefined,
    CONVERSATION_KEY: 'short',
    REPLY_BUDGET: '-1',
    FOLD_PUNCTUATION: 'yes',
  });
  for (const fault of [
    'OIDC_ISSUER is missing',
    'CONVERSATION_KEY must have at least 32',
    'REPLY_BUDGET must be a whole',
    'FOLD_PUNCTUATION must be true or false',
  ])
    expect(faults).toContain(fault);
});

test('a secret that is wrong is not repeated', () => {
  expect(faultsOf({ ...valid, CONVERSATION_KEY: 'hunter2' })).not.toContain('hunter2');
});

test('a name that is one letter off is taken for a typo', () => {
  expect(faultsOf({ ...valid, AMBIGUOUS_SEND: 'never' })).toContain(
    'AMBIGUOUS_SEND is not a setting; did you mean AMBIGUOUS_SENDS?',
  );
  expect(faultsOf({ ...valid, OIDC_ISSUERS: 'x' })).toContain('did you mean OIDC_ISSUER?');
});

test('other people’s variables are left alone', () => {
  expect(faultsOf({ ...valid, PATH: '/bin', HOME: '/home', WEBSITE_SITE_NAME: 'x' })).toBe('');
});

test.each([
  [{ SEND_DEADLINE_SECONDS: '20' }, 'SEND_DEADLINE_SECONDS must be less than SEND_MARGIN_SECONDS'],
  [{ SEND_MARGIN_SECONDS: '40' }, 'SEND_MARGIN_SECONDS must be less than SEND_LEASE_SECONDS'],
  [{ EPOCH_WINDOW_SECONDS: '300' }, 'EPOCH_WINDOW_SECONDS must be less than 300'],
  [{ SEND_MARGIN_SECONDS: '40', OIDC_AUDIENCE: '' }, 'SEND_MARGIN_SECONDS must be less than SEND_LEASE_SECONDS'],
  [{ COMMIT_WITHIN_SECONDS: '90' }, 'COMMIT_WITHIN_SECONDS must be less than WATCHDOG_SECONDS'],
])('times that contradict each other are a fault: %j', (environment, fault) => {
  expect(faultsOf({ ...valid, ...environment })).toContain(fault);
});

test('own events go nowhere unless there is a topic, and say no text unless told to', () => {
  const topic = { EVENTS_ENDPOINT: 'https://topic.example.org/api/events', EVENTS_KEY: 'a2V5' };
  expect(readConfig({ ...valid, ...topic })).toMatchObject({ ...topic, PUBLISH_TEXTS: false });
  expect(readConfig({ ...valid, EVENTS_ENDPOINT: '', EVENTS_KEY: '' })).toMatchObject({
    EVENTS_ENDPOINT: undefined,
    EVENTS_KEY: undefined,
  });
  for (const address of ['http://topic.example.org/api/events', 'topic.example.org'])
    expect(faultsOf({ ...valid, ...topic, EVENTS_ENDPOINT: address })).toContain('EVENTS_ENDPOINT must be an https');
});

const { STORAGE_CONNECTION, ACS_CONNECTION_STRING, ...keyless } = valid;
const name = 'STORAGE_CONNECTION__accountName';
const uris = {
  STORAGE_CONNECTION__tableServiceUri: 'https://a.table.core.windows.net',
  STORAGE_CONNECTION__queueServiceUri: 'https://a.queue.core.windows.net',
  STORAGE_CONNECTION__blobServiceUri: 'https://a.blob.core.windows.net',
};
const clientId = 'STORAGE_CONNECTION__clientId';
const credential = { STORAGE_CONNECTION__credential: 'managedidentity' };
const ACS_ENDPOINT = 'https://a.unitedstates.communication.azure.com';

test.each<[string, Record<string, string>]>([
  ['an account’s name', { [name]: 'account', ACS_ENDPOINT }],
  ['its addresses', { ...uris, ACS_ENDPOINT }],
  ['an identity of a person’s making', { [name]: 'account', ...credential, [clientId]: 'id', ACS_ENDPOINT }],
  ['a string for one and an identity for the other', { STORAGE_CONNECTION, ACS_ENDPOINT }],
  ['a topic without a key', { STORAGE_CONNECTION, ACS_CONNECTION_STRING, EVENTS_ENDPOINT: 'https://topic.example' }],
])('no secret is needed with %s', (_, environment) => {
  expect(faultsOf({ ...keyless, ...environment })).toBe('');
});

test.each<[string, Record<string, string>]>([
  ['STORAGE_CONNECTION is missing, or', { ACS_ENDPOINT }],
  ['ACS_CONNECTION_STRING is missing, or ACS_ENDPOINT', { [name]: 'account' }],
  ['ACS_CONNECTION_STRING and ACS_ENDPOINT are both set', { [name]: 'account', ACS_CONNECTION_STRING, ACS_ENDPOINT }],
  ['set one or the other', { STORAGE_CONNECTION, [name]: 'account', ACS_ENDPOINT }],
  ['set one or the other', { ...uris, [name]: 'account', ACS_ENDPOINT }],
  ['go together: set all three', { ...uris, STORAGE_CONNECTION__blobServiceUri: '', ACS_ENDPOINT }],
  ['are of no use beside STORAGE_CONNECTION', { STORAGE_CONNECTION, ...credential, ACS_ENDPOINT }],
  ['__clientId needs STORAGE_CONNECTION__credential', { [name]: 'account', [clientId]: 'id', ACS_ENDPOINT }],
  ['__credential must be managedidentity', { [name]: 'account', STORAGE_CONNECTION__credential: 'x', ACS_ENDPOINT }],
  ['__accountName must be 3 to 24', { [name]: 'My Account', ACS_ENDPOINT }],
  // A token, unlike a key's signature, could be used by whoever overhears it.
  ['ACS_ENDPOINT must be an https address', { [name]: 'account', ACS_ENDPOINT: 'http://127.0.0.1:7080' }],
  ['EVENTS_KEY needs EVENTS_ENDPOINT', { STORAGE_CONNECTION, ACS_ENDPOINT, EVENTS_KEY: 'a2V5' }],
  ['EVENTS_ENDPOINT needs EVENTS_KEY', { STORAGE_CONNECTION, ACS_ENDPOINT, EVENTS_ENDPOINT: 'http://localhost:1' }],
])('%s: %j is a fault', (fault, environment) => {
  expect(faultsOf({ ...keyless, ...environment })).toContain(fault);
});

test.each([
  ['https://one.example/v2.0, https://two.example/', ['https://one.example/v2.0', 'https://two.example/']],
  ['https://one.example/', ['https://one.example/']],
])('OIDC_ISSUER %s is as many issuers, letter for letter', (list, issuers) => {
  expect(readConfig({ ...valid, OIDC_ISSUER: list }).OIDC_ISSUER).toEqual(issuers);
});

test.each([
  ['https://one.example,', '"" is no https address'],
  ['https://one.example, http://two.example', '"http://two.example" is no https address'],
  ['https://one.example,https://ONE.example/', 'https://ONE.example/ is there twice'],
])('OIDC_ISSUER cannot be %s', (list, fault) => {
  expect(faultsOf({ ...valid, OIDC_ISSUER: list })).toContain(fault);
});

test('all that is wrong with a list of issuers is named', () => {
  const faults = faultsOf({ ...valid, OIDC_ISSUER: 'one.example,ftp://two.example' });
  expect(faults).toContain('one.example');
  expect(faults).toContain('two.example');
});

test.each([
  ['STORAGE_CONNECTION', 'rubbish'],
  ['ACS_CONNECTION_STRING', 'rubbish'],
  ['ACS_CONNECTION_STRING', 'endpoint=http://acs.example.com/;accesskey=a2V5'],
  ['OIDC_ISSUER', 'rubbish'],
  ['OIDC_ISSUER', 'http://issuer.example.com'],
  ['SEND_DEADLINE_SECONDS', '0'],
])('%s cannot be %s', (name, value) => {
  expect(faultsOf({ ...valid, [name]: value })).toContain(name);
});

test.each([
  [
    'STORAGE_CONNECTION',
    'DefaultEndpointsProtocol=https;AccountName=a;AccountKey=a2V5;EndpointSuffix=core.windows.net',
  ],
  ['ACS_CONNECTION_STRING', 'endpoint=https://a.communication.azure.com/;accesskey=a2V5'],
  ['OIDC_ISSUER', 'https://login.microsoftonline.com/tenant/v2.0'],
])('%s can be %s', (name, value) => {
  expect(faultsOf({ ...valid, [name]: value })).toBe('');
});

test('numbers come with the kind that is set, or with the one that shows', () => {
  const { serviceNumbers } = smsSettings(readConfig(valid));
  expect([...serviceNumbers]).toEqual([
    ['+18005550100', 'toll-free'],
    ['12345', 'short-code'],
  ]);
});

test('a number that is none and a kind nobody knows are faults', () => {
  expect(faultsOf({ ...valid, SERVICE_NUMBERS: '+18005550100,call-me-at-home' })).toContain('"call-me-at-home"');
  expect(() => smsSettings(readConfig({ ...valid, SERVICE_NUMBERS: '12345=shortcode' }))).toThrow(/short-code-us/);
});

const onAzure = { WEBSITE_SITE_NAME: 'app', WEBSITE_HOSTNAME: 'app.azurewebsites.net' };

test.each([
  [{ ...onAzure, WEBSITE_AUTH_ENABLED: 'True' }, true],
  [{ ...onAzure, WEBSITE_AUTH_ENABLED: 'true' }, true],
  [{ ...onAzure, WEBSITE_AUTH_ENABLED: 'False' }, false],
  [{ ...onAzure, WEBSITE_AUTH_ENABLED: '1' }, false],
  [onAzure, false],
  [{ WEBSITE_AUTH_ENABLED: 'True' }, false],
  // As Core Tools start an app on a developer's machine.
  [{ WEBSITE_AUTH_ENABLED: 'True', WEBSITE_HOSTNAME: 'localhost:7071' }, false],
  [{}, false],
])('with %j the platform authenticates: %s', (environment, answer) => {
  expect(platformAuthenticates(environment)).toBe(answer);
});

test('the platform is believed only where it is said to be', () => {
  const read = (word?: string) => readConfig({ ...valid, PLATFORM_AUTH: word }).PLATFORM_AUTH;
  expect([read(), read('off'), read('on')]).toEqual([false, false, true]);
  expect(faultsOf({ ...valid, PLATFORM_AUTH: 'yes' })).toContain('PLATFORM_AUTH must be on or off');
});

test('every setting says what it is for', () => {
  for (const [name, { help }] of Object.entries(settings)) expect(help.length, name).toBeGreaterThan(20);
});
