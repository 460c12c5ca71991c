import type { Environment } from './setting.ts';
import type { SettingName } from './settings.ts';

const storageUris = ['table', 'queue', 'blob'].map((service) => `STORAGE_CONNECTION__${service}ServiceUri`);

/** Each service is reached in one way, and says so whole. */
export function connectionFaults(environment: Environment): readonly string[] {
  const has = (name: SettingName) => Boolean(environment[name]);
  const uris = storageUris.filter((name) => environment[name]);
  const storage = [has('STORAGE_CONNECTION'), has('STORAGE_CONNECTION__accountName'), uris.length > 0].filter(Boolean);
  const identified = has('STORAGE_CONNECTION__credential') || has('STORAGE_CONNECTION__clientId');
  const topic = environment['EVENTS_ENDPOINT'] ?? '';
  const rules: readonly (readonly [broken: boolean, fault: string])[] = [
    [
      storage.length === 0,
      `STORAGE_CONNECTION is missing, or STORAGE_CONNECTION__accountName, or ${storageUris.join(', ')}.`,
    ],
    [
      storage.length > 1,
      `Of STORAGE_CONNECTION, STORAGE_CONNECTION__accountName and ${storageUris.join(', ')} set one or the other.`,
    ],
    [uris.length % 3 !== 0, `${storageUris.join(', ')} go together: set all three.`],
    [
      has('STORAGE_CONNECTION') && identified,
      'STORAGE_CONNECTION__credential and STORAGE_CONNECTION__clientId are of no use beside STORAGE_CONNECTION: leave them out.',
    ],
    [
      has('STORAGE_CONNECTION__clientId') && !has('STORAGE_CONNECTION__credential'),
      'STORAGE_CONNECTION__clientId needs STORAGE_CONNECTION__credential=managedidentity.',
    ],
    [!has('ACS_CONNECTION_STRING') && !has('ACS_ENDPOINT'), 'ACS_CONNECTION_STRING is missing, or ACS_ENDPOINT.'],
    [
      has('ACS_CONNECTION_STRING') && has('ACS_ENDPOINT'),
      'ACS_CONNECTION_STRING and ACS_ENDPOINT are both set: leave one out.',
    ],
    [has('EVENTS_KEY') && topic === '', 'EVENTS_KEY needs EVENTS_ENDPOINT.'],
    [/^http:/i.test(topic) && !has('EVENTS_KEY'), 'EVENTS_ENDPOINT needs EVENTS_KEY where it is not https.'],
  ];
  return rules.flatMap(([broken, fault]) => (broken ? [fault] : []));
}
