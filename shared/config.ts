import * as z from 'zod/mini';
import { type Country, parseCountry } from './core/countries.ts';
import { AppError } from './core/errors.ts';
import { isLoopback, secureUrl } from './core/loopback.ts';
import { type PhoneNumber, parsePhoneNumber } from './core/phoneNumbers.ts';

/** One setting of the app, as `docs/settings.md` and `local.settings.example.json` tell it. */
export interface Setting {
  readonly help: string;
  /** What it is when it is not set; a setting without one has to be set. */
  readonly fallback?: string;
  /** What `local.settings.example.json` says, where that is not the fallback. */
  readonly local?: string;
  readonly secret?: boolean;
  /** Left out, another stands in for it. */
  readonly either?: boolean;
  readonly schema: z.ZodMiniType<unknown, string>;
}

const setting = <S extends z.ZodMiniType<unknown, string>>(schema: S, told: Omit<Setting, 'schema'>) => ({
  ...told,
  schema,
});

const text = z.string().check(z.minLength(1, 'must not be empty'));

const storageConnection = z
  .string()
  .check(
    z.regex(
      /UseDevelopmentStorage=true|AccountName=[^;]+;.*(AccountKey|SharedAccessSignature)=|(Blob|Queue|Table)Endpoint=/i,
      'is no connection string of a storage account',
    ),
  );

/** As the SDK reads it; https, or http on this machine itself. */
const acsConnection = z.string().check(
  z.regex(/^endpoint=[^;]+;accesskey=.+$/i, 'must be endpoint=https://…;accesskey=…'),
  z.refine(
    (text) => secureUrl(/endpoint=([^;]*)/i.exec(text)?.[1] ?? '') !== undefined,
    'has an endpoint that is not https',
  ),
);

const secureAddress = z.string().check(z.refine((text) => secureUrl(text) !== undefined, 'must be an https address'));

const ownAddress = z
  .string()
  .check(z.refine((text) => isLoopback(URL.parse(text)?.hostname ?? ''), 'must be an address on this machine itself'));

/** A token is sent nowhere in the clear. */
const tlsAddress = z
  .string()
  .check(z.refine((text) => URL.parse(text)?.protocol === 'https:', 'must be an https address'));

const accountName = z.string().check(z.regex(/^[a-z0-9]{3,24}$/, 'must be 3 to 24 lower-case letters and digits'));

/** Addresses as they stand in a token's `iss`, letter for letter. */
const issuers = z.pipe(
  z.string(),
  z.transform((list, context): readonly string[] => {
    const written = list.split(',').map((issuer) => issuer.trim());
    const faults = [
      ...written.filter((issuer) => secureUrl(issuer) === undefined).map((none) => `"${none}" is no https address`),
      ...written
        .filter((one, at) => written.findIndex((other) => sameAddress(one, other)) < at)
        .map((one) => `${one} is there twice`),
    ];
    if (faults.length > 0)
      context.issues.push({ code: 'custom', message: `has faults: ${faults.join('; ')}`, input: list });
    return written;
  }),
);

const sameAddress = (one: string, other: string): boolean => addressOf(one) === addressOf(other);
const addressOf = (text: string): string => URL.parse(text)?.href.replace(/\/$/, '') ?? text;

const seconds = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a whole number of seconds, 1 or more')),
  z.transform((digits) => Number(digits) * 1_000),
);

const days = z.pipe(
  z.string().check(z.regex(/^\d{1,5}$/, 'must be a whole number of days')),
  z.transform((digits) => Number(digits) * 86_400_000),
);

const count = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,5}$/, 'must be a whole number from 1 to 999999')),
  z.transform(Number),
);

const segments = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, 'must be a whole number from 1 to 999999999')),
  z.transform(Number),
);

const yesOrNo = z.pipe(
  z.enum(['true', 'false'], 'must be true or false'),
  z.transform((word) => word === 'true'),
);

/** What may be left empty, which is as good as not set. */
const optional = (schema: z.ZodMiniType<string, string>) =>
  z.pipe(
    z.union([z.literal(''), schema]),
    z.transform((text) => text || undefined),
  );

