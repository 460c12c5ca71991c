import type { Logger } from '../../../../shared/core/logger.ts';
import type { Dials } from '../../../dials.ts';
import { durations } from '../rules.ts';
import type { Callback } from './callback.ts';

/** Carries events of one address in one request. */
export interface Postman {
  /** The status as digits, a reason in words, or `stopped`. */
  bring(callbacks: readonly Callback[]): Promise<string>;
  /** Breaks off what is under way, and carries nothing from now on. */
  stop(): void;
}

export interface PostmanNeeds {
  readonly token: () => Promise<string>;
  readonly dials: () => Dials;
  readonly log: Logger;
}

/** Each request has a token of its own. Callback addresses hold the app's secrets, so no more than the host is logged. */
export function postmanOf({ token, dials, log }: PostmanNeeds): Postman {
  const stopping = new AbortController();
  return {
    async bring(callbacks) {
      const url = callbacks[0]?.url ?? '';
      try {
        const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(durations.callbackTimeout)]);
        const headers = {
          'content-type': dials().switches.callbackContentType,
          authorization: `Bearer ${await token()}`,
        };
        const body = JSON.stringify(callbacks.map(({ event }) => event));
        const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
        await response.arrayBuffer();
        if (!response.ok) log('warn', 'acs.callback-refused', { status: response.status, host: new URL(url).host });
        return String(response.status);
      } catch (error) {
        if (stopping.signal.aborted) return 'stopped';
        log('warn', 'acs.callback-failed', { host: URL.parse(url)?.host, reason: reasonOf(error) });
        return 'not reached';
      }
    },
    stop: () => stopping.abort(),
  };
}

/** The cause that `fetch` hides; no address is in it beyond host and port. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
