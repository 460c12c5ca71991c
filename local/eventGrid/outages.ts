import type { Logger } from '../../shared/core/logger.ts';
import type { Answer } from './exchange.ts';
import { functionName, type Subscription, shownEndpoint } from './subscription.ts';

/** Tells of each thing that is wrong once, however often it is met, and once when it is right again. */
export interface Outages {
  /** `key` names the thing, `message` says in words what to do about it. */
  begin(key: string, message: string): void;
  end(key: string, message: string): void;
}

export function createOutages(log: Logger): Outages {
  const known = new Set<string>();
  return {
    begin(key, message) {
      if (known.has(key)) return;
      known.add(key);
      log('warn', 'eventgrid.endpoint-down', { message });
    },
    end(key, message) {
      if (known.delete(key)) log('info', 'eventgrid.endpoint-up', { message });
    },
  };
}

/** What an answer says about who is there; true if it was an outage. An unreachable host is one outage, however many subscriptions lead to it. */
export function notice(outages: Outages, subscription: Subscription, answer: Answer): boolean {
  const { origin } = new URL(subscription.endpoint);
  const name = functionName(subscription);
  const unreachable = `unreachable ${origin}`;
  const unknown = `unknown ${subscription.name}`;
  if (answer.type === 'failed') {
    if (answer.outcome !== 'SocketError' && answer.outcome !== 'ResolutionError') return false;
    const advice =
      'Events are kept meanwhile. Start the functions there, or point the subscriptions to where they are.';
    outages.begin(unreachable, `Nobody answers at ${origin} (${answer.detail}). ${advice}`);
    return true;
  }
  outages.end(unreachable, `${origin} answers again.`);
  if (answer.status !== 404) {
    outages.end(unknown, `${name} is there now.`);
    return false;
  }
  const advice = 'Its events are kept meanwhile. Is it built, and registered under this very name?';
  outages.begin(unknown, `There is no ${name} at ${shownEndpoint(subscription)} (404). ${advice}`);
  return true;
}