const key = z.string().check(z.minLength(32, 'must have at least 32 characters'));

/** Kinds as `shared/sms/numberKinds.ts` names them; runtime checks that they are known. */
export interface NumberSetting {
  readonly number: PhoneNumber;
  readonly kind?: string | undefined;
}

const numbers = z.pipe(
  z.string(),
  z.transform((list, context): readonly NumberSetting[] => {
    const parts = list.split(',').map((part) => part.trim().split('='));
    return parts.flatMap(([written = '', kind]) => {
      const number = parsePhoneNumber(written);
      if (number !== undefined) return [{ number, kind }];
      context.issues.push({ code: 'custom', message: `has a number that cannot be read: "${written}"`, input: list });
      return [];
    });
  }),
);

const countries = z.pipe(
  z.string(),
  z.transform((list, context): 'own' | readonly Country[] => {
    if (list.trim() === 'own') return 'own';
    return list.split(',').flatMap((written) => {
      const country = parseCountry(written.trim());
      if (country !== undefined) return [country];
      context.issues.push({ code: 'custom', message: `has what is no country: "${written.trim()}"`, input: list });
      return [];
    });
  }),
);

/** Whom scopes are given to, and which; words as `shared/identity/scopes.ts` has them, and runtime checks that they are known. */
export interface ScopeSetting {
  readonly holder: string;
  readonly scopes: readonly string[];
}

const parts = (text: string): readonly string[] => text.split(';').filter((part) => part.trim() !== '');

const scopesByHolder = z.pipe(
  z
    .string()
    .check(
      z.refine(
        (text) => parts(text).every((part) => /^[^=]+=[^=]*$/.test(part)),
        'must be such as signed-in=voip.join;agent=voip,chat',
      ),
    ),
  z.transform((text): readonly ScopeSetting[] =>
    parts(text).map((part) => {
      const [holder = '', list = ''] = part.split('=');
      return { holder: holder.trim(), scopes: list.split(',').flatMap((scope) => scope.trim() || []) };
    }),
  ),
);

/** More would not fit into one row. */
const perHour = z.pipe(
  z.string().check(z.regex(/^([1-9]\d{0,2}|1000)$/, 'must be a whole number from 1 to 1000')),
  z.transform(Number),
);

const guid = z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID'));

/** RFC 7064 and 7065: no user, no path; `transport` is TURN's alone. */
const iceUrls = (form: RegExp, example: string) =>
  z.pipe(
    z
      .string()
      .check(
        z.refine(
          (text) => text === '' || text.split(',').every((url) => form.test(url.trim())),
          `must be addresses such as ${example}, separated by commas`,
        ),
      ),
    z.transform((text): readonly string[] => (text === '' ? [] : text.split(',').map((url) => url.trim()))),
  );

