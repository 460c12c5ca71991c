import * as z from 'zod/mini';

/** An event as Event Grid delivers it, in either of its schemas; everything else in it is let through. */
const envelope = z.union([
  z.pipe(
    z.looseObject({
      id: z.string(),
      eventType: z.string(),
      topic: z.optional(z.string()),
      eventTime: z.optional(z.string()),
      subject: z.optional(z.string()),
      data: z.unknown(),
    }),
    z.transform(({ id, eventType, topic, eventTime, subject, data }) => ({
      id,
      type: eventType,
      topic,
      time: eventTime,
      subject,
      data,
    })),
  ),
  z.pipe(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      source: z.optional(z.string()),
      time: z.optional(z.string()),
      subject: z.optional(z.string()),
      data: z.unknown(),
    }),
    z.transform(({ id, type, source, time, subject, data }) => ({ id, type, topic: source, time, subject, data })),
  ),
]);

export interface WireEvent {
  readonly id: string;
  readonly type: string;
  readonly topic?: string | undefined;
  readonly time?: string | undefined;
  readonly subject?: string | undefined;
  readonly data?: unknown;
}

function readEnvelope(event: unknown): WireEvent | undefined {
  const read = z.safeParse(envelope, event);
  return read.success ? read.data : undefined;
}

/**
 * `ours`: in our own words. `ignored`: not for us; acknowledged and counted. `dropped`: ours, but it can never work as it
 * stands; acknowledged and kept whole.
 */
export type Reading<T> =
  | { readonly type: 'ours'; readonly value: T }
  | { readonly type: 'ignored' | 'dropped'; readonly reason: string };

/** What one function makes of an event. */
export interface EventReader<T> {
  /** The event types it is for; compared without regard to case. */
  readonly eventType: string | readonly string[];
  read(event: WireEvent): Reading<T>;
}

/** Reads an event that should come from `topic` (an Azure resource id, whose case varies between samples). */
export function readEvent<T>(reader: EventReader<T>, event: unknown, topic: string): Reading<T> {
  const read = readEnvelope(event);
  if (read === undefined) return { type: 'dropped', reason: 'It is not an event: no id or no type.' };
  if (![reader.eventType].flat().some((type) => sameWord(read.type, type)))
    return { type: 'ignored', reason: `Its type is ${read.type}.` };
  if (!sameWord(read.topic ?? '', topic))
    return { type: 'dropped', reason: `Its topic is not ACS_RESOURCE_ID: ${read.topic}.` };
  return reader.read(read);
}

/** A shape checked over an event's data whose field names may be written in any case (samples have `tag` and `Tag`). */
export function readData<S extends z.ZodMiniType>(
  schema: S,
  names: readonly string[],
  data: unknown,
): Reading<z.output<S>> {
  const read = z.safeParse(schema, withNames(names, data));
  if (read.success) return { type: 'ours', value: read.data };
  const faults = read.error.issues.map((issue) => `data.${issue.path.join('.')}: ${issue.message}`);
  return { type: 'dropped', reason: faults.join('; ') };
}

function withNames(names: readonly string[], data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const known = new Map(names.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [known.get(name.toLowerCase()) ?? name, value]),
  );
}

const sameWord = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
