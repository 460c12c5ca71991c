import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { ApiError } from '../api/client.ts';

/** What `config.json` says, before anybody is signed in. */
export interface ConsoleConfig {
  readonly authority: string;
  readonly clientId: string;
  readonly scope: string;
  readonly agentRole: string;
  /** The local world's address, where there is one. */
  readonly lab?: string;
}

export interface Session {
  readonly name: string;
  /** A token for the API, renewed where it has run out; throws `ApiError` 401 where that takes a new sign-in. */
  token(): Promise<string>;
  signOut(): Promise<void>;
}

const base = '/console/';

export async function readConfig(): Promise<ConsoleConfig> {
  const response = await fetch(`${base}config.json`).catch(() => undefined);
  const config: unknown = response?.ok ? await response.json().catch(() => undefined) : undefined;
  if (config === undefined)
    throw new Error(`The app does not say how to sign in (${response?.status ?? 'no answer'}).`);
  return config as ConsoleConfig;
}

function managerOf({ authority, clientId, scope }: ConsoleConfig): UserManager {
  return new UserManager({
    authority,
    client_id: clientId,
    redirect_uri: `${location.origin}${base}signed-in`,
    post_logout_redirect_uri: `${location.origin}${base}`,
    scope,
    // Of this tab alone, and gone with it.
    userStore: new WebStorageStateStore({ store: sessionStorage }),
    // A renewal takes a refresh token; without one it would need a frame, which the policy forbids.
    automaticSilentRenew: false,
  });
}

/** Comes back from the sign-in, or finds who was signed in; `undefined`: nobody. */
export async function openSession(config: ConsoleConfig): Promise<Session | undefined> {
  const manager = managerOf(config);
  if (location.pathname === `${base}signed-in`) {
    const user = await manager.signinCallback().catch((error: Error) => {
      throw new Error(`You were not signed in (${error.message}).`, { cause: error });
    });
    const place = typeof user?.state === 'string' && user.state.startsWith(base) ? user.state : base;
    history.replaceState(undefined, '', place);
  }
  const user = await manager.getUser();
  if (user === null || (user.expired && user.refresh_token === undefined)) return undefined;
  return sessionOf(manager, user);
}

/** Leaves for the sign-in, to come back to this place. */
export const signIn = (config: ConsoleConfig): Promise<void> =>
  managerOf(config).signinRedirect({ state: location.pathname + location.search + location.hash });

function sessionOf(manager: UserManager, signedIn: User): Session {
  let renewing: Promise<User> | undefined;
  return {
    name: signedIn.profile.name ?? signedIn.profile.sub,
    async token() {
      const user = await manager.getUser();
      if (user !== null && !user.expired) return user.access_token;
      if (user?.refresh_token === undefined) throw new ApiError(401, hasRunOut);
      // One for all who ask, because a refresh token may be good for a single use.
      renewing ??= renewed(manager).finally(() => {
        renewing = undefined;
      });
      return (await renewing).access_token;
    },
    signOut: () => manager.signoutRedirect(),
  };
}

const hasRunOut = { code: 'unauthenticated', detail: 'Your sign-in has run out.' } as const;

/** Throws 401 where the issuer refuses, and what `fetch` throws where it is not reached. */
async function renewed(manager: UserManager): Promise<User> {
  const user = await manager.signinSilent().catch((error: unknown) => {
    throw error instanceof ErrorResponse ? new ApiError(401, hasRunOut) : error;
  });
  if (user === null) throw new ApiError(401, hasRunOut);
  return user;
}
