import type { Logger } from '../../shared/core/logger.ts';
import { adminEndpoint, adminPath } from './adminEndpoint.ts';
import { eventGridPath, eventGridTrigger } from './eventGridTrigger.ts';
import { type HostedFunction, withTrigger } from './hostedFunctions.ts';
import type { HostSettings } from './hostJson.ts';
import type { HostKeys } from './hostKeys.ts';
import type { Handle } from './httpServer.ts';
import { httpTrigger } from './httpTrigger.ts';
import type { Run } from './invocations.ts';
import { startQueueTrigger } from './queueTrigger.ts';
import type { StorageQueues } from './storageQueues.ts';
import { startTimerTrigger } from './timerTrigger.ts';

export interface TriggerOptions {
  readonly functions: readonly HostedFunction[];
  readonly settings: HostSettings;
  readonly queues: StorageQueues;
  readonly keys: HostKeys | undefined;
  readonly timeScale: number;
  readonly run: Run;
  readonly log: Logger;
}

/** Starts what runs by itself, and says to `started` how each of it is stopped, so that a start that fails half-way can be undone. */
export async function startTriggers(
  { functions, ...options }: TriggerOptions,
  started: (stop: () => unknown) => void,
): Promise<void> {
  for (const output of functions.flatMap(({ outputs }) => outputs)) await options.queues.open(output);
  for (const fn of withTrigger(functions, 'queue')) {
    const poller = await startQueueTrigger(fn, options);
    started(() => poller.stop());
  }
  for (const fn of withTrigger(functions, 'timer')) started(startTimerTrigger(fn, options.run));
}

/** Answers whatever comes over HTTP. The host's own paths go first, without the route prefix. */
export function requestHandler({ functions, keys, run, log }: TriggerOptions): Handle {
  const http = httpTrigger({ functions: withTrigger(functions, 'http'), keys, run, log });
  const eventGrid = eventGridTrigger({ functions: withTrigger(functions, 'eventGrid'), keys, run });
  const admin = adminEndpoint({ functions, keys, run });
  return async (request) => {
    const path = request.url.pathname.toLowerCase();
    if (path === eventGridPath) return eventGrid(request);
    return path.startsWith(adminPath) ? admin(request) : http(request);
  };
}
