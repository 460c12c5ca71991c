import { AppError } from '../../shared/core/errors.ts';
import { eventInput } from './eventGridTrigger.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import { type HostKeys, mayAdminister } from './hostKeys.ts';
import type { Handle, HostRequest } from './httpServer.ts';
import type { Run } from './invocations.ts';
import type { TriggerInput } from './invoke.ts';
import { typed } from './rpc.ts';
import { timerInput } from './timerTrigger.ts';

/** Followed by a function's name. */
export const adminPath = '/admin/functions/';

interface AdminOptions {
  readonly functions: readonly HostedFunction[];
  readonly keys: HostKeys | undefined;
  readonly run: Run;
}

/**
 * `POST /admin/functions/NAME` with `{"input": …}` starts a function that is not called over HTTP and answers 202 without
 * waiting for it (https://learn.microsoft.com/azure/azure-functions/functions-manually-run-non-http).
 */
export function adminEndpoint({ functions, keys, run }: AdminOptions): Handle {
  return async (request) => {
    if (!mayAdminister(keys, request)) return { status: 401 };
    if (request.method !== 'POST') return { status: 404 };
    const name = decodeURIComponent(request.url.pathname.slice(adminPath.length));
    const fn = functions.find((known) => known.name.toLowerCase() === name.toLowerCase());
    if (fn === undefined) return { status: 404 };
    try {
      run(fn, directInput(fn, inputOf(request))).catch(() => undefined);
      return { status: 202 };
    } catch (error) {
      return { status: 400, body: (error as Error).message };
    }
  };
}

function inputOf({ body }: HostRequest): unknown {
  const parsed = body.length === 0 ? {} : parse(body.toString(), 'The body is not JSON.');
  return typeof parsed === 'object' && parsed !== null && 'input' in parsed ? parsed.input : undefined;
}

/** What a function gets that is run by hand. Throws `invalid-input` for an HTTP function, or an event that is not JSON. */
export function directInput({ name, trigger }: HostedFunction, input: unknown): TriggerInput {
  switch (trigger.type) {
    case 'timer':
      return timerInput();
    case 'queue':
      return { data: typed(input ?? '') };
    case 'eventGrid':
      return eventInput(typeof input === 'string' ? parse(input, eventWanted) : input);
    case 'http':
      throw new AppError('invalid-input', `Function "${name}" is called over HTTP, at ${trigger.route.template}.`);
  }
}

const eventWanted = 'The input of an Event Grid function must be an event in JSON.';

function parse(text: string, fault: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid-input', fault, { cause });
  }
}
