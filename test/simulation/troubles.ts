import type { Span, Weights } from './dice.ts';

/** What can go wrong with a request to storage, a table's or a queue's. */
export type StorageTrouble =
  /** The process dies before the request has left it. */
  | 'crash-before'
  /** It is done, and the process dies before it hears so. */
  | 'crash-after'
  /** Not done, and said so after the SDK's last try. */
  | 'refused'
  /** Done, and nobody is told: the SDK gives up. */
  | 'lost'
  /** Done, the answer lost, tried again by the SDK: done twice, and the second answer is told. */
  | 'echo'
  /** The SDK gives up, and then it is done. */
  | 'late'
  | 'stall-out'
  | 'stall-back'
  /** The whole process stands still before the request leaves it, or before it reads the answer. */
  | 'freeze-before'
  | 'freeze-after';

/** What can go wrong with a send, beside what can with any request. */
export type PostTrouble =
  | Exclude<StorageTrouble, 'refused' | 'echo' | 'late'>
  /** 202, of which the client can make nothing. */
  | 'garbled'
  /** It takes the provider longer than the client waits. */
  | 'slow'
  | 'unreachable'
  /** Neither taken nor answered. */
  | 'silent'
  | 'throttled'
  | 'unavailable'
  | 'unauthorized'
  /** 500, and nothing has left. */
  | 'failing'
  | 'bad-request'
  | 'bad-recipient';

export type DeliveryTrouble = 'delayed' | 'twice';
export type AckTrouble = 'lost';
export type ReportTrouble = 'missing' | 'delayed' | 'twice' | 'failed' | 'failed-first';
export type DequeueTrouble = 'delayed' | 'again';

/** What each occasion can come to. */
export interface Occasions {
  readonly storage: StorageTrouble;
  readonly post: PostTrouble;
  readonly delivery: DeliveryTrouble;
  readonly ack: AckTrouble;
  readonly report: ReportTrouble;
  readonly dequeue: DequeueTrouble;
}

export type Occasion = keyof Occasions;

export interface Trouble<O extends Occasion = Occasion> {
  readonly kind: Occasions[O];
  /** How long, in milliseconds, where it lasts. */
  readonly ms: number;
}

/** How often trouble comes on an occasion, which, and how long it lasts (milliseconds) where that is not the usual. */
export interface Odds<O extends Occasion> {
  readonly chance: number;
  readonly kinds: Weights<Occasions[O]>;
  readonly lasting?: Readonly<Partial<Record<Occasions[O], Span>>>;
}

const minute = 60_000;
/** An SDK's four tries take this long; a call is given up, whole, after 15 s (`shared/adapters/storage/connection.ts`). */
const retries: Span = [600, 4_400];
/** The network's worst, a second more than a send may take. */
const stall: Span = [500, 9_000];
const freeze: Span = [25_000, 400_000];

/** How long each lasts if its profile does not say. */
export const usually: { readonly [O in Occasion]: Readonly<Partial<Record<Occasions[O], Span>>> } = {
  storage: {
    refused: retries,
    lost: retries,
    echo: retries,
    late: stall,
    'stall-out': stall,
    'stall-back': stall,
    'freeze-before': freeze,
    'freeze-after': freeze,
  },
  post: {
    lost: [0, 5_000],
    'stall-out': stall,
    'stall-back': stall,
    slow: [3_000, 20_000],
    throttled: [0, 60_000],
    'freeze-before': freeze,
    'freeze-after': freeze,
  },
  delivery: { delayed: [1_000, 5 * minute], twice: [0, 2 * minute] },
  ack: {},
  report: { delayed: [10 * minute, 180 * minute], twice: [0, 10 * minute], 'failed-first': [0, minute] },
  dequeue: { delayed: [1_000, minute], again: [0, 0] },
};
