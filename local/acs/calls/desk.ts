import type { Logger } from '../../../shared/core/logger.ts';
import type { HandsetBehaviour } from '../../callDials.ts';
import type { Dials } from '../../dials.ts';
import type { ServiceNumbers } from '../numbers.ts';
import type { Recording } from '../recordings/recording.ts';
import type { EventPublisher } from '../smsEvents.ts';
import type { Call } from './call.ts';
import type { Callbacks } from './callbacks/callbacks.ts';
import type { Pace } from './pace.ts';
import { refuse } from './refusal.ts';

/** What everything about calls works with; the service's own view, shared by the wire and the carrier. */
export interface Desk {
  readonly numbers: ServiceNumbers;
  /** By id, in the order in which they began. */
  readonly calls: Map<string, Call>;
  /** By id. */
  readonly recordings: Map<string, Recording>;
  /** What handsets were told to do, by raw id. */
  readonly handsets: Map<string, HandsetBehaviour>;
  readonly pace: Pace;
  readonly callbacks: Callbacks;
  /** Event Grid. */
  readonly events: EventPublisher;
  readonly dials: () => Dials;
  /** Numbers in [0, 1), the same for the same names. */
  readonly random: (...names: readonly (string | number)[]) => () => number;
  /** Signs the contexts of incoming calls. */
  readonly key: Uint8Array;
  readonly log: Logger;
}

/** The call that the app has a connection to. Refused if there is none, or it is over. */
export function connectedCall(desk: Desk, connectionId: string): Call {
  for (const call of desk.calls.values()) {
    if (call.connection?.id !== connectionId) continue;
    return call.connection.state === 'disconnected' ? refuseEnded(desk) : call;
  }
  return refuse('notFound', `There is no call connection ${connectionId}. Calls do not outlive the local world.`);
}

/** What a command for a call that is over is told. */
export const refuseEnded = ({ dials }: Desk): never =>
  refuse(dials().switches.endedCall === 'gone' ? 'notFound' : 'terminated');

/** The call of that connection, if it stands: most operations want one that does. */
export function establishedCall(desk: Desk, connectionId: string): Call {
  const call = connectedCall(desk, connectionId);
  return call.connection?.state === 'connecting' ? refuse('notEstablished') : call;
}
