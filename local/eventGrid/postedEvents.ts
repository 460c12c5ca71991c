import * as z from 'zod/mini';
import type { CustomTopic } from './customTopic.ts';
import { metadataVersions, publishing } from './rules.ts';
import type { SystemEvent } from './systemEvent.ts';

const filled = z.string().check(z.minLength(1));
const instant = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be an instant'));

/** Nothing else is let into the Event Grid schema; `topic` and `metadataVersion` are the service's to say. */
const eventGridEvents = z.array(
  z.object({
    id: filled,
    subject: filled,
    eventType: filled,
    eventTime: instant,
    dataVersion: z.string(),
    data: z.optional(z.unknown()),
    metadataVersion: z.optional(z.literal(metadataVersions.EventGridSchema)),
  }),
);

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md: what it does not name is an extension and stays. */
const cloudEvent = z.looseObject({
  id: filled,
  source: filled,
  type: filled,
  specversion: z.literal(metadataVersions.CloudEventSchemaV1_0),
  subject: z.optional(filled),
  time: z.optional(instant),
});

export interface Post {
  /** As the header says it. */
  readonly contentType: string;
  readonly body: string;
  /** For a CloudEvent that says no time: ISO 8601. */
  readonly now: string;
}

/** The events of one post to a topic, all of them or none; or why it is not taken, in words. */
export function readPost({ inputSchema }: CustomTopic, { contentType, body, now }: Post): SystemEvent[] | string {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const wanted: readonly string[] = publishing.mediaTypes[inputSchema];
  if (!wanted.includes(mediaType))
    return `This topic takes ${inputSchema}: ${wanted.join(' or ')}, not "${mediaType}".`;
  const posted = parseJson(body);
  if (inputSchema === 'EventGridSchema') {
    const read = eventGridEvents.safeParse(posted);
    return read.success ? read.data.map(eventOf) : complaint(read.error);
  }
  const read = z.array(cloudEvent).safeParse(mediaType === publishing.oneCloudEvent ? [posted] : posted);
  return read.success ? read.data.map((event) => eventOfCloudEvent(event, now)) : complaint(read.error);
}

const eventOf = ({ metadataVersion: _, data, ...event }: z.output<typeof eventGridEvents>[number]): SystemEvent => ({
  ...event,
  data,
});

function eventOfCloudEvent(event: z.output<typeof cloudEvent>, now: string): SystemEvent {
  const { id, type, subject = '', time = now, data, specversion: _, ...attributes } = event;
  return { id, subject, eventType: type, eventTime: time, data, dataVersion: '', attributes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const complaint = ({ issues }: z.core.$ZodError): string =>
  `The body does not conform to the schema. ${issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`;
