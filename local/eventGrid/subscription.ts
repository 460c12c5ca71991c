import * as z from 'zod/mini';
import { AppError } from '../../shared/core/errors.ts';
import type { CustomTopic } from './customTopic.ts';
import { deliverable, limits } from './rules.ts';
import type { SystemEvent } from './systemEvent.ts';

const upTo = (highest: number) => z.int().check(z.gte(1), z.lte(highest));

const schema = z.strictObject({
  name: z.string().check(z.regex(/^[A-Za-z0-9-]{3,64}$/)),
  endpoint: z.url({ protocol: /^https?$/ }),
  /** The name of a custom topic; without it, the grid's own. */
  topic: z.optional(z.string()),
  /** Without them, every type. */
  eventTypes: z.optional(z.array(z.string())),
  subjectBeginsWith: z.optional(z.string()),
  schema: z._default(z.enum(['EventGridSchema', 'CloudEventSchemaV1_0']), 'EventGridSchema'),
  maxAttempts: z._default(upTo(limits.attempts), limits.attempts),
  ttlMinutes: z._default(upTo(limits.ttlMinutes), limits.ttlMinutes),
  /** Without it, one event a request. */
  batch: z.optional(z.strictObject({ maxEvents: upTo(limits.batchEvents), preferredKb: upTo(limits.batchKb) })),
  /** Sent with every delivery and handshake, whose endpoint may ask for the secret in them. */
  deliveryHeaders: z
    ._default(z.record(z.string(), z.string()), {})
    .check(z.refine((headers) => Object.keys(headers).length <= limits.headers, `at most ${limits.headers} headers`)),
});

/** Who wants which events, where and how; what is left out stands at the service's own default. */
export type SubscriptionOptions = z.input<typeof schema>;
export type Subscription = z.output<typeof schema>;

/** Throws an `invalid-configuration` that names every fault. */
export function readSubscriptions(
  options: readonly SubscriptionOptions[],
  topics: readonly CustomTopic[] = [],
): readonly Subscription[] {
  const parsed = z.array(schema).safeParse(options, { error: z.locales.en().localeError });
  if (!parsed.success) throw new AppError('invalid-configuration', `Subscriptions: ${z.prettifyError(parsed.error)}`);
  const names = parsed.data.map((subscription) => subscription.name.toLowerCase());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new AppError('invalid-configuration', `Two subscriptions are called ${twice}.`);
  const fault = parsed.data.flatMap((subscription) => topicFault(subscription, topics) ?? [])[0];
  if (fault !== undefined) throw new AppError('invalid-configuration', fault);
  return parsed.data;
}

/** The service refuses such a subscription when it is made. */
function topicFault({ name, topic, schema }: Subscription, topics: readonly CustomTopic[]): string | undefined {
  if (topic === undefined) return undefined;
  const known = topics.find((each) => each.name === topic);
  if (known === undefined) return `The subscription ${name} is of a topic ${topic}, which does not exist.`;
  const schemas: readonly string[] = deliverable[known.inputSchema];
  if (schemas.includes(schema)) return undefined;
  return `The subscription ${name} wants ${schema}; the topic ${topic} takes ${known.inputSchema} and delivers ${schemas.join(' or ')}.`;
}

/** Types and subjects are compared without regard to case, as Event Grid does by default. */
export function wants(subscription: Subscription, event: SystemEvent): boolean {
  const { topic, eventTypes, subjectBeginsWith = '' } = subscription;
  if (topic !== event.topic) return false;
  const type = event.eventType.toLowerCase();
  if (eventTypes !== undefined && !eventTypes.some((wanted) => wanted.toLowerCase() === type)) return false;
  return event.subject.toLowerCase().startsWith(subjectBeginsWith.toLowerCase());
}

/** The endpoint for logs: a key in its address is not shown. */
export function shownEndpoint({ endpoint }: Subscription): string {
  const url = new URL(endpoint);
  if (url.searchParams.has('code')) url.searchParams.set('code', '…');
  return decodeURI(url.href);
}

/** The function behind an endpoint that is an Event Grid trigger's; otherwise the subscription's own name. */
export const functionName = ({ endpoint, name }: Subscription): string =>
  new URL(endpoint).searchParams.get('functionName') ?? name;
