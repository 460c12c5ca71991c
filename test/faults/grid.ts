import type { EventGridBeside } from '../../local/acs/acsApp.ts';
import type { SystemEvent } from '../../local/eventGrid/systemEvent.ts';
import { AppError } from '../../shared/core/errors.ts';
import { incomingCall } from '../../shared/events/incomingCall.ts';
import { recordingReady } from '../../shared/events/recordingReady.ts';
import { smsDeliveryReport } from '../../shared/events/smsDeliveryReport.ts';
import { smsReceived } from '../../shared/events/smsReceived.ts';
import { type EventReader, readEvent } from '../../shared/events/wireEvent.ts';
import type { UseName } from '../simulation/useCases.ts';
import type { Call, Crew } from './crew.ts';
import type { Passing } from './passing.ts';
import type { Eyes } from './seen.ts';
import type { Uses } from './uses.ts';
import type { AppServices } from './worker.ts';

const topic = '/subscriptions/s';

/** When an event that was not acknowledged comes again, milliseconds (https://learn.microsoft.com/azure/event-grid/delivery-and-retry). */
const waits = [10_000, 30_000, 60_000, 300_000];

/** Event Grid as far as it matters here: it delivers until it is told that an event was taken. */
export interface Grid extends EventGridBeside {
  /** All that were published, whether delivered yet or not. */
  readonly published: readonly SystemEvent[];
  /** While true, events are kept and not delivered. */
  holding: boolean;
  /** Hands out what was held, and holds no more. */
  release(): readonly SystemEvent[];
  /** Resolves when something is held. */
  arrived(): Promise<void>;
  /** Begins to deliver an event, now. */
  begin(event: SystemEvent): void;
  /** Delivers all that it ever delivered once more. */
  again(): void;
}

export function grid({
  time,
  crew,
  eyes: { ledger },
}: {
  readonly time: Passing;
  readonly crew: Crew;
  readonly eyes: Eyes;
}): Grid {
  const published: SystemEvent[] = [];
  const held: SystemEvent[] = [];
  const waiting: (() => void)[] = [];

  function note(event: SystemEvent): void {
    const text = readEvent(smsReceived, event, topic);
    if (text.type === 'ours') ledger.texts.push(text.value);
    const report = readEvent(smsDeliveryReport, event, topic);
    if (report.type === 'ours') ledger.reports.push(report.value);
  }

  async function attempt(event: SystemEvent, n: number): Promise<void> {
    if ((await deliver(event)).type === 'returned') return;
    const wait = waits[n];
    if (wait === undefined) ledger.deadLetters.push(event.id);
    else time.after(wait, () => time.start(() => attempt(event, n + 1)));
  }

  const deliver = (event: SystemEvent) =>
    crew.call({
      label: nameOf(event),
      ...triggers[nameOf(event)]!(event),
    });
  const send = (event: SystemEvent) => time.after(0, () => time.start(() => attempt(event, 0)));

  return {
    published,
    holding: false,
    publish({ topic: own = topic, ...rest }) {
      const event = { ...rest, topic: own };
      published.push(event);
      note(event);
      if (!this.holding) return void send(event);
      held.push(event);
      for (const hear of waiting.splice(0)) hear();
    },
    release() {
      this.holding = false;
      return held.splice(0);
    },
    arrived: () => new Promise((resolve) => waiting.push(resolve)),
    begin: (event) => time.start(() => attempt(event, 0)),
    again: () => published.forEach(send),
    since: () => ({ events: published, whole: true, cursor: '' }),
    redeliver: () => 0,
    deadLetters: () => ledger.deadLetters,
    clear: () => {},
    handle: () => undefined,
  };
}

const nameOf = ({ eventType }: SystemEvent): string => `${eventType.split('.').at(-1)}`;

type Handling = Pick<Call<void>, 'use' | 'act'>;

/** As the triggers do it, where nobody is told of the app's own events. */
const trigger =
  <T>(
    reader: EventReader<T>,
    handle: (uses: Uses) => (value: T, services: AppServices) => Promise<unknown>,
    use?: UseName,
  ) =>
  (event: SystemEvent): Handling => ({
    ...(use && { use }),
    async act(services, uses) {
      const reading = readEvent(reader, event, topic);
      if (reading.type === 'dropped') await services.dropped.keep(event, reading.reason);
      if (reading.type !== 'ours') return;
      try {
        await handle(uses)(reading.value, services);
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error;
        await services.dropped.keep(event, error.message);
      }
    },
  });

const triggers: Readonly<Record<string, (event: SystemEvent) => Handling>> = {
  SMSReceived: trigger(smsReceived, ({ receiveSms }) => receiveSms, 'receiveSms'),
  SMSDeliveryReportReceived: trigger(smsDeliveryReport, ({ recordDelivery }) => recordDelivery, 'recordDelivery'),
  IncomingCall: trigger(incomingCall, ({ answerCall }) => answerCall),
  RecordingFileStatusUpdated: trigger(recordingReady, ({ keepRecording }) => keepRecording),
};
