import { describe, expect, test } from 'vitest';
import { forgetIdentity } from '../../shared/identity/forgetIdentity.ts';
import type { UserId } from '../../shared/identity/identityProvider.ts';
import type { IdentityServices } from '../../shared/identity/identityServices.ts';
import { type IssuedToken, issueToken } from '../../shared/identity/issueToken.ts';
import { revokeTokens } from '../../shared/identity/revokeTokens.ts';
import { anIdentityWorld, ann, annKey, type IdentityWorld } from './aUser.ts';
import { everyWay, faults, type Schedule, sideBySide, type Trouble } from './interleavings.ts';

type Deed = (services: IdentityServices) => Promise<IssuedToken | 'forgotten' | 'revoked'>;

const issue: Deed = (services) => issueToken({ caller: ann, scopes: [], minutes: 60 }, services);
const forget: Deed = async (services) => {
  await forgetIdentity({ user: annKey, by: 'self' }, services);
  return 'forgotten';
};
const revoke: Deed = async (services) => {
  await revokeTokens({ user: annKey, by: 'self' }, services);
  return 'revoked';
};

/** What there is before the two begin. */
const pasts = {
  nothing: async () => {},
  'an identity': async ({ services }: IdentityWorld) => void (await issue(services)),
  'an identity that the provider has lost': async ({ services, provider }: IdentityWorld) => {
    await issue(services);
    for (const id of provider.live()) await provider.deleteUser(id);
  },
  'a deletion that died after its mark': async ({ services, provider }: IdentityWorld) => {
    await issue(services);
    const dying = { ...provider, deleteUser: () => Promise.reject(new Error('died')) };
    await forget({ ...services, provider: dying }).catch(() => {});
  },
} as const;

const pairs = {
  'two first calls': ['nothing', issue, issue],
  'two calls': ['an identity', issue, issue],
  'two calls with an identity that is lost': ['an identity that the provider has lost', issue, issue],
  'two calls after a deletion that died': ['a deletion that died after its mark', issue, issue],
  'a first call and a deletion': ['nothing', issue, forget],
  'a call and a deletion': ['an identity', issue, forget],
  'a call and a deletion after one that died': ['a deletion that died after its mark', issue, forget],
  'two deletions': ['an identity', forget, forget],
  'a first call and a revocation': ['nothing', issue, revoke],
  'a revocation and a deletion': ['an identity', revoke, forget],
} as const satisfies Record<string, readonly [keyof typeof pasts, Deed, Deed]>;

type Name = keyof typeof pairs;

/** Those whose orders are tens of thousands: with a fault they are played with so many switches at most. */
const switches: Partial<Record<Name, number>> = {
  'two calls with an identity that is lost': 3,
  'two calls after a deletion that died': 4,
  'a call and a deletion after one that died': 4,
};

type Ends = Awaited<ReturnType<typeof sideBySide<Awaited<ReturnType<Deed>>>>>['ends'];

const values = (ends: Ends) => ends.flatMap((end) => (end?.status === 'fulfilled' ? [end.value] : []));

interface Played {
  readonly world: IdentityWorld;
  readonly ends: Ends;
  readonly before: readonly UserId[];
  readonly deeds: readonly Deed[];
  /** Tokens issued before. */
  readonly past: number;
  readonly fault: Trouble['fault'] | undefined;
}

/** Plays a pair in every order; what does not come through is asked again, as its caller would. */
async function play(
  name: Name,
  { trouble, switches }: Omit<Schedule, 'choose'>,
  judge: (played: Played) => Promise<void>,
) {
  const [past, ...deeds] = pairs[name];
  let happened = false;
  const runs = await everyWay(async (choose) => {
    const world = anIdentityWorld();
    await pasts[past](world);
    const before = world.provider.live();
    const issuedBefore = (await world.services.map.read(annKey))?.value.issued.length ?? 0;
    const { ends, troubled } = await sideBySide(deeds, world.services, { choose, trouble, switches });
    happened ||= troubled;
    for (const [n, end] of ends.entries()) if (end?.status !== 'fulfilled') await deeds[n]!(world.services);
    await judge({ world, ends, before, deeds, past: issuedBefore, fault: troubled ? trouble?.fault : undefined });
  });
  return { runs, happened };
}

