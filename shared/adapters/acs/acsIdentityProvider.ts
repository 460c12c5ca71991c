import type { CommunicationIdentityClient, CommunicationIdentityClientOptions } from '@azure/communication-identity';
import { AppError } from '../../core/errors.ts';
import { lazily } from '../../core/lazily.ts';
import type { Clock } from '../../core/time.ts';
import type { IdentityProvider, UserId } from '../../identity/identityProvider.ts';
import { type AcsConnection, speaksPlainHttp } from './connection.ts';
import { mayPass, refusesToken, saysGone, unavailable } from './identityFailure.ts';

export interface AcsIdentities {
  readonly connection: AcsConnection;
  readonly clock: Clock;
  /** Milliseconds for one call, with its repetition; 8,000 if not said. */
  readonly deadlineMs?: number | undefined;
}

/**
 * Identities and tokens of ACS. The SDK is evaluated at the first call, and its own retries are off: it would sleep a
 * Retry-After inside the handler. What may be repeated is, once; a user is created only once, since each try may make one.
 */
export function acsIdentityProvider({ connection, clock, deadlineMs = 8_000 }: AcsIdentities): IdentityProvider {
  const client = lazily(() => connect(connection));
  const ask = async <T>(doing: string, call: Call<T>, more: Outcomes<T> = {}): Promise<T> => {
    const options = { abortSignal: AbortSignal.timeout(deadlineMs) };
    const once = async () => call(await client(), options);
    try {
      return await once().catch((error) => (more.once || !mayPass(error) ? Promise.reject(error) : once()));
    } catch (error) {
      if (more.gone && saysGone(error)) return more.gone();
      if (more.refused && refusesToken(error)) throw more.refused(error);
      throw unavailable(doing, error, clock.now());
    }
  };
  const nothing = () => {};
  return {
    createUser: () =>
      ask('make an identity', async (acs, options) => idOf(await acs.createUser(options)), { once: true }),
    issueToken: (user, { scopes, minutes }) =>
      ask(
        'issue a token',
        async (acs, options) =>
          tokenOf(await acs.getToken(named(user), [...scopes], { ...options, tokenExpiresInMinutes: minutes })),
        { gone: () => undefined },
      ),
    revokeTokens: (user) =>
      ask('revoke tokens', (acs, options) => acs.revokeTokens(named(user), options), { gone: nothing }),
    deleteUser: (user) =>
      ask('delete an identity', (acs, options) => acs.deleteUser(named(user), options), { gone: nothing }),
    exchangeTeamsToken: ({ teamsUserToken: teamsUserAadToken, clientId, objectId: userObjectId }) =>
      ask(
        'exchange a Teams user’s token',
        async (acs, options) =>
          tokenOf(await acs.getTokenForTeamsUser({ ...options, teamsUserAadToken, clientId, userObjectId })),
        { refused: notTaken },
      ),
  };
}

type Call<T> = (acs: CommunicationIdentityClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>;

/** What an error may mean for one operation beside failure. */
interface Outcomes<T> {
  readonly once?: boolean;
  readonly gone?: () => T;
  readonly refused?: (error: unknown) => AppError;
}

async function connect(connection: AcsConnection): Promise<CommunicationIdentityClient> {
  const { CommunicationIdentityClient } = await import('@azure/communication-identity');
  const options: CommunicationIdentityClientOptions = {
    retryOptions: { maxRetries: 0 },
    allowInsecureConnection: speaksPlainHttp(connection),
  };
  return 'connectionString' in connection
    ? new CommunicationIdentityClient(connection.connectionString, options)
    : new CommunicationIdentityClient(connection.endpoint, connection.credential, options);
}

const named = (user: UserId) => ({ communicationUserId: user });
const idOf = ({ communicationUserId }: ReturnType<typeof named> | { communicationUserId: string }): UserId =>
  communicationUserId as UserId;
const tokenOf = ({ token, expiresOn }: { readonly token: string; readonly expiresOn: Date }) => ({
  token,
  expiresOn: expiresOn.getTime(),
});

const notTaken = (cause: unknown) =>
  new AppError('forbidden', 'Communication Services does not take this token of yours for the app TEAMS_CLIENT_ID.', {
    cause,
  });