const stunUrls = iceUrls(/^stuns?:(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?$/i, 'stun:turn.example.com:3478');
const turnUrls = iceUrls(
  /^turns?:(\[[0-9a-f:.]+\]|[\w.-]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i,
  'turns:turn.example.com:5349?transport=tcp',
);

/** Every setting there is. Their order is the order of `docs/settings.md`. */
export const settings = {
  STORAGE_CONNECTION: setting(optional(storageConnection), {
    help: 'Connection string of the storage account that keeps conversations, wakes and dropped events.',
    fallback: '',
    local: 'UseDevelopmentStorage=true',
    secret: true,
    either: true,
  }),
  STORAGE_CONNECTION__accountName: setting(optional(accountName), {
    help: 'Instead of it: the name of the account, which then knows the app by its managed identity. The Functions host reads the settings whose names begin like this one as well.',
    fallback: '',
    either: true,
  }),
  STORAGE_CONNECTION__tableServiceUri: setting(optional(tlsAddress), {
    help: 'Instead of a name: where the account’s tables are, in a cloud or a network whose addresses cannot be told from its name. Goes with the next two.',
    fallback: '',
    either: true,
  }),
  STORAGE_CONNECTION__queueServiceUri: setting(optional(tlsAddress), {
    help: 'Where the account’s queues are.',
    fallback: '',
    either: true,
  }),
  STORAGE_CONNECTION__blobServiceUri: setting(optional(tlsAddress), {
    help: 'Where the account’s blobs are.',
    fallback: '',
    either: true,
  }),
  ACS_CONNECTION_STRING: setting(optional(acsConnection), {
    help: 'Connection string of the Communication Services resource (`endpoint=…;accesskey=…`).',
    fallback: '',
    local: 'endpoint=http://127.0.0.1:7080/;accesskey=bG9jYWwtd29ybGQta2V5LWl0LW9wZW5zLW5vdGhpbmc=',
    secret: true,
    either: true,
  }),
  ACS_ENDPOINT: setting(optional(tlsAddress), {
    help: 'Instead of it: the address of the resource (`https://NAME.REGION.communication.azure.com`), which then knows the app by its managed identity.',
    fallback: '',
    either: true,
  }),
  ACS_RESOURCE_ID: setting(text, {
    help: 'Azure resource id of the Communication Services resource; events with another topic are kept in `dropped`.',
    local:
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers/Microsoft.Communication/communicationServices/switchboard',
  }),
  CONVERSATION_KEY: setting(key, {
    help: 'Secret that conversation ids are made with, 32 characters or more. It must never change: with another one every conversation begins anew.',
    local: 'local-conversation-key-not-a-secret-0001',
    secret: true,
  }),
  SERVICE_NUMBERS: setting(numbers, {
    help: 'Our numbers, separated by commas. `=kind` after one overrides who answers STOP and HELP on it: `toll-free`, `short-code-us`, `short-code` (CA, UK), `long-code`, `carrier-answered`, `sender-id`.',
    local: '+18005550100,+14255550100',
  }),
  EVENTS_ENDPOINT: setting(optional(secureAddress), {
    help: 'Address of an Event Grid custom topic (schema: CloudEvents) that is told of texts, their status and consent, as docs/events.md says; numbers are among what is told. Without it, nobody is told.',
    fallback: '',
  }),
  EVENTS_KEY: setting(optional(text), {
    help: 'That topic’s access key; without it the topic knows the app by its managed identity.',
    fallback: '',
    secret: true,
  }),
  PUBLISH_TEXTS: setting(yesOrNo, {
    help: 'Whether that topic is told what texts say, or only that there were some.',
    fallback: 'false',
  }),
  AZURE_CLIENT_ID: setting(optional(text), {
    help: 'Client id of the managed identity, where it is one that was assigned by a person and not the app’s own.',
    fallback: '',
  }),
  STORAGE_CONNECTION__credential: setting(
    optional(z.string().check(z.regex(/^managedidentity$/, 'must be managedidentity'))),
    {
      help: '`managedidentity`, where the Functions host needs to be told of STORAGE_CONNECTION__clientId.',
      fallback: '',
    },
  ),
  STORAGE_CONNECTION__clientId: setting(optional(text), {
    help: 'For storage the same as AZURE_CLIENT_ID, in the Functions host’s words; if they differ, this one opens storage.',
    fallback: '',
  }),
  PLAYBOOK_FILE: setting(text, {
    help: 'The file that says what the bot answers; a relative path counts from the app’s root.',
    fallback: 'playbook.json',
  }),
  PUBLIC_URL: setting(optional(secureAddress), {
    help: 'Where the app is reached from outside, such as https://NAME.azurewebsites.net: calls are told of here, and prompts fetched. Needed to answer calls.',
    fallback: '',
    local: 'http://127.0.0.1:7071',
  }),
  CALLBACK_AUDIENCE: setting(optional(text), {
    help: 'The immutable resource id (a GUID) of the Communication Services resource, for which the tokens are that come with what is told of calls. Needed to answer calls.',
    fallback: '',
    local: '6c6f6361-6c20-4aca-8057-000000000001',
  }),
  CALLBACK_ISSUER: setting(secureAddress, {
    help: 'The issuer of those tokens.',
    fallback: 'https://acscallautomation.communication.azure.com',
  }),
  CALLBACK_OPENID_CONFIGURATION: setting(secureAddress, {
    help: 'Where that issuer says which keys it signs with.',
    fallback: 'https://acscallautomation.communication.azure.com/calling/.well-known/acsopenidconfiguration',
    local: 'http://127.0.0.1:7080/calling/.well-known/acsopenidconfiguration',
  }),
  SPEECH_ENDPOINT: setting(optional(tlsAddress), {
    help: 'Address of the Azure AI services resource that speaks and understands on calls. Without it prompts are files, and callers press keys.',
    fallback: '',
    local: 'https://local.cognitiveservices.azure.com',
  }),
  OIDC_ISSUER: setting(issuers, {
    help: 'Issuer of the tokens that callers of the HTTP API bring, as in their `iss`; its discovery document is read from here. Several are separated by commas.',
    local: 'http://127.0.0.1:7081',
  }),
  OIDC_AUDIENCE: setting(text, {
    help: 'The audience those tokens must have.',
    local: 'switchboard',
  }),
  OIDC_ROLES_CLAIM: setting(text, { help: 'The claim that lists a caller’s roles.', fallback: 'roles' }),
  OIDC_AGENT_ROLE: setting(text, { help: 'The role of people who read and answer.', fallback: 'agent' }),
  OIDC_ADMIN_ROLE: setting(text, { help: 'The role of people who may do everything.', fallback: 'admin' }),
  CONSOLE_CLIENT_ID: setting(optional(text), {
    help: 'The client id under which the console signs people in, by the first issuer. Without it, that is OIDC_AUDIENCE.',
    fallback: '',
  }),
  CONSOLE_SCOPES: setting(text, {
    help: 'What the console asks for when it signs people in, separated by spaces. With Entra ID add a scope of the API, such as `api://CLIENT-ID/access`, or tokens are for somebody else.',
    fallback: 'openid profile offline_access',
  }),
  LAB_URL: setting(optional(ownAddress), {
    help: 'The control surface of a local world, on this machine itself: the console then offers telephones and dials. Not for production.',
    fallback: '',
    local: 'http://127.0.0.1:7080',
  }),
  PLATFORM_AUTH: setting(
    z.pipe(
      z.enum(['on', 'off'], 'must be on or off'),
      z.transform((word) => word === 'on'),
    ),
    {
      help: '`on`: who brings no token is whom App Service authentication has signed in, of these issuers and for this audience. Before that, see in docs/deploying.md what your plan enforces.',
      fallback: 'off',
    },
  ),
  TOKEN_SCOPES: setting(scopesByHolder, {
    help: 'What user tokens may be for: `signed-in=` scopes of everybody who may call, `agent=` and `admin=` more for these roles; out of `chat`, `chat.join`, `chat.join.limited`, `voip`, `voip.join`. Who asks for none gets the first that they may have. `docs/tokens.md` tells of this and of the next two.',
    fallback: 'signed-in=voip.join,chat.join;agent=voip,chat',
  }),
  TOKENS_PER_HOUR: setting(perHour, {
    help: 'User tokens that one user may have within an hour, at most 1000.',
    fallback: '20',
  }),
  TEAMS_CLIENT_ID: setting(optional(guid), {
    help: 'The application in Entra ID whose tokens of Teams users are exchanged. Without it, none are.',
    fallback: '',
  }),
  STUN_URLS: setting(stunUrls, {
    help: 'STUN servers for browsers and phones, separated by commas: `stun:turn.example.com:3478`. `docs/turn.md` tells of this and of the next five.',
    fallback: '',
  }),
  TURN_URLS: setting(turnUrls, {
    help: 'TURN servers that take credentials made with TURN_SECRET, separated by commas: `turns:turn.example.com:5349?transport=tcp`.',
    fallback: '',
    local: 'turn:127.0.0.1:3478',
  }),
  TURN_SECRET: setting(optional(key), {
    help: 'Secret shared with those servers (coturn: `static-auth-secret`), 32 characters or more.',
    fallback: '',
    local: 'local-turn-secret-not-a-secret-0000001',
    secret: true,
  }),
  TURN_TTL_SECONDS: setting(seconds, {
    help: 'How long TURN credentials are good for, at most a day (86400).',
    fallback: '3600',
  }),
  CLOUDFLARE_TURN_KEY_ID: setting(optional(text), {
    help: 'Instead of TURN_URLS: id of a TURN key of Cloudflare, which then makes the credentials.',
    fallback: '',
  }),
  CLOUDFLARE_TURN_API_TOKEN: setting(optional(text), { help: 'That key’s API token.', fallback: '', secret: true }),
  FOLD_PUNCTUATION: setting(yesOrNo, {
    help: 'Replace smart punctuation that alone would force the dearer UCS-2 encoding on a text.',
    fallback: 'true',
  }),
  AMBIGUOUS_SENDS: setting(z.enum(['never', 'window', 'always'], 'must be never, window or always'), {
    help: 'A send that may have left: `window` tries again while the provider remembers its id, `never` leaves it unknown at once (for a provider that does not honour ids), `always` tries again even later, at the risk of two texts.',
    fallback: 'window',
  }),
  REPLY_BUDGET: setting(count, {
    help: 'Automatic replies a conversation may have within REPLY_BUDGET_SECONDS.',
    fallback: '10',
  }),
  REPLY_BUDGET_SECONDS: setting(seconds, { help: 'The span of time that REPLY_BUDGET counts in.', fallback: '600' }),
  ALLOWED_COUNTRIES: setting(countries, {
    help: 'Countries that may be texted, as two letters each, separated by commas: `US,CA`. `own`: only the country of the service number that sends. `docs/limits.md` tells of this and of the next six.',
    fallback: 'own',
  }),
  SEGMENTS_PER_SUBSCRIBER: setting(count, {
    help: 'Segments that one service number may send to one subscriber within SEGMENTS_PER_SUBSCRIBER_SECONDS.',
    fallback: '100',
  }),
  SEGMENTS_PER_SUBSCRIBER_SECONDS: setting(seconds, {
    help: 'The span of time that SEGMENTS_PER_SUBSCRIBER counts in.',
    fallback: '86400',
  }),
  SEGMENTS_PER_DAY: setting(segments, {
    help: 'Segments that the whole app may send in a day (UTC): what a bad day may cost.',
    fallback: '5000',
  }),
  SEGMENT_TRANCHE: setting(count, {
    help: 'How many of the day’s segments one process takes from the shared counter at a time; less than SEGMENTS_PER_DAY.',
    fallback: '50',
  }),
  SENDING_HOURS: setting(text, {
    help: 'When agents may text a subscriber who has not written lately, each day: `09:00-20:00`, or several spans separated by commas (47 CFR 64.1200(c)(1): not before 8 and not after 21).',
    fallback: '08:00-21:00',
    local: '00:00-24:00',
  }),
  ANSWER_WITHIN_SECONDS: setting(seconds, {
    help: 'A subscriber who wrote no longer ago than this is answered at any hour.',
    fallback: '86400',
  }),
  AGENT_HOLD_SECONDS: setting(seconds, {
    help: 'How long the bot keeps quiet after an agent took over or wrote.',
    fallback: '3600',
  }),
  REPLY_MAX_AGE_SECONDS: setting(seconds, {
    help: 'An automatic reply older than this is not sent any more.',
    fallback: '1800',
  }),
  MESSAGE_MAX_AGE_SECONDS: setting(seconds, {
    help: 'An agent’s message older than this is not sent any more.',
    fallback: '86400',
  }),
  CONFIRMATION_MAX_AGE_SECONDS: setting(seconds, {
    help: 'A STOP confirmation older than this is not sent any more (47 CFR 64.1200(a)(12): within five minutes).',
    fallback: '300',
  }),
  RETENTION_DAYS: setting(days, {
    help: 'Conversations that have been quiet for longer are erased, all but their consent; 0 keeps them for ever.',
    fallback: '0',
  }),
  SEND_LEASE_SECONDS: setting(seconds, { help: 'How long one process may hold a message to send it.', fallback: '35' }),
  SEND_DEADLINE_SECONDS: setting(seconds, {
    help: 'How long to wait for the provider’s answer to a send.',
    fallback: '8',
  }),
  SEND_MARGIN_SECONDS: setting(seconds, {
    help: 'A send is not begun with less than this left of its lease; more than SEND_DEADLINE_SECONDS plus what clocks differ.',
    fallback: '15',
  }),
  EPOCH_WINDOW_SECONDS: setting(seconds, {
    help: 'How long after its first try an unclear send may be repeated with the same id; less than the provider remembers ids (five minutes).',
    fallback: '270',
  }),
  FIRST_SENT_MARGIN_SECONDS: setting(seconds, {
    help: 'How much earlier than our clock a first try is said to be, so that our window ends before the provider’s.',
    fallback: '10',
  }),
  CLOCK_TOLERANCE_SECONDS: setting(seconds, {
    help: 'How far the clocks of two processes may differ.',
    fallback: '15',
  }),
  WATCHDOG_SECONDS: setting(seconds, {
    help: 'When to look whether an agent’s message got on its way.',
    fallback: '60',
  }),
  COMMIT_WITHIN_SECONDS: setting(seconds, {
    help: 'An agent’s message that cannot be stored within this is refused; less than WATCHDOG_SECONDS.',
    fallback: '30',
  }),
  LOOK_AGAIN_SECONDS: setting(seconds, { help: 'When a wake that found nothing looks once more.', fallback: '600' }),
  REQUEST_KEPT_SECONDS: setting(seconds, {
    help: 'How long an Idempotency-Key is remembered at least.',
    fallback: '86400',
  }),
} as const;

type Settings = typeof settings;
export type SettingName = keyof Settings;

/** Every setting, read and checked; times are milliseconds. */
export type Config = { readonly [Name in SettingName]: z.output<Settings[Name]['schema']> };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment once and whole. Throws `invalid-configuration` that names every fault, one a line. */
export function readConfig(environment: Environment = process.env): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema, fallback }] of Object.entries<Setting>(settings)) {
    const read = z.safeParse(schema, environment[name] || fallback);
    if (read.success) values[name] = read.data;
    else faults.push(faultOf(name, environment[name], read.error.issues[0]?.message));
  }
  const config = values as Config;
  faults.push(...misspelt(environment), ...connectionFaults(environment), ...contradictions(values));
  if (faults.length > 0)
    throw new AppError('invalid-configuration', ['The settings have faults:', ...faults].join('\n  '));
  return Object.freeze(config);
}

