import type { AcceptedText } from '../carrier/facts.ts';
import type { Ledger } from '../carrier/ledger.ts';
import type { Timers } from '../eventGrid/timers.ts';
import { deliveryReportEvent, type EventPublisher, type EventTerms } from './smsEvents.ts';

/** Brings every accepted text to the end its fate says, at the time it says, and reports it. */
export interface Deliveries {
  follow(text: AcceptedText): void;
  /** Takes up what the ledger knows to be unsettled; what was due while the world was down is settled at once. */
  resume(): void;
  /** Calls off all that is pending, as a fresh world or the end of the process does, and waits for what is under way. */
  stop(): Promise<void>;
  /** Resolves when nothing is pending, at once if nothing is. */
  settled(): Promise<void>;
}

export interface DeliveriesNeeds {
  readonly ledger: Ledger;
  readonly timers: Timers;
  readonly events: EventPublisher;
  readonly terms: () => EventTerms;
  /** Told of an event that could not be published; the text is settled all the same. */
  readonly onError: (error: unknown) => void;
}

export function deliveriesOf(needs: DeliveriesNeeds): Deliveries {
  const { ledger, timers } = needs;
  const pending = new Map<string, unknown>();
  const running = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];

  const rest = () => {
    if (pending.size + running.size === 0) for (const resolve of waiting.splice(0)) resolve();
  };
  const run = (text: AcceptedText) => {
    pending.delete(text.messageId);
    const settling = settle(text, needs).finally(() => {
      running.delete(settling);
      rest();
    });
    running.add(settling);
  };
  const follow = (text: AcceptedText) => {
    const wait = Math.max(0, text.fate.at - timers.now());
    pending.set(
      text.messageId,
      timers.setTimeout(() => run(text), wait),
    );
  };

  return {
    follow,
    resume() {
      for (const text of ledger.accepted()) if (!ledger.isSettled(text.messageId)) follow(text);
    },
    async stop() {
      for (const timer of pending.values()) timers.clearTimeout(timer);
      pending.clear();
      await Promise.allSettled(running);
      rest();
    },
    settled: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        rest();
      }),
  };
}

/** Reports first and then takes note, so that a crash in between makes a second report and not none. */
async function settle(text: AcceptedText, { ledger, timers, events, terms, onError }: DeliveriesNeeds): Promise<void> {
  try {
    for (let report = 0; report < text.fate.reports; report += 1) {
      await events.publish(deliveryReportEvent(text, timers.now(), terms()));
    }
  } catch (error) {
    onError(error);
  }
  ledger.record({ type: 'settled', messageId: text.messageId });
}
