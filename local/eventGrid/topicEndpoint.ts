import type { CustomTopic } from './customTopic.ts';
import { readPost } from './postedEvents.ts';
import { publishing } from './rules.ts';
import type { SystemEvent } from './systemEvent.ts';
import type { Timers } from './timers.ts';

export interface TopicEndpointParts {
  readonly topics: readonly CustomTopic[];
  readonly timers: Timers;
  readonly publish: (event: SystemEvent) => Promise<void>;
}

const path = /^\/eventgrid\/topics\/([\w-]+)\/api\/events$/;

/** Where custom topics are published to; `undefined` for a request that is for none of them. */
export function topicEndpoint(parts: TopicEndpointParts): (request: Request) => Promise<Response> | undefined {
  return (request) => {
    const { pathname } = new URL(request.url);
    const [, name] = path.exec(pathname) ?? [];
    const topic = parts.topics.find((known) => known.name === name);
    return topic === undefined || request.method !== 'POST' ? undefined : take(topic, request, parts);
  };
}

/** Answers once every event is in the journal: from then on they are delivered, or given up by the rules. */
async function take(topic: CustomTopic, request: Request, { timers, publish }: TopicEndpointParts): Promise<Response> {
  if (request.headers.get(publishing.keyHeader) !== topic.key)
    return refusal(401, `The request has no ${publishing.keyHeader}, or one that is not this topic's key.`);
  if (new URL(request.url).searchParams.get('api-version') !== publishing.apiVersion)
    return refusal(400, `The query must say api-version=${publishing.apiVersion}.`);
  const body = await request.arrayBuffer();
  if (body.byteLength > publishing.maxBytes)
    return refusal(413, `A request holds at most ${publishing.maxBytes} bytes, not ${body.byteLength}.`);
  const events = readPost(topic, {
    contentType: request.headers.get('content-type') ?? '',
    body: Buffer.from(body).toString(),
    now: new Date(timers.now()).toISOString(),
  });
  if (typeof events === 'string') return refusal(400, events);
  for (const event of events) await publish({ ...event, topic: topic.name });
  return new Response(null, { status: publishing.taken });
}

function refusal(status: keyof typeof publishing.errorCodes, message: string): Response {
  const code = publishing.errorCodes[status];
  return Response.json({ error: { code, message, details: [{ code, message }] } }, { status });
}
