import { expect, test } from 'vitest';
import { readConfig } from '../../shared/config.ts';
import { userKeyOf } from '../../shared/identity/keys.ts';
import { iceServersOf } from '../../shared/runtime/iceServersOf.ts';
import { identitySettings } from '../../shared/runtime/identitySettings.ts';
import { requiredSettings } from '../support/requiredSettings.ts';

const valid = requiredSettings;
const TURN_SECRET = 'a-secret-for-tests-of-32-characters';
const read = (more: Record<string, string>) => identitySettings(readConfig({ ...valid, ...more }));
const servers = (more: Record<string, string>) =>
  iceServersOf(readConfig({ ...valid, ...more }), { now: () => 0 })?.serversFor(
    userKeyOf('k', { issuer: '', subject: '' }),
  );

test.each([
  [
    'signed-in=voip.join,chat.join;agent=voip,chat',
    { 'signed-in': ['voip.join', 'chat.join'], agent: ['voip', 'chat'] },
  ],
  [' agent = voip , chat ; admin= ; ', { agent: ['voip', 'chat'], admin: [] }],
])('%j is read as scopes by who holds them', (TOKEN_SCOPES, scopes) => {
  expect(read({ TOKEN_SCOPES }).scopes).toEqual(scopes);
});

test.each([
  [{ TOKEN_SCOPES: 'voip' }, 'TOKEN_SCOPES must be such as'],
  [{ TOKEN_SCOPES: 'everybody=voip' }, 'TOKEN_SCOPES has "everybody", which is none of signed-in, agent, admin.'],
  [{ TOKEN_SCOPES: 'agent=video' }, 'TOKEN_SCOPES has "video", which is none of chat, chat.join'],
  [{ TOKEN_SCOPES: 'agent=voip;agent=chat' }, 'TOKEN_SCOPES has "agent" twice'],
  [{ TOKENS_PER_HOUR: '1001' }, 'TOKENS_PER_HOUR must be a whole number from 1 to 1000'],
  [{ TOKENS_PER_HOUR: '0' }, 'TOKENS_PER_HOUR must be a whole number from 1 to 1000'],
  [{ TEAMS_CLIENT_ID: 'my app' }, 'TEAMS_CLIENT_ID must be a GUID'],
  [{ STUN_URLS: 'stun.example.com' }, 'STUN_URLS must be addresses such as stun:turn.example.com:3478'],
  [{ STUN_URLS: 'turn:turn.example.com' }, 'STUN_URLS must be addresses'],
  [{ TURN_URLS: 'turn:user@turn.example.com', TURN_SECRET }, 'TURN_URLS must be addresses'],
  [{ TURN_URLS: 'turn:turn.example.com?transport=sctp', TURN_SECRET }, 'TURN_URLS must be addresses'],
  [{ TURN_URLS: 'turn:turn.example.com' }, 'TURN_URLS and TURN_SECRET go together'],
  [{ TURN_SECRET }, 'TURN_URLS and TURN_SECRET go together'],
  [{ TURN_URLS: 'turn:turn.example.com', TURN_SECRET: 'short' }, 'TURN_SECRET must have at least 32'],
  [{ CLOUDFLARE_TURN_KEY_ID: 'k' }, 'CLOUDFLARE_TURN_KEY_ID and CLOUDFLARE_TURN_API_TOKEN go together'],
  [
    { CLOUDFLARE_TURN_KEY_ID: 'k', CLOUDFLARE_TURN_API_TOKEN: 't', STUN_URLS: 'stun:stun.example.com' },
    'CLOUDFLARE_TURN_KEY_ID brings its own servers',
  ],
  [{ TURN_TTL_SECONDS: '86401' }, 'TURN_TTL_SECONDS must be at most 86400'],
])('%j is a fault', (environment, fault) => {
  expect(() => read(environment)).toThrow(fault);
});

test('what is not set gives twenty tokens an hour, no Teams and no servers', async () => {
  expect(read({})).toMatchObject({ tokensPerHour: 20, teamsClientId: undefined });
  expect(servers({})).toBeUndefined();
});

test('servers are those that are set', async () => {
  const TURN_URLS = 'turn:turn.example.com:3478?transport=udp, turns:[2001:db8::1]:5349';
  const told = await servers({ STUN_URLS: 'stun:stun.example.com', TURN_URLS, TURN_SECRET, TURN_TTL_SECONDS: '600' });
  expect(told?.iceServers.map(({ urls }) => urls)).toEqual([
    ['stun:stun.example.com'],
    ['turn:turn.example.com:3478?transport=udp', 'turns:[2001:db8::1]:5349'],
  ]);
  expect(told?.expiresOn).toBe(600_000);
});
