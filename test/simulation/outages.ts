import { type Outage, type Profile, stormy } from './profiles.ts';
import type { Odds, PostTrouble } from './troubles.ts';

const second = 1_000;
const minute = 60 * second;

/** Nothing but what lies in the nature of Event Grid and of carriers goes wrong beside an outage: its bounds are those of a fine day. */
const fine = stormy('fine', 0, 0.2);

const outage = (name: string, minutes: number, odds: Outage['odds'], usual = fine.odds): Profile => ({
  ...fine,
  odds: usual,
  name,
  happenings: { text: 92, send: 8 },
  outage: { from: minute, until: (1 + minutes) * minute, odds },
});

/** The provider is down for ten minutes, and this is what each send meets. */
const providerDown = (name: string, kind: PostTrouble) =>
  outage(name, 10, { post: { chance: 1, kinds: { [kind]: 1 }, lasting: { slow: [20 * second, 40 * second] } } });

const away: Odds<'storage'> = { chance: 1, kinds: { refused: 1 }, lasting: { refused: [600, 5 * second] } };

/** So that there are always wakes about. */
const busy: Profile['odds'] = { ...fine.odds, post: { chance: 0.3, kinds: { throttled: 1, unavailable: 1 } } };

/** Tables and queues answer nothing for two minutes: a call fails when its deadline is over, or sooner. */
const storageDown = outage(
  'storage-down',
  2,
  { storage: away, dequeue: { chance: 1, kinds: { delayed: 1 }, lasting: { delayed: [0, 2 * second] } } },
  busy,
);

/** The same of tables alone: wakes go on coming and fail. */
const tablesDown = outage('tables-down', 2, { storage: away }, busy);

/** Weathers in which a service is away for a while. */
export const outages = {
  refusing: providerDown('refusing', 'unreachable'),
  unavailable: providerDown('unavailable', 'unavailable'),
  failing: providerDown('failing', 'failing'),
  silent: providerDown('silent', 'silent'),
  mute: providerDown('mute', 'slow'),
  storageDown,
  tablesDown,
};
