import { guid, key, optional, perHour, seconds, text } from '../forms.ts';
import { scopesByHolder, stunUrls, turnUrls } from '../listForms.ts';
import { setting } from '../setting.ts';

/** User tokens, and the servers that media meet at. */
export const identity = {
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
} as const;
