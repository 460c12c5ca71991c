import { localAccessKey } from '../../local/acs/connection.ts';
import { acsSmsSender } from '../../shared/adapters/acs/acsSmsSender.ts';
import { azureEntityTable } from '../../shared/adapters/storage/azureEntityTable.ts';
import { conversationStore } from '../../shared/adapters/storage/conversationStore.ts';
import { droppedBlobs } from '../../shared/adapters/storage/droppedBlobs.ts';
import { erasure } from '../../shared/adapters/storage/erasure.ts';
import { inbox } from '../../shared/adapters/storage/inbox.ts';
import { segmentLedger } from '../../shared/adapters/storage/segmentLedger.ts';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { wakeQueue } from '../../shared/adapters/storage/wakeQueue.ts';
import type { Logger } from '../../shared/core/logger.ts';
import type { Rand } from '../../shared/core/rand.ts';
import type { Clock } from '../../shared/core/time.ts';
import type { DroppedEvents } from '../../shared/events/droppedEvents.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import type { Mutant } from '../simulation/mutant.ts';
import { type Services, type UseName, useCases } from '../simulation/useCases.ts';
import type { Wire } from './wire.ts';

/** What a worker is given; the rest it reaches over its wire. */
export interface Given {
  /** The account's own connection string, of which the addresses are replaced by the wire's. */
  readonly account: string;
  readonly clock: Clock;
  readonly rand: Rand;
  readonly log: Logger;
  readonly settings: SmsSettings;
  readonly mutant?: Mutant | undefined;
  readonly maxRetries: number;
  /** There are always segments enough: the counter, which has tests of its own, is left out. */
  readonly ample: boolean;
  /** Milliseconds of real time for one storage call. */
  readonly deadlineMs: number;
}

export interface AppServices extends Services {
  readonly dropped: DroppedEvents;
}

const playbook = parsePlaybook({
  business: { name: 'h', timeZone: 'America/Los_Angeles' },
  sms: { rules: [], fallback: 'b', stopConfirmation: 's', startConfirmation: 'g', help: '{{business}}' },
});

/** The shipped adapters as the composition root puts them together, each behind the worker's own wire. */
export function servicesOver(wire: Wire, given: Given, use: UseName): AppServices {
  const { clock, rand, log, mutant } = given;
  const storage = {
    connectionString: given.account.replace(
      /(Blob|Queue|Table)Endpoint=http:\/\/[^/;]+/g,
      (_, service: string) => `${service}Endpoint=${wire.urls[service.toLowerCase() as 'table']}`,
    ),
    retry: { maxRetries: given.maxRetries, retryDelayInMs: 1, maxRetryDelayInMs: 1 },
    deadlineMs: given.deadlineMs,
  };
  const tableOf = (table: string) => {
    const far = azureEntityTable({ ...storage, table });
    return mutant?.table?.(far, use) ?? far;
  };
  const conversations = tableOf('conversations');
  const services: Services = {
    store: conversationStore(conversations),
    timeline: timeline(conversations),
    inbox: inbox(tableOf('inbox')),
    erasure: erasure(conversations),
    wakes: wakeQueue({ ...storage, clock }),
    sender: acsSmsSender({ connectionString: `endpoint=${wire.urls.acs}/;accesskey=${localAccessKey}` }, clock),
    // As many a day as no run of tests can use up.
    allowance: given.ample
      ? { take: async () => ({ giveBack() {} }) }
      : segmentLedger({ table: tableOf('limits'), rand, clock, perDay: 1_000_000, tranche: 50 }),
    playbook,
    responders: [],
    clock,
    rand,
    log,
    settings: { ...given.settings, ...mutant?.settings },
  };
  return { ...(mutant?.services?.(services, use) ?? services), dropped: droppedBlobs({ ...storage, clock }) };
}

export const usesOf = (mutant: Mutant | undefined) => ({ ...useCases, ...mutant?.useCases?.(useCases) });
