import { AzureCommunicationTokenCredential } from '@azure/communication-common';

export interface SwitchboardTokens {
  /** Where the API is, such as `https://switchboard.example.com`. */
  readonly api: string;
  /** The bearer token of your sign-in, fresh each time. */
  readonly signIn: () => Promise<string>;
  readonly scopes: readonly string[];
}

/** A credential of the signed-in user, which renews itself ten minutes ahead. Rejects if there is no first token. */
export async function switchboardCredential({ api, signIn, scopes }: SwitchboardTokens) {
  const tokenRefresher = async () => {
    const response = await fetch(`${api}/api/tokens`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await signIn()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ scopes }),
    });
    const answer = (await response.json()) as { token: string; code?: string; detail?: string };
    if (!response.ok) throw new Error(`${answer.code}: ${answer.detail ?? response.status}`);
    return answer.token;
  };
  const token = await tokenRefresher();
  return new AzureCommunicationTokenCredential({ token, tokenRefresher, refreshProactively: true });
}
