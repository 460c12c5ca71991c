import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import type { Weights } from './dice.ts';
import type { Occasion, Odds, PostTrouble, StorageTrouble } from './troubles.ts';

/** What can happen in a run besides trouble. */
export type HappeningType = 'text' | 'send' | 'mode' | 'resend' | 'erase' | 'list' | 'stray-report';

/** A time in which a service is not there, in milliseconds since the run began, and what those who want it then meet. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  readonly odds: { readonly [O in Occasion]?: Odds<O> };
}

/** A kind of weather: how much goes wrong, and what must hold in it. */
export interface Profile {
  readonly name: string;
  readonly odds: { readonly [O in Occasion]: Odds<O> };
  readonly happenings: Weights<HappeningType>;
  /** Whether the provider treats a second send with an id as the first. */
  readonly honoursIds: boolean;
  readonly settings: Partial<SmsSettings>;
  /** Nothing but what is excepted leaves later than this after its STOP, in milliseconds. */
  readonly quietWithin: number;
  /** People go on texting before, throughout and after it. */
  readonly outage?: Outage;
}

const second = 1_000;
/** A send begins at the latest when SEND_MARGIN is left of its lease (35 − 15 s after the look), and may take 9 s on its way. */
const soon = 30 * second;
/** A frozen process is held back by nothing but the provider, which takes no first-sent time older than five minutes. */
const whileRemembered = 300 * second + second;

const everyStorageTrouble: Weights<StorageTrouble> = {
  'crash-before': 2,
  'crash-after': 2,
  refused: 2,
  lost: 2,
  echo: 2,
  late: 1,
  'stall-out': 1,
  'stall-back': 1,
};

const everyPostTrouble: Weights<PostTrouble> = {
  'crash-before': 2,
  'crash-after': 2,
  lost: 3,
  garbled: 1,
  slow: 1,
  'stall-out': 2,
  'stall-back': 2,
  unreachable: 1,
  throttled: 3,
  unavailable: 1,
  unauthorized: 1,
  failing: 2,
  'bad-request': 1,
  'bad-recipient': 1,
};

const everyday: Weights<HappeningType> = {
  text: 60,
  send: 14,
  mode: 6,
  resend: 8,
  erase: 6,
  list: 4,
  'stray-report': 2,
};

/** `faults`: the chance of each request to go wrong; deliveries go wrong `delivery` times as often at least, for that is their nature. */
export function stormy(name: string, faults: number, delivery: number): Profile {
  return {
    name,
    odds: {
      storage: { chance: faults, kinds: everyStorageTrouble },
      post: { chance: faults, kinds: everyPostTrouble },
      delivery: { chance: delivery, kinds: { delayed: 1, twice: 1 } },
      ack: { chance: faults, kinds: { lost: 1 } },
      report: { chance: delivery, kinds: { missing: 2, delayed: 1, twice: 2, failed: 2, 'failed-first': 2 } },
      dequeue: { chance: faults, kinds: { delayed: 1, again: 1 } },
    },
    happenings: everyday,
    honoursIds: true,
    settings: {},
    quietWithin: soon,
  };
}

const low = stormy('low', 0.02, 0.2);
const mid = stormy('mid', 0.12, 0.35);
const high = stormy('high', 0.3, 0.5);

/** Any request may find its process standing still for up to 400 s. */
const freeze: Profile = {
  ...mid,
  name: 'freeze',
  odds: {
    ...mid.odds,
    storage: { chance: 0.12, kinds: { ...everyStorageTrouble, 'freeze-before': 3, 'freeze-after': 3 } },
    post: { chance: 0.12, kinds: { ...everyPostTrouble, 'freeze-before': 5, 'freeze-after': 3 } },
  },
  quietWithin: whileRemembered,
};

/** The provider takes no notice of repeatability ids, and the app has been told so. */
const never: Profile = { ...mid, name: 'never', honoursIds: false, settings: { ambiguousSends: 'never' } };

/** Agents write, and processes stand still at storage but never between the last look at a lease and the send. */
const watch: Profile = {
  ...mid,
  name: 'watch',
  odds: {
    ...mid.odds,
    storage: {
      chance: 0.15,
      kinds: { ...everyStorageTrouble, 'freeze-before': 5, 'freeze-after': 5 },
      lasting: { 'freeze-before': [20_000, 400_000], 'freeze-after': [20_000, 400_000] },
    },
  },
  happenings: { text: 25, send: 45, mode: 3, resend: 12, erase: 8, list: 7 },
};

/** Sends whose answers are lost, and tries that come when the provider is about to forget. */
const edge: Profile = {
  ...mid,
  name: 'edge',
  odds: {
    ...mid.odds,
    storage: {
      chance: 0.08,
      kinds: { ...everyStorageTrouble, 'freeze-after': 4 },
      lasting: { 'freeze-after': [240_000, 310_000] },
    },
    post: {
      chance: 0.4,
      kinds: { ...everyPostTrouble, lost: 20, 'crash-after': 5, 'freeze-before': 5, 'freeze-after': 3 },
      lasting: { 'freeze-before': [240_000, 310_000], 'freeze-after': [240_000, 310_000] },
    },
    dequeue: { chance: 0.4, kinds: { delayed: 1 }, lasting: { delayed: [220_000, 300_000] } },
  },
  happenings: { text: 60, send: 40 },
  quietWithin: whileRemembered,
};

/** Everything arrives, much of it at once, and the provider takes no notice of ids: leases alone keep two from sending. */
const twins: Profile = {
  ...stormy('twins', 0, 0.6),
  odds: {
    ...stormy('twins', 0, 0.6).odds,
    delivery: { chance: 0.8, kinds: { twice: 1 }, lasting: { twice: [0, 50] } },
    storage: { chance: 0.1, kinds: { 'stall-out': 1, 'stall-back': 1 } },
  },
  honoursIds: false,
};

/** A subscriber may get three segments a minute. */
const thrifty: Profile = { ...mid, name: 'thrifty', settings: { subscriberCap: { segments: 3, within: 60_000 } } };

export const profiles = { low, mid, high, freeze, never, watch, edge, twins, thrifty };
export type ProfileName = keyof typeof profiles;