/** Whether the app runs in App Service with authentication on; the variables are the platform's, and not ours to set. */
export const platformAuthenticates = (environment: Environment = process.env): boolean =>
  /^true$/i.test(environment['WEBSITE_AUTH_ENABLED'] ?? '') &&
  Boolean(environment['WEBSITE_SITE_NAME'] && environment['WEBSITE_HOSTNAME']);

/** The value itself is not told: it may be a secret. */
const faultOf = (name: string, value: string | undefined, fault = 'cannot be read'): string =>
  value ? `${name} ${fault}.` : `${name} is missing. ${settings[name as SettingName].help}`;

const orders: readonly (readonly [SettingName, SettingName])[] = [
  ['SEND_DEADLINE_SECONDS', 'SEND_MARGIN_SECONDS'],
  ['SEND_MARGIN_SECONDS', 'SEND_LEASE_SECONDS'],
  ['SEND_LEASE_SECONDS', 'EPOCH_WINDOW_SECONDS'],
  ['COMMIT_WITHIN_SECONDS', 'WATCHDOG_SECONDS'],
  ['SEGMENT_TRANCHE', 'SEGMENTS_PER_DAY'],
];

/** Milliseconds for which ACS remembers a repeatability id (https://learn.microsoft.com/rest/api/communication/repeatable-requests). */
const remembered = 300_000;

