import type { ConversationId, EntryKey } from '../../shared/conversations/keys.ts';
import { parseTag } from '../../shared/conversations/keys.ts';
import type { Wake } from '../../shared/conversations/wakeQueue.ts';
import type { ReceivedSms } from '../../shared/sms/receivedSms.ts';
import type { DeliveryReport } from '../../shared/sms/recordDelivery.ts';
import { childOf, type Id } from './dice.ts';
import type { EventGrid } from './eventGrid.ts';
import type { Ledger } from './ledger.ts';
import type { Plan } from './plan.ts';
import type { Caller, Crew } from './processes.ts';
import type { Profile } from './profiles.ts';
import { type Left, provider } from './provider.ts';
import { simulatedQueue } from './queues.ts';
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
  report(report: DeliveryReport, id: Id, after: number): void;
}

/** Puts the use cases behind Event Grid, the queues and the provider. */
export function appOn(ground: Ground): App {
  const { stage, mutant, plan, profile, workers, ledger, grid } = ground;
  const uses: UseCases = { ...useCases, ...mutant?.useCases?.(useCases) };
  const services = (caller: Caller, use: UseName): Services => servicesFor(around, caller, use);
  const wakes = simulatedQueue(stage, workers, {
    label: (wake) => `wake for ${aimOf(wake)}`,
    handle: (wake, caller) => uses.wakeUp(wake, services(caller, 'wakeUp')),
    poisoned: ({ id, wake }) => settling.put({ id: childOf(id, -4), wake }, 0),
  });
  const settling = simulatedQueue(stage, workers, {
    label: (wake) => `settling of ${aimOf(wake)}`,
    handle: (wake, caller) => uses.settle(wake, services(caller, 'settle')),
    // The host moves it to a queue that nobody reads.
    poisoned: ({ wake }) => stage.tell?.('queue', `gives up the settling of ${aimOf(wake)}`),
  });
  const acs = provider(stage, {
    honoursIds: profile.honoursIds,
    blocked: () => app.blocked,
    taken(left, id, blocked) {
      ledger.left.push(left);
      reportOn(app, { left, id: childOf(id, -5), blocked });
    },
  });
  const around: Surroundings = { ...ground, queues: { wakes, settling }, provider: acs };

  const publish = (id: Id, label: string, handle: (caller: Caller) => Promise<void>) =>
    grid.publish({
      id,
      label,
      handle,
      acknowledged: () => ledger.acknowledged.add(label),
      deadLettered: () => ledger.deadLetters.push(label),
    });

  const app: App = {
    ground,
    uses,
    blocked: plan.blocked,
    services,
    receive(sms, id) {
      ledger.texts.push(sms);
      publish(id, sms.messageId, (caller) => uses.receiveSms(sms, services(caller, 'receiveSms')));
    },
    report(report, id, after) {
      ledger.reports.push(report);
      const label = stage.worded ? `${report.delivered ? 'delivered' : 'failed'} ${shortOf(report.key)}` : 'report';
      const handle = (caller: Caller) => uses.recordDelivery(report, services(caller, 'recordDelivery'));
      stage.agenda.after(after, () => publish(id, label, handle));
    },
  };
  return app;
}

interface Reported {
  readonly left: Left;
  readonly id: Id;
  readonly blocked: boolean;
}

/** What the carrier says of a text, and when, and whether at all. */
function reportOn(app: App, { left, id, blocked }: Reported): void {
  const { stage } = app.ground;
  const roll = stage.roll(id);
  const usual = 20 + Math.floor(roll() * 6_000);
  const trouble = stage.trouble(id, 'report', stage.worded ? `report on “${left.sms.text}”` : '', roll);
  const { kind, ms = 0 } = trouble ?? {};
  const after = usual + (kind === 'delayed' ? ms : 0);
  const say = (delivered: boolean, reason: string, more = 0) => {
    const report = reportOf(left, { delivered, reason, at: stage.now() + after + more, optedOut: blocked });
    if (report) app.report(report, childOf(id, more + 1), after + more);
  };
  if (kind === 'missing') return;
  if (blocked) {
    say(false, 'Sender blocked for given recipient.');
    return;
  }
  if (kind === 'failed' || kind === 'failed-first') say(false, 'Unreachable.');
  if (kind !== 'failed') say(true, 'No error.', kind === 'twice' || kind === 'failed-first' ? ms : 0);
  if (kind === 'twice') say(true, 'No error.');
}

function reportOf(
  { sms, providerId }: Left,
  said: Pick<DeliveryReport, 'delivered' | 'reason' | 'at' | 'optedOut'>,
): DeliveryReport | undefined {
  const target = parseTag(sms.tag);
  return target && { ...target, providerId, ...said };
}

const aimOf = (wake: Wake): string => ('key' in wake ? shortOf(wake.key) : 'an erase');

/** The end of an entry's id: enough to tell the few of a run apart. */
const shortOf = (key: EntryKey): string => `…${key.slice(-4)}`;
