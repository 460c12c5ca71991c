import { callsWire } from '../acs/calls/wire/callRoutes.ts';
import { connectionStringOf } from '../acs/connection.ts';
import { identityWire } from '../acs/identity/routes.ts';
import type { ServiceNumbers } from '../acs/numbers.ts';
import { adminRoutes } from './admin.ts';

type Listed = readonly (readonly [method: string, path: string, does: string])[];

/** What SDKs of ACS speak here. */
const wire: Listed = [['POST', '/sms', 'send'], ...identityWire, ...callsWire];

const lines = (routes: Listed): readonly string[] =>
  routes.map(([method, path, does]) => `  ${method.padEnd(6)} ${path.padEnd(38)} ${does}`);

interface Shown {
  /** As the browser has it. */
  readonly url: string;
  /** Base64. */
  readonly accessKey: string;
  readonly numbers: ServiceNumbers;
}

/** What stands on this port, for somebody who opens it in a browser. */
export function page({ url, accessKey, numbers }: Shown): string {
  const listed = [...numbers].map(([number, kind]) => `  ${number}  ${kind}`);
  return [
    'Switchboard: Azure Communication Services and the telephone network, on this machine.',
    '',
    'The wire of ACS for its SDKs, with this connection string:',
    `  ${connectionStringOf(url, accessKey)}`,
    ...lines(wire),
    '',
    'Our numbers (any other number is a subscriber):',
    ...listed,
    '',
    'Control, JSON in and out:',
    ...lines(adminRoutes),
    '',
    'Try:',
    `  curl ${url}/admin/sms -H 'content-type: application/json' -d '{"from":"+14255550123","to":"${[...numbers.keys()][0]}","message":"hours"}'`,
    '',
  ].join('\n');
}
