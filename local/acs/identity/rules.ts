/** What is imitated of ACS's identity wire, as data, each with where it is known from. */

interface Rule {
  /** Where this is known from; `chosen` where it is not, with the reason. */
  readonly source: string;
}

const specs =
  'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/communication/data-plane/Identity (2023-10-01)';
const recordings =
  'https://github.com/Azure/azure-sdk-for-python/tree/main/sdk/communication/azure-communication-identity/tests/recordings and those of azure-sdk-for-js (answers of the real service)';

/** What a token may be for. */
export const scopes = ['chat', 'voip', 'chat.join', 'chat.join.limited', 'voip.join'] as const;
export type Scope = (typeof scopes)[number];

/** How long a token lives, in minutes. */
export const lifetime = { least: 60, most: 1_440, default: 1_440, source: specs } as const satisfies Rule &
  Record<string, unknown>;

/** The operations, and how many of each the resource may ask for within the window. */
export const limits = {
  window: 30_000,
  create: 1_000,
  issue: 1_000,
  delete: 500,
  revoke: 500,
  exchange: 500,
  source:
    'https://learn.microsoft.com/azure/communication-services/concepts/service-limits ("Identity", per 30 seconds)',
} as const satisfies Rule & Record<string, unknown>;

export type Operation = 'create' | 'issue' | 'delete' | 'revoke' | 'exchange';

/** Statuses of success. */
export const success = { created: 201, issued: 200, done: 204, source: specs } as const satisfies Rule &
  Record<string, unknown>;

/** An error as this wire words it; SDKs read `code` and `message`. */
export interface WireError {
  readonly status: number;
  readonly body: {
    readonly error: { readonly code: string; readonly message: string; readonly target?: string };
  };
}

const invalid = (message: string, target: string): WireError => ({
  status: 400,
  body: { error: { code: 'ValidationError', message, target } },
});

/** Refusals for what is asked; a field's name is written as the service does, which varies. */
export const refusals = {
  missing: (field: 'Scopes' | 'AppId' | 'UserId') => invalid(`${field}: The ${field} field is required.`, field),
  missingScopes: invalid('CreateTokenWithScopes value is missing.', 'CreateTokenWithScopes'),
  lifetime: (minutes: unknown) =>
    invalid(
      `ExpiresInMinutes value ${minutes} is invalid. Value must be within the [${lifetime.least}, ${lifetime.most}] interval.`,
      'ExpiresInMinutes',
    ),
  malformedId: (field: 'AppId' | 'UserId') =>
    invalid(`Provided ${field} has invalid format.`, field === 'AppId' ? 'appId' : 'userId'),
  otherUser: invalid('Provided AAD token issued for unexpected user.', 'userId'),
  notOwned: {
    status: 401,
    body: { error: { code: 'IdentityNotOwned', message: "Provided identity doesn't belong to the resource." } },
  },
  invalidToken: {
    status: 401,
    body: { error: { code: 'InvalidAccessToken', message: 'Provided access token is not valid.' } },
  },
  source: recordings,
} as const satisfies Rule & Record<string, unknown>;

/** Refusals in words of our own. */
export const ownRefusals = {
  unknownScope: (found: unknown, field: 'Scopes' | 'CreateTokenWithScopes') =>
    invalid(`${field} value ${JSON.stringify(found)} is invalid. Valid values: ${scopes.join(', ')}.`, field),
  otherApp: invalid('Provided AAD token issued for unexpected application.', 'appId'),
  malformedBody: invalid(
    'The request body must be a JSON object in UTF-8, or absent where the operation lets it.',
    'body',
  ),
  gone: {
    status: 404,
    body: { error: { code: 'IdentityNotFound', message: 'Provided identity does not exist, or was deleted.' } },
  },
  tooManyRequests: {
    status: 429,
    body: { error: { code: 'TooManyRequests', message: 'The resource has reached its limit of identity requests.' } },
  },
  serverError: {
    status: 500,
    body: { error: { code: 'InternalServerError', message: 'The dial identity.status5xx made this request fail.' } },
  },
  source:
    'chosen: recordings and specification show the shape but not these cases. Whether a deleted identity is not found or not owned is the switch `goneIdentity`',
} as const satisfies Rule & Record<string, unknown>;

/** What tokens say of themselves beyond who and until when. */
export const tokenClaims = {
  /** The number that stands in every token seen, whatever its scopes. */
  scp: 1_792,
  rgn: 'local',
  resourceLocation: 'local',
  source:
    'tokens in public test data (azure-cli-extensions, azure-sdk-for-python); `jti` is added, so that two tokens of one second differ',
} as const satisfies Rule & Record<string, unknown>;
