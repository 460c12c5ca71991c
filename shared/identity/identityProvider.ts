import type { Scope } from './scopes.ts';

declare const userId: unique symbol;

/** A user identity at the provider: `8:acs:…`. */
export type UserId = string & { readonly [userId]: never };

export interface UserToken {
  /** Lets its bearer in as the user: never kept, never logged. */
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresOn: number;
}

export interface TokenWish {
  readonly scopes: readonly Scope[];
  /** Whole minutes, 60 to 1,440. */
  readonly minutes: number;
}

/** A Teams user's token of Entra ID, to be exchanged for one of the provider's. */
export interface TeamsExchange {
  readonly teamsUserToken: string;
  /** Of the app in Entra ID that the token was made for. */
  readonly clientId: string;
  /** The user that the token must be about. */
  readonly objectId: string;
}

/**
 * Who keeps identities and makes tokens of them. What it does not do for now is thrown as `unavailable`, with the
 * provider's own pause where it names one. An identity may be gone (deleted), which is an outcome of its own.
 */
export interface IdentityProvider {
  /** Each call makes another identity, also one whose answer is lost. */
  createUser(): Promise<UserId>;
  /** `undefined` if the identity is gone. */
  issueToken(user: UserId, wish: TokenWish): Promise<UserToken | undefined>;
  /** Makes every token so far worthless. Of a gone identity they are. */
  revokeTokens(user: UserId): Promise<void>;
  /** With all its tokens. Deleting what is gone is no error. */
  deleteUser(user: UserId): Promise<void>;
  /** Throws `forbidden` if the provider does not take the token for this user and app. */
  exchangeTeamsToken(exchange: TeamsExchange): Promise<UserToken>;
}
