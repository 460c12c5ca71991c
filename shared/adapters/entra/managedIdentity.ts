import type { TokenCredential } from '@azure/identity';
import { lazily } from '../../core/lazily.ts';

/**
 * The identity that Azure gives the app, for every SDK alike, so that they share its tokens; `clientId` names one that
 * was assigned by a person. Nothing of Entra's library is evaluated before a token is asked for.
 */
export function managedIdentity(clientId: string | undefined): TokenCredential {
  const credential = lazily(async (): Promise<TokenCredential> => {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    return clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
  });
  return { getToken: async (scopes, options) => (await credential()).getToken(scopes, options) };
}
