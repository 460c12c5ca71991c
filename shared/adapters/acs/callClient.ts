import type { CallAutomationClient, CallAutomationClientOptions } from '@azure/communication-call-automation';
import { type AcsConnection, speaksPlainHttp } from './connection.ts';

/** Evaluates the SDK. http only where the connection is to this machine itself. */
export async function callClient(
  connection: AcsConnection,
  more: CallAutomationClientOptions,
): Promise<CallAutomationClient> {
  const { CallAutomationClient } = await import('@azure/communication-call-automation');
  const options = { allowInsecureConnection: speaksPlainHttp(connection), ...more };
  return 'connectionString' in connection
    ? new CallAutomationClient(connection.connectionString, options)
    : new CallAutomationClient(connection.endpoint, connection.credential, options);
}
