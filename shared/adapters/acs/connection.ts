import type { TokenCredential } from '@azure/identity';

/** Where Communication Services is, and how it knows us: a connection string holds both; a credential needs TLS. */
export type AcsConnection =
  | { readonly connectionString: string }
  | { readonly endpoint: string; readonly credential: TokenCredential };

/** http is let in by the configuration, and only on this machine itself. */
export const speaksPlainHttp = (connection: AcsConnection): boolean =>
  'connectionString' in connection && /endpoint=http:/i.test(connection.connectionString);
