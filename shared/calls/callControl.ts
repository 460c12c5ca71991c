import type { PhoneNumber } from '../core/phoneNumbers.ts';
import type { CallCommand, Listening } from './callFlow.ts';

/** What is heard, ready for the provider: text is filled in, a file has an address that the provider can fetch. */
export type Spoken =
  | { readonly type: 'text'; readonly text: string; readonly language: string; readonly voice?: string | undefined }
  | { readonly type: 'ssml'; readonly ssml: string }
  | { readonly type: 'file'; readonly url: string };

/** The provider tells events of a call to `callbackUrl`. `speech`: whether it needs to speak or understand on it. */
interface Opening {
  readonly callbackUrl: string;
  readonly speech: boolean;
}

/** A command for the provider. All but the first three are about a call that stands. */
export type CallOrder =
  | ({ readonly type: 'answer'; readonly context: string } & Opening)
  | { readonly type: 'reject'; readonly context: string; readonly reason: 'busy' | 'forbidden' }
  | { readonly type: 'redirect'; readonly context: string; readonly to: string }
  | ({ readonly type: 'create'; readonly from: PhoneNumber; readonly to: PhoneNumber } & Opening)
  | ({ readonly type: 'play'; readonly spoken: Spoken } & Standing)
  | ({
      readonly type: 'listen';
      readonly spoken: Spoken | undefined;
      readonly to: Listening;
      /** Seconds to begin an answer in. */
      readonly seconds: number;
      /** Whether words are understood, and in which language. */
      readonly language: string | undefined;
      readonly subscriber: PhoneNumber;
    } & Standing)
  | ({ readonly type: 'startRecording'; readonly serverCallId: string } & Standing)
  | ({ readonly type: 'stopRecording'; readonly recordingId: string } & Standing)
  | ({ readonly type: 'transfer'; readonly to: string; readonly service: PhoneNumber } & Standing)
  | ({ readonly type: 'hangUp' } & Standing);

interface Standing {
  readonly callConnectionId: string;
}

/** What makes a repeated order the same order. */
export interface OrderIdentity {
  /** Returned with every event that the order brings about. */
  readonly operationContext: string;
  /** A UUID. */
  readonly repeatabilityId: string;
  /** Milliseconds since 1970. */
  readonly firstSentAt: number;
}

/**
 * `over`: the call, or the ring, is no more. `refused`: never as it stands. `later`: not carried out, but it may be.
 * `ambiguous`: it may have been carried out.
 */
export type OrderOutcome =
  | {
      readonly type: 'accepted';
      readonly callConnectionId?: string | undefined;
      readonly serverCallId?: string | undefined;
      readonly correlationId?: string | undefined;
      readonly recordingId?: string | undefined;
    }
  | { readonly type: 'over' | 'refused' | 'later' | 'ambiguous'; readonly code: string; readonly reason: string };

/** Commands calls at the provider. Never throws for what the provider says; an answer comes within `deadline` milliseconds. */
export interface CallControl {
  carryOut(order: CallOrder, identity: OrderIdentity, deadline: number): Promise<OrderOutcome>;
  /** How the call stands at the provider; `undefined` when it cannot be told. */
  standing(callConnectionId: string, deadline: number): Promise<'ringing' | 'connected' | 'gone' | undefined>;
}

/** Commands that are over once the provider has taken them; of the others an event tells. */
export const endsAtOnce = (type: CallCommand['type']): boolean => type === 'startRecording' || type === 'stopRecording';
