import { AsyncLocalStorage } from 'node:async_hooks';
import type { InvocationContext } from '@azure/functions';
import type { Logger, LogLevel } from '../core/logger.ts';

const current = new AsyncLocalStorage<InvocationContext>();

const methods = { debug: 'debug', info: 'info', warn: 'warn', error: 'error' } as const satisfies Record<
  LogLevel,
  string
>;

/** Runs a handler so that what it logs is its invocation's. */
export const logTo = <T>(context: InvocationContext, run: () => T): T => current.run(context, run);

/** One JSON object a line, on the invocation under way or, outside of one, on the console. */
export const log: Logger = (level, event, fields = {}) => {
  const sink = current.getStore() ?? console;
  sink[methods[level]](JSON.stringify({ event, ...fields }));
};
