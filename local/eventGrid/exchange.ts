import { answerWithin } from './rules.ts';
import type { Timers } from './timers.ts';

export interface HttpRequest {
  readonly method: 'POST' | 'OPTIONS';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back, or in which way nothing did; `detail` is for people. */
export type Answer =
  | { readonly type: 'answered'; readonly status: number; readonly headers: Headers; readonly body: string }
  | {
      readonly type: 'failed';
      readonly outcome: 'TimedOut' | 'SocketError' | 'ResolutionError' | 'Aborted';
      readonly detail: string;
    };

/** Never throws. */
export type Exchange = (request: HttpRequest) => Promise<Answer>;

const unresolved = new Set(['ENOTFOUND', 'EAI_AGAIN']);

/** Sends requests one way for handshakes and deliveries: 30 s for an answer, redirects not followed, no exceptions. `closing` ends those under way. */
export function exchangeWith(timers: Timers, closing: AbortSignal): Exchange {
  // One listener for all: a signal composed for each request costs more than the request.
  const underWay = new Set<AbortController>();
  closing.addEventListener('abort', () => {
    for (const request of underWay) request.abort();
  });
  return async ({ url, ...request }) => {
    const control = new AbortController();
    underWay.add(control);
    const timer = timers.setTimeout(() => control.abort(), answerWithin);
    try {
      const response = await fetch(url, { ...request, signal: control.signal, redirect: 'manual' });
      return { type: 'answered', status: response.status, headers: response.headers, body: await response.text() };
    } catch (error) {
      if (closing.aborted) return { type: 'failed', outcome: 'Aborted', detail: 'the local Event Grid was closed' };
      return control.signal.aborted ? late : unanswered(error);
    } finally {
      underWay.delete(control);
      timers.clearTimeout(timer);
    }
  };
}

const late: Answer = { type: 'failed', outcome: 'TimedOut', detail: `no answer within ${answerWithin / 1_000} s` };

/** `fetch` hides what went wrong in its error's cause, and that may be several errors, one for each address tried. */
function unanswered(error: unknown): Answer {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : String(first);
  return { type: 'failed', outcome: unresolved.has(code) ? 'ResolutionError' : 'SocketError', detail: code };
}
