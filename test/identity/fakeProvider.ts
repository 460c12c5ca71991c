import type { IdentityProvider, UserId } from '../../shared/identity/identityProvider.ts';
import type { Scope } from '../../shared/identity/scopes.ts';

export interface FakeToken {
  readonly token: string;
  readonly identity: UserId;
  readonly scopes: readonly Scope[];
  readonly minutes: number;
}

/** A provider that behaves as ACS does: identities without end, tokens that die with them. */
export function fakeProvider(now: () => number = () => 0) {
  const identities = new Map<UserId, 'live' | 'deleted'>();
  let tokens: FakeToken[] = [];
  let issued = 0;
  const drop = (user: UserId) => {
    tokens = tokens.filter(({ identity }) => identity !== user);
  };
  const provider: IdentityProvider = {
    async createUser() {
      const id = `8:acs:resource_${identities.size + 1}` as UserId;
      identities.set(id, 'live');
      return id;
    },
    async issueToken(identity, { scopes, minutes }) {
      if (identities.get(identity) !== 'live') return undefined;
      issued += 1;
      const token = `ey.token-${issued}`;
      tokens.push({ token, identity, scopes, minutes });
      return { token, expiresOn: now() + minutes * 60_000 };
    },
    async revokeTokens(user) {
      drop(user);
    },
    async deleteUser(user) {
      drop(user);
      if (identities.has(user)) identities.set(user, 'deleted');
    },
    async exchangeTeamsToken() {
      issued += 1;
      return { token: `ey.teams-${issued}`, expiresOn: now() + 3_600_000 };
    },
  };
  return {
    ...provider,
    /** Those that exist and are not deleted. */
    live: () => [...identities].flatMap(([id, state]) => (state === 'live' ? [id] : [])),
    made: () => identities.size,
    /** Those that are good for something. */
    tokens: (): readonly FakeToken[] => tokens,
  };
}