/** What must hold when all is quiet, whatever happened. */
async function mustHold({ world, ends, before, deeds, past, fault }: Played) {
  const { provider, services } = world;
  const mapped = (await services.map.read(annKey))?.value;
  const strays = provider.live().filter((id) => id !== mapped?.identity);
  const told = values(ends).filter((value) => typeof value === 'object');
  // One identity; an orphan only for an accident, and nobody ever held a token of it.
  expect(strays.length).toBeLessThanOrEqual(fault === undefined || fault === 'echo' ? 0 : 1);
  expect(provider.tokens().filter(({ identity }) => identity !== mapped?.identity)).toEqual([]);
  expect(strays.filter((id) => told.some(({ userId }) => userId === id))).toEqual([]);
  // Each token is counted once; where there was a fault perhaps twice, and never not at all.
  const counted = (mapped?.issued.length ?? 0) - past - deeds.filter((deed) => deed === issue).length;
  expect(counted).toBeGreaterThanOrEqual(0);
  expect(counted).toBeLessThanOrEqual(fault === undefined ? 0 : 1);
  // Whoever deleted has deleted what there was, and nobody is left half deleted.
  expect(mapped?.deleting).toBeUndefined();
  if (deeds.includes(forget)) expect(provider.live().filter((id) => before.includes(id))).toEqual([]);
  // Who was told of an identity without anybody deleting has the one that stays.
  if (!deeds.includes(forget)) for (const { userId } of told) expect(userId).toBe(mapped?.identity);
}

describe.each(Object.keys(pairs) as Name[])('%s', (name) => {
  test('in every order', async () => {
    const { runs } = await play(name, {}, mustHold);
    expect(runs).toBeGreaterThan(2);
  });

  test('in every order, with every fault at every effect of either', { timeout: 120_000 }, async () => {
    let kinds = 0;
    const [, one, other] = pairs[name];
    for (const process of one === other ? [0] : [0, 1])
      for (const fault of faults)
        for (let effect = 0; ; effect++) {
          const { happened } = await play(
            name,
            { trouble: { process, effect, fault }, switches: switches[name] },
            mustHold,
          );
          if (happened) kinds += 1;
          else if (effect > 12) break;
        }
    expect(kinds).toBeGreaterThan(8);
  });
});

test('a revocation that was answered leaves no token that was issued before it', async () => {
  const world = anIdentityWorld();
  await issue(world.services);
  await revoke(world.services);
  expect(world.provider.tokens()).toEqual([]);
  expect(world.provider.live()).toHaveLength(1);
});

test('a revocation reaches the tokens of a deletion that died', async () => {
  const world = anIdentityWorld();
  await pasts['a deletion that died after its mark'](world);
  expect(world.provider.tokens()).toHaveLength(1);
  await revoke(world.services);
  expect(world.provider.tokens()).toEqual([]);
});

test('twenty first calls at once make one identity, and none of the others stays', async () => {
  const world = anIdentityWorld({ tokensPerHour: 100 });
  const told = await Promise.all(Array.from({ length: 20 }, () => issue(world.services)));
  expect(new Set(told.map((token) => typeof token === 'object' && token.userId)).size).toBe(1);
  expect(world.provider.live()).toHaveLength(1);
});

test('a deletion that died is finished by whoever asks for a token next', async () => {
  const world = anIdentityWorld();
  await pasts['a deletion that died after its mark'](world);
  const [doomed] = world.provider.live();
  const told = await issue(world.services);
  expect(world.provider.live()).toEqual([typeof told === 'object' && told.userId]);
  expect(world.provider.live()).not.toContain(doomed);
});

test.each([0, 1, 2, 3])('a write that was done, and repeated beneath, is known again: effect %i', async (effect) => {
  const world = anIdentityWorld();
  const trouble = { process: 0, effect, fault: 'echo' } as const;
  await sideBySide([issue], world.services, { choose: () => 0, trouble });
  expect((await world.services.map.read(annKey))?.value.issued).toHaveLength(1);
  expect(world.provider.made()).toBe(1);
});
