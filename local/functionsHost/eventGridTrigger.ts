import * as z from 'zod/mini';
import type { EventGridTrigger } from './bindings.ts';
import type { HostedFunction } from './hostedFunctions.ts';
import { type HostKeys, mayDeliver } from './hostKeys.ts';
import type { Handle, HostRequest, HostResponse } from './httpServer.ts';
import type { Run } from './invocations.ts';
import type { TriggerInput } from './invoke.ts';
import { typed } from './rpc.ts';

/** Where Event Grid delivers, whatever the route prefix; `?functionName=` says to whom. */
export const eventGridPath = '/runtime/webhooks/eventgrid';

interface EventGridOptions {
  readonly functions: readonly HostedFunction<EventGridTrigger>[];
  readonly keys: HostKeys | undefined;
  readonly run: Run;
}

/** The webhook of the Event Grid extension (https://github.com/Azure/azure-sdk-for-net/tree/main/sdk/eventgrid/Microsoft.Azure.WebJobs.Extensions.EventGrid). */
export function eventGridTrigger({ functions, keys, run }: EventGridOptions): Handle {
  return async (request) => {
    if (!mayDeliver(keys, request)) return { status: 401 };
    const name = request.url.searchParams.get('functionName') ?? '';
    const fn = functions.find((known) => known.name === name);
    if (fn === undefined) return { status: 404, body: `cannot find function: '${name}'` };
    if (request.method === 'OPTIONS') return greet(request);
    switch (request.headers['aeg-event-type']?.toLowerCase()) {
      case 'subscriptionvalidation':
        return validate(request);
      case 'notification':
        return deliver(request, fn, run);
      case 'unsubscribe':
        return { status: 202 };
      default:
        return { status: 400 };
    }
  };
}

/** The CloudEvents handshake (https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md, section 4). */
function greet({ headers }: HostRequest): HostResponse {
  const origin = headers['webhook-request-origin'] ?? '';
  const known = /^eventgrid\.azure\.(net|us|cn)$/.test(origin);
  return { status: 200, headers: { 'webhook-allowed-origin': known ? origin : 'eventgrid.azure.net' } };
}

const validation = z.object({ validationCode: z.string() });
const validationForm = z.union([
  z.pipe(
    z.array(z.object({ data: validation })).check(z.minLength(1)),
    z.transform((events) => events[0]?.data),
  ),
  // As a CloudEvent, `data` is JSON within JSON.
  z.pipe(
    z.object({ data: z.string() }),
    z.transform(({ data }) => validation.parse(JSON.parse(data))),
  ),
]);

function validate({ body }: HostRequest): HostResponse {
  const parsed = validationForm.safeParse(json(body));
  if (!parsed.success) return { status: 500, body: 'The validation event holds no validationCode.' };
  const answer = JSON.stringify({ validationResponse: parsed.data?.validationCode });
  return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, body: answer };
}

/** All events at the same time, each an invocation of its own; one that fails makes the whole request come again. */
async function deliver({ body }: HostRequest, fn: HostedFunction<EventGridTrigger>, run: Run): Promise<HostResponse> {
  const parsed = json(body);
  if (typeof parsed !== 'object' || parsed === null)
    return { status: 500, body: 'The body is not a JSON object or array.' };
  const events: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  const inputs = fn.trigger.many ? [{ data: typed(events) }] : events.map(eventInput);
  const outcomes = await Promise.allSettled(inputs.map((input) => run(fn, input)));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  return failed === undefined ? { status: 202 } : { status: 500, body: (failed.reason as Error).message };
}

/** The library camel-cases the keys of the metadata; the event itself arrives as it is. */
export function eventInput(event: unknown): TriggerInput {
  const data = typeof event === 'object' && event !== null && 'data' in event ? event.data : undefined;
  return { data: { json: JSON.stringify(event) }, metadata: { data: { json: JSON.stringify(data ?? null) } } };
}

function json(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
