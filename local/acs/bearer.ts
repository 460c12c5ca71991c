import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';

/** Who issues the bearer tokens that the wire takes. */
export interface TokenIssuer {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** What its tokens are signed with at this moment, without the private parts. */
  keys(): JSONWebKeySet;
}

/**
 * What SDKs ask for is the scope "https://communication.azure.com//.default": of Entra, that is a token for this audience,
 * with or without its slash.
 */
const audiences = ['https://communication.azure.com/', 'https://communication.azure.com'];

/** What is wrong with a bearer token, in words for the log, or `undefined` if it is the issuer's and meant for ACS. `now`: milliseconds. */
export const bearerProblemBy =
  (issuer: TokenIssuer, now: () => number) =>
  async (token: string): Promise<string | undefined> => {
    try {
      const terms = { issuer: issuer.issuer, audience: audiences, algorithms: ['RS256'], currentDate: new Date(now()) };
      await jwtVerify(token, createLocalJWKSet(issuer.keys()), terms);
      return undefined;
    } catch (error) {
      return `the bearer token is refused: ${error instanceof Error ? error.message : String(error)}`;
    }
  };