/** Of what could be read; what could not is a fault already. */
const contradictions = (values: Readonly<Record<string, unknown>>): string[] => [
  ...orders
    .filter(([less, more]) => Number(values[less]) >= Number(values[more]))
    .map(([less, more]) => `${less} must be less than ${more}.`),
  ...(Number(values['EPOCH_WINDOW_SECONDS']) < remembered
    ? []
    : ['EPOCH_WINDOW_SECONDS must be less than 300: the provider forgets ids then.']),
  ...iceFaults(values),
];

/** Milliseconds in a day. */
const longestTurnLifetime = 86_400_000;

/** One kind of relay, told whole. */
function iceFaults(values: Readonly<Record<string, unknown>>): readonly string[] {
  const has = (name: SettingName) => values[name] !== undefined && String(values[name]) !== '';
  const rules: readonly (readonly [broken: boolean, fault: string])[] = [
    [has('TURN_URLS') !== has('TURN_SECRET'), 'TURN_URLS and TURN_SECRET go together: set both, or neither.'],
    [
      has('CLOUDFLARE_TURN_KEY_ID') !== has('CLOUDFLARE_TURN_API_TOKEN'),
      'CLOUDFLARE_TURN_KEY_ID and CLOUDFLARE_TURN_API_TOKEN go together: set both, or neither.',
    ],
    [
      has('CLOUDFLARE_TURN_KEY_ID') && (has('TURN_URLS') || has('STUN_URLS')),
      'CLOUDFLARE_TURN_KEY_ID brings its own servers: leave out TURN_URLS and STUN_URLS, or it.',
    ],
    [Number(values['TURN_TTL_SECONDS']) > longestTurnLifetime, 'TURN_TTL_SECONDS must be at most 86400.'],
  ];
  return rules.flatMap(([broken, fault]) => (broken ? [fault] : []));
}

