import type { Identifier } from './identifiers.ts';
import type { MediaQueue } from './media/queue.ts';
import type { Cancel } from './pace.ts';

/** How the ringing of a handset ends. */
export type RingEnd = 'answered' | 'busy' | 'declined' | 'unanswered' | 'cancelled' | 'callOver';

/** Somebody other than the app on a call. */
export interface Leg {
  readonly identifier: Identifier;
  /** GUID, as events of users have it. */
  readonly participantId: string;
  /** `calling`: hears the ringing of an app that has not answered. */
  state: 'calling' | 'ringing' | 'connected' | 'left';
  isMuted: boolean;
  isOnHold: boolean;
  /** Ends the ringing; there only while it lasts. */
  settle?: ((how: RingEnd) => void) | undefined;
  /** What each key is told to, as it is pressed. */
  tones?: { readonly operationContext: string | undefined } | undefined;
}

/** A call that rings at the app; its context is what the app hands back. */
export interface Offer {
  readonly to: Identifier;
  readonly context: string;
  state: 'ringing' | 'answered' | 'rejected' | 'redirected' | 'over';
  silence: Cancel;
}

/** The app's own part in a call. */
export interface Connection {
  readonly id: string;
  readonly callbackUri: string;
  readonly operationContext: string | undefined;
  readonly answeredBy: string | undefined;
  /** Whether it may say texts and understand speech. */
  readonly speaks: boolean;
  /** What has an address that it could be streamed to. */
  readonly streams: { readonly transcription: boolean; readonly mediaStreaming: boolean };
  state: 'connecting' | 'connected' | 'transferring' | 'disconnected';
}

/** What the app has let a handset hear. */
export interface Said {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly kind: 'text' | 'ssml' | 'file' | 'tones';
  /** The text, the SSML, the file's address; of tones, their words with spaces between. */
  readonly content: string;
  /** Whom; absent: everybody. */
  readonly to?: readonly string[] | undefined;
}

/** A call as the service sees it. It changes as it goes; operations are what changes it. */
export interface Call {
  /** GUID; the wire's `correlationId`. */
  readonly id: string;
  readonly serverCallId: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: Identifier;
  readonly to: Identifier;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  phase: 'ringing' | 'connected' | 'ended';
  readonly offers: Offer[];
  connection: Connection | undefined;
  readonly legs: Leg[];
  readonly media: MediaQueue;
  readonly said: Said[];
  /** Invitations that were sent: by id, the leg that rings or rang. */
  readonly invitations: Map<string, Leg>;
  /** How many events of participants, and of single tones, there have been. */
  readonly sequences: { participants: number; tones: number };
  isSendingTones: boolean;
  connectedAt?: number;
  endedAt?: number;
  /** In words, for whoever looks at the call. */
  endedBy?: string;
}

export const legOf = (call: Call, { rawId }: Identifier): Leg | undefined =>
  call.legs.find(({ identifier, state }) => identifier.rawId === rawId && state !== 'left');

export const connectedLegs = ({ legs }: Call): readonly Leg[] => legs.filter(({ state }) => state === 'connected');

export const presentLegs = ({ legs }: Call): readonly Leg[] => legs.filter(({ state }) => state !== 'left');
