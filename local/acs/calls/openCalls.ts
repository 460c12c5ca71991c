import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Logger } from '../../../shared/core/logger.ts';
import type { Timers } from '../../eventGrid/timers.ts';
import type { Gate as Door } from '../authentication.ts';
import type { Exchange } from '../exchange.ts';
import { addDownloads } from '../recordings/downloads.ts';
import type { EventPublisher } from '../smsEvents.ts';
import { type CallbackKeys, callbackKeys } from './callbacks/callbackKeys.ts';
import { callbacksOf } from './callbacks/callbacks.ts';
import { answerGate } from './callbacks/gate.ts';
import { addOpenIdRoutes } from './callbacks/openIdRoutes.ts';
import { postmanOf } from './callbacks/postman.ts';
import type { Desk } from './desk.ts';
import { paceOf } from './pace.ts';
import { callbackIssuer } from './rules.ts';
import { addCallRoutes } from './wire/callRoutes.ts';
import { repeatsOf } from './wire/repeats.ts';

export interface CallsNeeds {
  readonly exchange: Pick<Exchange, 'numbers' | 'dials' | 'random'>;
  readonly timers: Timers;
  readonly events: EventPublisher;
  readonly door: Door;
  /** The resource's GUID, which callbacks' tokens are for. */
  readonly audience: string;
  readonly log: Logger;
}

/** Calls, with the wire that commands them. Nothing of it outlives the process. */
export interface Calls {
  readonly desk: Desk;
  readonly keys: CallbackKeys;
  addRoutes(app: Hono<{ Bindings: HttpBindings }>): void;
  /** Resolves when no callback, prompt or event is under way; a call that waits for somebody is quiet. */
  settled(): Promise<void>;
  /** Resolves when all has been told that is due, and every file been fetched; what waits for its time goes on waiting. */
  caughtUp(): Promise<void>;
  /** Drops all calls and recordings, and tells nobody but the log. Keys stay. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export function openCalls(needs: CallsNeeds): Calls {
  const { exchange, timers, door, log, audience } = needs;
  const pace = paceOf(timers);
  const keys = callbackKeys({ issuer: callbackIssuer, audience, now: timers.now });
  const gate = answerGate();
  const postman = postmanOf({ token: keys.token, dials: exchange.dials, log });
  const { numbers, dials, random } = exchange;
  const callbacks = callbacksOf({ pace, gate, postman, dials, random });
  const desk: Desk = {
    ...{ numbers, dials, random, pace, callbacks, events: needs.events, key: door.key, log },
    calls: new Map(),
    recordings: new Map(),
    handsets: new Map(),
  };
  const repeats = repeatsOf();
  return {
    desk,
    keys,
    addRoutes(app) {
      addOpenIdRoutes(app, keys, callbackIssuer);
      addCallRoutes(app, { desk, door, gate, repeats, timers });
      addDownloads(app, desk, door);
    },
    settled: pace.settled,
    caughtUp: pace.caughtUp,
    async clear() {
      await drop(desk);
      repeats.clear();
    },
    async close() {
      postman.stop();
      await drop(desk);
    },
  };
}

async function drop({ calls, recordings, handsets, callbacks, pace, log }: Desk): Promise<void> {
  const standing = [...calls.values()].filter(({ phase }) => phase !== 'ended').length;
  if (standing > 0) log('warn', 'acs.calls-dropped', { count: standing });
  await pace.stop();
  for (const map of [calls, recordings, handsets]) map.clear();
  callbacks.clear();
}
