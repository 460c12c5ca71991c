import { onTestFinished } from 'vitest';
import { changeDials, defaultDials } from '../../../local/dials.ts';
import type { CustomTopic } from '../../../local/eventGrid/customTopic.ts';
import { createEventGrid, type EventGrid } from '../../../local/eventGrid/eventGrid.ts';
import type { SubscriptionOptions } from '../../../local/eventGrid/subscription.ts';
import type { SystemEvent } from '../../../local/eventGrid/systemEvent.ts';
import type { LogFields, LogLevel } from '../../../shared/core/logger.ts';
import { aReceiver, type Receiver } from './receiver.ts';
import { type VirtualTimers, virtualTimers } from './virtualTimers.ts';

export const topic =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/dev/providers/microsoft.communication/communicationservices/emu';

export interface LogLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: LogFields;
}

/** An Event Grid under test: with one receiver, on virtual time, its random part of each wait left as the seed has it. */
export interface World {
  readonly grid: EventGrid;
  readonly receiver: Receiver;
  readonly time: VirtualTimers;
  readonly log: readonly LogLine[];
  turn(patch: unknown): void;
  /** Lets time pass, and then everything that fell due come to an end. */
  pass(ms: number): Promise<void>;
}

export interface WorldOptions {
  readonly subscription?: Partial<SubscriptionOptions>;
  readonly subscriptions?: (endpoint: string) => readonly SubscriptionOptions[];
  readonly topics?: readonly CustomTopic[];
  readonly dials?: unknown;
  readonly receiver?: Receiver;
  readonly time?: VirtualTimers;
  readonly journal?: string;
  readonly origin?: string;
  /** Not yet started. */
  readonly idle?: boolean;
}

export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const receiver = options.receiver ?? (await aReceiver());
  const time = options.time ?? virtualTimers();
  const log: LogLine[] = [];
  let dials = changeDials(defaultDials, options.dials ?? {});
  const one: SubscriptionOptions = { name: 'smsReceived', endpoint: `${receiver.url}/events`, ...options.subscription };
  const { origin } = options;
  const grid = createEventGrid({
    topic,
    subscriptions: options.subscriptions?.(receiver.url) ?? [one],
    topics: options.topics,
    dials: () => dials,
    timers: time,
    log: (level, event, fields = {}) => void log.push({ level, event, fields }),
    journal: options.journal,
    origin: origin === undefined ? undefined : () => origin,
  });
  onTestFinished(async () => {
    await grid.close();
    await receiver.close();
  });
  if (!options.idle) grid.start();
  return {
    grid,
    receiver,
    time,
    log,
    turn(patch) {
      dials = changeDials(dials, patch);
    },
    async pass(ms) {
      time.advance(ms);
      await grid.settled();
    },
  };
}

let made = 0;

/** An incoming text, unlike any other. */
export function anEvent(but: Partial<SystemEvent> = {}): SystemEvent {
  made += 1;
  return {
    id: `Incoming_${made}`,
    subject: '/phonenumber/18005550100',
    eventType: 'Microsoft.Communication.SMSReceived',
    eventTime: '2026-11-24T01:59:59Z',
    data: { messageId: `Incoming_${made}`, message: 'hours' },
    dataVersion: '1.0',
    ...but,
  };
}

/** What has become of the only delivery of an event. */
export function deliveryOf({ grid }: Pick<World, 'grid'>, id: string) {
  const delivery = grid.events().find(({ event }) => event.id === id)?.deliveries[0];
  if (delivery === undefined) throw new Error(`no delivery of ${id}`);
  return delivery;
}
