import type { HttpRequest } from './exchange.ts';
import { contentTypes, metadataVersions } from './rules.ts';
import type { Subscription } from './subscription.ts';
import type { SystemEvent } from './systemEvent.ts';

/** The same event in either schema (https://learn.microsoft.com/azure/event-grid/cloud-event-schema). */
export function inSchema(
  schema: Subscription['schema'],
  event: SystemEvent,
  topic: string,
): Readonly<Record<string, unknown>> {
  const { id, subject, eventType, eventTime, data, dataVersion, attributes } = event;
  if (schema === 'EventGridSchema') {
    return { id, topic, subject, eventType, eventTime, data, dataVersion, metadataVersion: metadataVersions[schema] };
  }
  const specversion = metadataVersions[schema];
  const about = subject === '' ? {} : { subject };
  return { id, source: topic, ...about, type: eventType, time: eventTime, specversion, data, ...attributes };
}

export interface Parcel {
  readonly events: readonly SystemEvent[];
  readonly topic: string;
  /** What `aeg-delivery-count` says. */
  readonly deliveryCount: number;
  /** Batching is on, so that a CloudEvent, too, comes in an array. */
  readonly inBatch: boolean;
}

/** The request that brings events to their endpoint. */
export function notification(subscription: Subscription, parcel: Parcel): HttpRequest {
  const events = parcel.events.map((event) => inSchema(subscription.schema, event, parcel.topic));
  const alone = subscription.schema === 'CloudEventSchemaV1_0' && !parcel.inBatch;
  const dataVersion = subscription.schema === 'EventGridSchema' ? parcel.events[0]?.dataVersion : undefined;
  return {
    method: 'POST',
    url: subscription.endpoint,
    headers: {
      ...headersOf(subscription, 'Notification', dataVersion),
      'content-type': contentTypeOf(subscription.schema, alone),
      'aeg-delivery-count': String(parcel.deliveryCount),
    },
    body: JSON.stringify(alone ? events[0] : events),
  };
}

/**
 * What every request of Event Grid carries. `aeg-data-version` does not apply to CloudEvents, and `aeg-output-event-id` is
 * for queues and hubs (https://learn.microsoft.com/azure/event-grid/handler-webhooks).
 */
export function headersOf(
  subscription: Subscription,
  eventType: 'Notification' | 'SubscriptionValidation',
  dataVersion?: string,
): Readonly<Record<string, string>> {
  return {
    ...subscription.deliveryHeaders,
    'aeg-event-type': eventType,
    'aeg-subscription-name': subscription.name.toUpperCase(),
    'aeg-delivery-count': '0',
    'aeg-metadata-version': metadataVersions[subscription.schema],
    ...(dataVersion === undefined ? {} : { 'aeg-data-version': dataVersion }),
  };
}

function contentTypeOf(schema: Subscription['schema'], alone: boolean): string {
  if (schema === 'EventGridSchema') return contentTypes.eventGrid;
  return alone ? contentTypes.cloudEvent : contentTypes.cloudEvents;
}
