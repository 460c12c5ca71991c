import { randomUUID } from 'node:crypto';
import type { Logger } from '../../shared/core/logger.ts';
import type { Core } from './core.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import { invoke, type TriggerInput } from './invoke.ts';
import type { InvocationResponse } from './rpc.ts';
import type { ReadStack } from './stackTrace.ts';

/** Runs a function once. Rejects with an Error when it fails, and by then that is logged: nobody else has to. */
export type Run = (fn: HostedFunction, input: TriggerInput) => Promise<InvocationResponse>;

interface Surroundings {
  readonly core: Core;
  readonly readStack: ReadStack;
  /** Milliseconds; `undefined` for no limit. */
  readonly timeout: number | undefined;
  /** Carries out the function's output bindings, as part of the invocation. */
  readonly writeOutputs: (fn: HostedFunction, response: InvocationResponse) => Promise<void>;
  readonly log: Logger;
}

/** All invocations of one host, so that it can be closed once the last one has ended. */
export class Invocations {
  readonly #around: Surroundings;
  readonly #running = new Set<Promise<InvocationResponse>>();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  readonly run: Run = async (fn, input) => {
    const invocationId = randomUUID();
    const began = performance.now();
    const running = this.#withinTimeout(fn, this.#carryOut(fn, input, invocationId));
    this.#running.add(running);
    try {
      return await running;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#tell(fn, error, { invocationId, milliseconds: Math.round(performance.now() - began) });
      throw error;
    } finally {
      this.#running.delete(running);
    }
  };

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running);
  }

  async #carryOut(fn: HostedFunction, input: TriggerInput, invocationId: string): Promise<InvocationResponse> {
    const { core, writeOutputs } = this.#around;
    const response = await invoke({ core, fn, input, invocationId });
    await writeOutputs(fn, response);
    return response;
  }

  /** The real host also restarts the worker then, which ends whatever else runs there; here the function is only given up. */
  #withinTimeout<T>(fn: HostedFunction, work: Promise<T>): Promise<T> {
    const { timeout } = this.#around;
    if (timeout === undefined) return work;
    const { promise, reject } = Promise.withResolvers<T>();
    const late = () =>
      reject(
        new Error(`${fn.name} has run for ${timeout / 1000} s, the functionTimeout of host.json, and was given up`),
      );
    const timer = setTimeout(late, timeout);
    return Promise.race([work, promise]).finally(() => clearTimeout(timer));
  }

  #tell(
    fn: HostedFunction,
    error: Error,
    { invocationId, milliseconds }: { invocationId: string; milliseconds: number },
  ) {
    const { log, readStack } = this.#around;
    const { message } = error;
    log('error', 'function.failed', {
      function: fn.name,
      invocationId,
      milliseconds,
      message,
      stack: readStack(error),
    });
  }
}
