import { conversationStore } from '../../shared/adapters/storage/conversationStore.ts';
import type { EntityTable } from '../../shared/adapters/storage/entityTable.ts';
import { erasure } from '../../shared/adapters/storage/erasure.ts';
import { inbox } from '../../shared/adapters/storage/inbox.ts';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import type { Wake, WakeQueue } from '../../shared/conversations/wakeQueue.ts';
import type { Logger } from '../../shared/core/logger.ts';
import type { Rand } from '../../shared/core/rand.ts';
import type { Clock } from '../../shared/core/time.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import type { SegmentAllowance } from '../../shared/sms/segmentAllowance.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import { childOf } from './dice.ts';
import { reached, storageEffect } from './effects.ts';
import type { Mutant } from './mutant.ts';
import type { Caller } from './processes.ts';
import type { Provider } from './provider.ts';
import type { SimulatedQueue } from './queues.ts';
import type { Stage } from './stage.ts';
import type { Services, UseName } from './useCases.ts';

/** What there is to be reached. */
export interface Surroundings {
  readonly stage: Stage;
  readonly settings: SmsSettings;
  readonly mutant: Mutant | undefined;
  readonly tables: { readonly conversations: EntityTable; readonly inbox: EntityTable };
  readonly queues: { readonly wakes: SimulatedQueue; readonly settling: SimulatedQueue };
  readonly provider: Provider;
}

/** Single letters: measuring a text is the dearest thing that a run does. */
const playbook = parsePlaybook({
  business: { name: 'h', timeZone: 'America/Los_Angeles' },
  sms: { rules: [], fallback: 'b', stopConfirmation: 's', startConfirmation: 'g', help: '{{business}}' },
});

/** The day's segments are counted elsewhere, over a table of their own: here there are always enough. */
const unlimited: SegmentAllowance = { take: async () => ({ giveBack() {} }) };

/** The services of one call of a use case: the shipped adapters, where each request may meet trouble. */
export function servicesFor(around: Surroundings, caller: Caller, use: UseName): Services {
  const { stage, settings, mutant, tables, provider } = around;
  const clock: Clock = { now: () => stage.now() + caller.life.worker.ahead };
  const table = (name: keyof Surroundings['tables']) => {
    const far = reached(stage, caller, tables[name]);
    return mutant?.table?.(far, use) ?? far;
  };
  const conversations = table('conversations');
  const services: Services = {
    store: conversationStore(conversations),
    timeline: timeline(conversations),
    inbox: inbox(table('inbox')),
    erasure: erasure(conversations),
    wakes: wakeQueueFor(around, caller, clock),
    sender: provider(caller),
    allowance: unlimited,
    playbook,
    responders: [],
    clock,
    rand: randFor(stage, caller),
    log: logFor(stage, caller),
    settings,
  };
  return mutant?.services?.(services, use) ?? services;
}

function wakeQueueFor({ stage, queues }: Surroundings, caller: Caller, clock: Clock): WakeQueue {
  const arm = (queue: SimulatedQueue, name: string) => (wake: Wake, at: number) => {
    // As the adapter has it: whole seconds from now, by the caller's clock.
    const ms = Math.max(0, Math.ceil((at - clock.now()) / 1_000)) * 1_000;
    const id = childOf(caller.id, 1_000 + caller.effects);
    let put = 0;
    return storageEffect(stage, caller, stage.worded ? `${name} in ${ms / 1_000} s` : name, async () =>
      queue.put({ id: childOf(id, put++), wake }, ms),
    );
  };
  return { arm: arm(queues.wakes, 'arm a wake'), armSettling: arm(queues.settling, 'arm a settling') };
}

function randFor(stage: Stage, caller: Caller): Rand {
  let tokens = 0;
  const roll = stage.roll(childOf(caller.id, -9));
  return { token: () => `${caller.id.toString(36)}-${tokens++}`, fraction: roll };
}

const silent: Logger = () => {};

function logFor({ tell }: Stage, caller: Caller): Logger {
  if (tell === undefined) return silent;
  return (level, event, { reason } = {}) => {
    if (level !== 'info')
      tell(caller.life.worker.name, `${caller.label}: logs ${event}${reason ? ` (${reason})` : ''}`);
  };
}
