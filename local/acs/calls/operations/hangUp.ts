import { endCall, leaveApp } from '../callLifecycle.ts';
import { connectedCall } from '../desk.ts';
import { refuse } from '../refusal.ts';
import type { Asked, Done } from './common.ts';
import { propertiesOf } from './connection.ts';

export function getCall({ desk, id }: Asked<unknown>): Done {
  const call = connectedCall(desk, id);
  return call.connection === undefined
    ? refuse('notFound')
    : { status: 200, body: propertiesOf(call, call.connection) };
}

/** Also a call that nobody has answered yet. */
export function hangUp({ desk, id }: Asked<unknown>): Done {
  leaveApp(desk, connectedCall(desk, id));
  return { status: 204 };
}

export function terminate({ desk, id }: Asked<unknown>): Done {
  endCall(desk, connectedCall(desk, id), 'the app ended it for everybody');
  return { status: 204 };
}