const storageUris = ['table', 'queue', 'blob'].map((service) => `STORAGE_CONNECTION__${service}ServiceUri`);

/** Each service is reached in one way, and says so whole. */
function connectionFaults(environment: Environment): readonly string[] {
  const has = (name: SettingName) => Boolean(environment[name]);
  const uris = storageUris.filter((name) => environment[name]);
  const storage = [has('STORAGE_CONNECTION'), has('STORAGE_CONNECTION__accountName'), uris.length > 0].filter(Boolean);
  const identified = has('STORAGE_CONNECTION__credential') || has('STORAGE_CONNECTION__clientId');
  const topic = environment['EVENTS_ENDPOINT'] ?? '';
  const rules: readonly (readonly [broken: boolean, fault: string])[] = [
    [
      storage.length === 0,
      `STORAGE_CONNECTION is missing, or STORAGE_CONNECTION__accountName, or ${storageUris.join(', ')}.`,
    ],
    [
      storage.length > 1,
      `Of STORAGE_CONNECTION, STORAGE_CONNECTION__accountName and ${storageUris.join(', ')} set one or the other.`,
    ],
    [uris.length % 3 !== 0, `${storageUris.join(', ')} go together: set all three.`],
    [
      has('STORAGE_CONNECTION') && identified,
      'STORAGE_CONNECTION__credential and STORAGE_CONNECTION__clientId are of no use beside STORAGE_CONNECTION: leave them out.',
    ],
    [
      has('STORAGE_CONNECTION__clientId') && !has('STORAGE_CONNECTION__credential'),
      'STORAGE_CONNECTION__clientId needs STORAGE_CONNECTION__credential=managedidentity.',
    ],
    [!has('ACS_CONNECTION_STRING') && !has('ACS_ENDPOINT'), 'ACS_CONNECTION_STRING is missing, or ACS_ENDPOINT.'],
    [
      has('ACS_CONNECTION_STRING') && has('ACS_ENDPOINT'),
      'ACS_CONNECTION_STRING and ACS_ENDPOINT are both set: leave one out.',
    ],
    [has('EVENTS_KEY') && topic === '', 'EVENTS_KEY needs EVENTS_ENDPOINT.'],
    [/^http:/i.test(topic) && !has('EVENTS_KEY'), 'EVENTS_ENDPOINT needs EVENTS_KEY where it is not https.'],
  ];
  return rules.flatMap(([broken, fault]) => (broken ? [fault] : []));
}

/** A variable that is one letter off a setting's name is a typo and not somebody else's. */
const misspelt = (environment: Environment): string[] =>
  Object.keys(environment).flatMap((name) => {
    const meant = Object.keys(settings).find((known) => !(name in settings) && differByOne(name, known));
    return meant === undefined ? [] : [`${name} is not a setting; did you mean ${meant}?`];
  });

function differByOne(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return short.slice(long.length === short.length ? at + 1 : at) === long.slice(at + 1);
}
