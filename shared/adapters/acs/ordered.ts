import { AsyncLocalStorage } from 'node:async_hooks';
import type { CallAutomationClientOptions } from '@azure/communication-call-automation';
import type { OrderIdentity } from '../../calls/callControl.ts';

type PipelinePolicy = NonNullable<CallAutomationClientOptions['additionalPolicies']>[number]['policy'];

interface Order {
  readonly identity: OrderIdentity;
  readonly signal: AbortSignal;
}

const orders = new AsyncLocalStorage<Order>();

/** Runs an SDK call as this order: its repeatability and its deadline reach every request that the call makes. */
export const asOrder = <T>(identity: OrderIdentity, deadline: number, call: () => Promise<T>): Promise<T> =>
  orders.run({ identity, signal: AbortSignal.timeout(deadline) }, call);

const requestId = 'Repeatability-Request-ID';
const firstSent = 'Repeatability-First-Sent';

/**
 * The SDK makes a new repeatability id on each call, and drops the abort signal of some. This puts ours in, where the wire has
 * a place for it.
 */
export const ordered: PipelinePolicy = {
  name: 'switchboard-ordered',
  sendRequest(request, next) {
    const order = orders.getStore();
    if (order === undefined) return next(request);
    request.abortSignal = order.signal;
    if (request.headers.has(requestId)) {
      request.headers.set(requestId, order.identity.repeatabilityId);
      request.headers.set(firstSent, new Date(order.identity.firstSentAt).toUTCString());
    }
    return next(request);
  },
};
