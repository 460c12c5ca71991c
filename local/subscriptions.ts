import type { SubscriptionOptions } from './eventGrid/subscription.ts';

/** Each function of the app that takes events, and the type it takes; its subscription has its name. */
const eventTypes = {
  smsReceived: 'Microsoft.Communication.SMSReceived',
  smsDeliveryReport: 'Microsoft.Communication.SMSDeliveryReportReceived',
} as const;

/** The subscriptions that a deployment makes too, delivered to the functions at an address. */
export const subscriptionsTo = (functionsUrl: string): readonly SubscriptionOptions[] =>
  Object.entries(eventTypes).map(([name, eventType]) => ({
    name,
    endpoint: `${functionsUrl}/runtime/webhooks/eventgrid?functionName=${name}`,
    eventTypes: [eventType],
  }));
