import type { ServiceNumbers } from '../acs/numbers.ts';
import { adminRoutes } from './admin.ts';

/** What stands on this port, for somebody who opens it in a browser. */
export function page(url: string, numbers: ServiceNumbers): string {
  const listed = [...numbers].map(([number, kind]) => `  ${number}  ${kind}`);
  const routes = adminRoutes.map(([method, path, does]) => `  ${method.padEnd(4)} ${path.padEnd(28)} ${does}`);
  return [
    'Switchboard: Azure Communication Services and the telephone network, on this machine.',
    '',
    `The wire of ACS, for its SDKs, with the connection string in local.settings.example.json: POST ${url}/sms`,
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
