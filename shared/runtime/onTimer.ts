import type { InvocationContext, Timer } from '@azure/functions';
import { logTo } from './log.ts';
import { type Services, services } from './services.ts';

/** Makes a use case the handler of a timer. What it throws is logged by the host; the next run comes by itself. */
export const onTimer =
  (run: (services: Services) => Promise<void>) =>
  (_timer: Timer, context: InvocationContext): Promise<void> =>
    logTo(context, () => run(services()));
