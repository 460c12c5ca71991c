import type { CustomTopic } from './eventGrid/customTopic.ts';
import type { SubscriptionOptions } from './eventGrid/subscription.ts';

type Wanted = Pick<SubscriptionOptions, 'eventTypes' | 'maxAttempts' | 'ttlMinutes'>;

const of = (...names: readonly string[]): Wanted => ({
  eventTypes: names.map((name) => `Microsoft.Communication.${name}`),
});

/** Each function of the app that takes events, and the types it takes; its subscription has its name. */
const wanted: Readonly<Record<string, Wanted>> = {
  smsReceived: of('SMSReceived'),
  smsDeliveryReport: of('SMSDeliveryReportReceived'),
  // Nobody waits longer (https://learn.microsoft.com/azure/communication-services/concepts/call-automation/incoming-call-notification).
  incomingCall: { ...of('IncomingCall'), maxAttempts: 3, ttlMinutes: 1 },
  recordingReady: of('RecordingFileStatusUpdated'),
  callLifecycle: of('CallStarted', 'CallEnded', 'CallParticipantAdded', 'CallParticipantRemoved'),
};

/** The subscriptions that a deployment makes too, delivered to the functions at an address. */
export const subscriptionsTo = (functionsUrl: string): readonly SubscriptionOptions[] =>
  Object.entries(wanted).map(([name, wants]) => ({
    name,
    endpoint: `${functionsUrl}/runtime/webhooks/eventgrid?functionName=${name}`,
    ...wants,
  }));

/** The topic for the app's own events. Its key is written here for all to read and opens nothing else. */
export const ownEventsTopic: CustomTopic = {
  name: 'own-events',
  key: Buffer.from('local-topic-key-it-opens-nothing').toString('base64'),
  inputSchema: 'CloudEventSchemaV1_0',
};

/** What `EVENTS_ENDPOINT` says, for a server of the local world. */
export const ownEventsEndpoint = (acsUrl: string): string =>
  `${acsUrl}/eventgrid/topics/${ownEventsTopic.name}/api/events`;

interface Receivers {
  readonly functionsUrl: string;
  readonly ownEventsTo?: string | undefined;
}

/** Every subscription of the local world: the functions', and a developer's own to all events of the app's. */
export function subscriptionsOf({ functionsUrl, ownEventsTo }: Receivers): readonly SubscriptionOptions[] {
  const functions = subscriptionsTo(functionsUrl);
  if (ownEventsTo === undefined) return functions;
  const { name: topic, inputSchema: schema } = ownEventsTopic;
  return [...functions, { name: 'ownEvents', topic, endpoint: ownEventsTo, schema }];
}
