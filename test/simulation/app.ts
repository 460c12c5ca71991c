import type { ConversationId, EntryKey } from '../../shared/conversations/keys.ts';
import type { Wake } from '../../shared/conversations/wakeQueue.ts';
import type { ReceivedSms } from '../../shared/sms/receivedSms.ts';
import { putBack } from '../../shared/sms/settle.ts';
import { childOf, type Id } from './dice.ts';
import type { EventGrid } from './eventGrid.ts';
import type { Ledger } from './ledger.ts';
import type { Plan } from './plan.ts';
import type { Caller, Crew } from './processes.ts';
import type { Profile } from './profiles.ts';
import { type Left, type Provider, provider } from './provider.ts';
import { type SimulatedQueue, simulatedQueue } from './queues.ts';
import { type Due, reportsOn } from './reports.ts';
import { type Surroundings, servicesFor } from './services.ts';
import { type Services, type UseCases, type UseName, useCases } from './useCases.ts';

/** What a run is made of, before the app stands in it. */
export interface Ground extends Pick<Surroundings, 'stage' | 'settings' | 'mutant' | 'tables'> {
  readonly workers: Crew;
  readonly ledger: Ledger;
  readonly profile: Profile;
  readonly plan: Plan;
  readonly conversation: ConversationId;
  readonly grid: EventGrid;
}

/** The app, deployed on its workers. */
export interface App {
  readonly ground: Ground;
  readonly uses: UseCases;
  /** The carrier lets nothing through to the subscriber. */
  blocked: boolean;
  services(caller: Caller, use: UseName): Services;
  receive(sms: ReceivedSms, id: Id): void;
  report(due: Due): void;
}

/** Puts the use cases behind Event Grid, the queues and the provider. */
export function appOn(ground: Ground): App {
  const { stage, mutant, plan, ledger } = ground;
  const app: App = {
    ground,
    uses: { ...useCases, ...mutant?.useCases?.(useCases) },
    blocked: plan.blocked,
    services: (caller, use) => servicesFor(around, caller, use),
    receive(sms, id) {
      ledger.texts.push(sms);
      const handle = (caller: Caller) => app.uses.receiveSms(sms, app.services(caller, 'receiveSms'));
      publish(app, { id, label: sms.messageId, handle });
    },
    report({ report, id, after }) {
      ledger.reports.push(report);
      const label = stage.worded ? `${report.delivered ? 'delivered' : 'failed'} ${shortOf(report.key)}` : 'report';
      const handle = (caller: Caller) => app.uses.recordDelivery(report, app.services(caller, 'recordDelivery'));
      stage.agenda.after(after, () => publish(app, { id, label, handle }));
    },
  };
  const around: Surroundings = { ...ground, queues: queuesOf(app), provider: providerOf(app) };
  return app;
}

interface Event {
  readonly id: Id;
  readonly label: string;
  readonly handle: (caller: Caller) => Promise<void>;
}

const publish = ({ ground: { grid, ledger } }: App, event: Event): void =>
  grid.publish({
    ...event,
    deadLettered: () => ledger.deadLetters.push(event.label),
    failed: (error) => ledger.failed.push({ what: event.label, error }),
  });

function queuesOf(app: App): Surroundings['queues'] {
  const { stage, workers, ledger } = app.ground;
  const settling: SimulatedQueue = simulatedQueue(stage, workers, {
    label: (wake) => `settling of ${aimOf(wake)}`,
    // As runtime/wakes.ts has it: what comes again is put back as a new message.
    handle(wake, caller, times) {
      const services = app.services(caller, 'settle');
      return times > 1 ? putBack(wake, services) : app.uses.settle(wake, services);
    },
    failed: (error) => ledger.failed.push({ what: 'a settling', error }),
    // The host gives it out to nobody.
    poisoned({ wake }) {
      stage.tell?.('queue', `gives up the settling of ${aimOf(wake)}`);
      ledger.abandoned.add('key' in wake ? wake.key : 'an erase');
    },
  });
  const wakes = simulatedQueue(stage, workers, {
    label: (wake) => `wake for ${aimOf(wake)}`,
    handle: (wake, caller) => app.uses.wakeUp(wake, app.services(caller, 'wakeUp')),
    failed: (error) => ledger.failed.push({ what: 'a wake', error }),
    poisoned: ({ id, wake }) => settling.put({ id: childOf(id, -4), wake }, 0),
  });
  return { wakes, settling };
}

function providerOf(app: App): Provider {
  const { stage, profile, ledger } = app.ground;
  return provider(stage, {
    honoursIds: profile.honoursIds,
    blocked: () => app.blocked,
    taken(left: Left, id: Id, blocked: boolean) {
      ledger.left.push(left);
      for (const due of reportsOn(stage, { left, id: childOf(id, -5), blocked })) app.report(due);
    },
  });
}

const aimOf = (wake: Wake): string => ('key' in wake ? shortOf(wake.key) : 'an erase');

/** The end of an entry's id: enough to tell the few of a run apart. */
const shortOf = (key: EntryKey): string => `…${key.slice(-4)}`;
