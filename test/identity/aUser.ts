import { identityMap } from '../../shared/adapters/storage/identityMap.ts';
import { memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import type { LogFields } from '../../shared/core/logger.ts';
import type { IdentityServices, IdentitySettings, Person } from '../../shared/identity/identityServices.ts';
import { userKeyOf } from '../../shared/identity/keys.ts';
import { fakeProvider } from './fakeProvider.ts';

export const conversationKey = 'a-key-for-tests-of-32-characters';
export const now = 1_795_485_600_000;
export const ann: Person = { issuer: 'https://issuer.example', subject: 'ann@example.com', roles: [] };
export const agent: Person = { ...ann, subject: 'agent@example.com', roles: ['agent'] };
export const annKey = userKeyOf(conversationKey, ann);

export const settings: IdentitySettings = {
  conversationKey,
  scopes: { 'signed-in': ['voip.join', 'chat.join'], agent: ['voip', 'chat'] },
  tokensPerHour: 20,
  teamsClientId: '2bd3a1a6-6f4e-4b39-9d32-b6f6c1a1a111',
};

/** The use cases' services over a table in memory and a provider that behaves. */
export function anIdentityWorld(changed: Partial<IdentitySettings> = {}) {
  const time = { now };
  const clock = { now: () => time.now };
  const table = memoryEntityTable();
  const provider = fakeProvider(clock.now);
  const logged: (LogFields & { readonly event: string })[] = [];
  let tokens = 0;
  const token = () => {
    tokens += 1;
    return `token-${tokens}`;
  };
  const services: IdentityServices = {
    clock,
    rand: { token, fraction: () => 0.5 },
    log: (_level, event, fields = {}) => logged.push({ event, ...fields }),
    pause: async () => {},
    map: identityMap(table),
    provider,
    settings: { ...settings, ...changed },
  };
  return { services, provider, table, logged, time };
}

export type IdentityWorld = ReturnType<typeof anIdentityWorld>;
