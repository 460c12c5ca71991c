import { connectionStringOf } from '../acs/connection.ts';
import type { ServiceNumbers } from '../acs/numbers.ts';
import { adminRoutes } from './admin.ts';

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
  const routes = adminRoutes.map(([method, path, does]) => `  ${method.padEnd(4)} ${path.padEnd(28)} ${does}`);
  return [
    'Switchboard: Azure Communication Services and the telephone network, on this machine.',
    '',
    'The wire of ACS for its SDKs, POST /sms, POST /identities and what follows from it, with this connection string:',
    `  ${connectionStringOf(url, accessKey)}`,
    '',
    'Our numbers (any other number is a subscriber):',
    ...listed,
    '',
    'Control, JSON in and out:',
    ...routes,
    '',
    'Try:',
    `  curl ${url}/admin/sms -H 'content-type: application/json' -d '{"from":"+14255550123","to":"${[...numbers.keys()][0]}","message":"hours"}'`,
    '',
  ].join('\n');
}
