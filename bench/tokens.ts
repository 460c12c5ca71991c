import { CommunicationIdentityClient } from '@azure/communication-identity';
import { type Arena, startFunctions } from './arena.ts';
import { inFlight, type Sizes } from './options.ts';
import { type Pace, paced } from './pace.ts';
import type { Progress } from './progress.ts';
import { median } from './statistics.ts';
import { atMost, milliseconds, type Row } from './table.ts';

/** Users who take turns, so that none comes near what one may have in an hour. */
const users = 320;
const tokensOfRound = 128;

type Ask = () => Promise<void>;
type Turns = () => Ask;

/** A warm token by the app, against the SDK's one call that it comes down to; any failure ends the run. */
export async function measureTokens(arena: Arena, { burstRounds }: Sizes, progress: Progress): Promise<readonly Row[]> {
  arena.world.dials.change({ identity: { rateLimits: false } });
  const { child, url } = await startFunctions(arena);
  const [app, floor] = [await appTurns(arena, url), await floorTurns(arena)];
  await paced(users, 8, app);
  const sides = { app: [] as Pace[], floor: [] as Pace[] };
  const crowds = { app: [] as Pace[], floor: [] as Pace[] };
  for (let round = 1; round <= burstRounds; round++) {
    for (const [paces, atOnce] of [[sides, 1] as const, [crowds, inFlight] as const]) {
      paces.app.push(await paced(tokensOfRound, atOnce, app));
      paces.floor.push(await paced(tokensOfRound, atOnce, floor));
    }
    progress('tokens', round, burstRounds);
  }
  await child.end();
  const perToken = (paces: readonly Pace[]) => median(paces.map(({ elapsed }) => elapsed / tokensOfRound));
  const show = milliseconds;
  return [
    atMost({
      what: 'a user token, against the bare SDK call',
      app: durationOf(sides.app),
      floor: durationOf(sides.floor),
      show,
    }),
    atMost({
      what: `${inFlight} user tokens in flight, each`,
      app: perToken(crowds.app),
      floor: perToken(crowds.floor),
      show,
    }),
  ];
}

const durationOf = (paces: readonly Pace[]): number => median(paces.flatMap(({ durations }) => durations));

async function appTurns({ world }: Arena, url: string): Promise<Turns> {
  const bearers = await Promise.all(
    Array.from({ length: users }, (_, n) => world.oidc.token({ subject: `user-${n}@example.com`, roles: [] })),
  );
  let next = 0;
  return () => {
    const authorization = `Bearer ${bearers[next++ % users]}`;
    return async () => {
      const response = await fetch(`${url}/api/tokens`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: '{}',
      });
      const told = await response.text();
      if (response.status !== 200) throw new Error(`A token request was answered ${response.status}: ${told}`);
    };
  };
}

async function floorTurns({ world }: Arena): Promise<Turns> {
  const acs = new CommunicationIdentityClient(world.acs.connectionString, { allowInsecureConnection: true });
  const user = await acs.createUser();
  return () => async () => void (await acs.getToken(user, ['voip.join'], { tokenExpiresInMinutes: 60 }));
}
