import { localAccessKey } from '../../local/acs/connection.ts';
import { acsCallControl } from '../../shared/adapters/acs/acsCallControl.ts';
import { acsRecordings } from '../../shared/adapters/acs/acsRecordings.ts';
import { acsSmsSender } from '../../shared/adapters/acs/acsSmsSender.ts';
import { azureEntityTable } from '../../shared/adapters/storage/azureEntityTable.ts';
import { callIndex } from '../../shared/adapters/storage/callIndex.ts';
import type { StorageConnection } from '../../shared/adapters/storage/connection.ts';
import { conversationStore } from '../../shared/adapters/storage/conversationStore.ts';
import { droppedBlobs } from '../../shared/adapters/storage/droppedBlobs.ts';
import { erasure } from '../../shared/adapters/storage/erasure.ts';
import { inbox } from '../../shared/adapters/storage/inbox.ts';
import { recordingBlobs } from '../../shared/adapters/storage/recordingBlobs.ts';
import { segmentLedger } from '../../shared/adapters/storage/segmentLedger.ts';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { wakeQueue } from '../../shared/adapters/storage/wakeQueue.ts';
import type { CallServices } from '../../shared/calls/callServices.ts';
import type { Config } from '../../shared/config.ts';
import type { Logger } from '../../shared/core/logger.ts';
import type { Rand } from '../../shared/core/rand.ts';
import type { Clock } from '../../shared/core/time.ts';
import type { DroppedEvents } from '../../shared/events/droppedEvents.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import { addressesOf, callSettings } from '../../shared/runtime/callSettings.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import type { Services, UseName } from '../simulation/useCases.ts';
import type { Mutant } from './uses.ts';
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
  /** Where the provider reaches the app. */
  readonly publicUrl: string;
  /** Milliseconds of real time for one storage call. */
  readonly deadlineMs: number;
}

export interface AppServices extends Services, CallServices {
  readonly config: Pick<Config, 'CONVERSATION_KEY'>;
  readonly dropped: DroppedEvents;
}

const playbook = parsePlaybook({
  business: { name: 'h', timeZone: 'America/Los_Angeles' },
  sms: { rules: [], fallback: 'b', stopConfirmation: 's', startConfirmation: 'g', help: '{{business}}' },
  calls: {
    start: 'welcome',
    missedText: 'm',
    steps: {
      welcome: {
        menu: {
          prompt: 'Press.',
          again: 'Again.',
          tries: 2,
          choices: [
            { key: '1', go: 'link' },
            { key: '2', go: 'message' },
          ],
          otherwise: 'bye',
        },
      },
      link: { text: 'l', go: 'bye' },
      message: { voicemail: { prompt: 'Speak.', seconds: 30 }, go: 'bye' },
      bye: { hangUp: 'Bye.' },
    },
  },
});

/** Speaks and understands; nobody asks it anything here. */
const speechEndpoint = 'https://speech.example';

/** The shipped adapters as the composition root puts them together, each behind the worker's own wire. */
export function servicesOver(wire: Wire, given: Given, use: UseName | undefined): AppServices {
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
    return (use && mutant?.table?.(far, use)) ?? far;
  };
  const conversations = tableOf('conversations');
  const services: Services = {
    store: conversationStore(conversations),
    timeline: timeline(conversations),
    inbox: inbox(tableOf('inbox')),
    erasure: erasure(conversations),
    wakes: wakeQueue({ ...storage, clock }),
    sender: acsSmsSender(acsOf(wire), clock),
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
  const of = (use && mutant?.services?.(services, use)) ?? services;
  const app: AppServices = { ...of, ...callsOver(wire, given, storage), dropped: droppedBlobs({ ...storage, clock }) };
  return mutant?.callServices?.(app) ?? app;
}

const acsOf = ({ urls }: Wire) => ({ connectionString: `endpoint=${urls.acs}/;accesskey=${localAccessKey}` });

type OfCalls = Pick<AppServices, Exclude<keyof CallServices, keyof Services> | 'config'>;

function callsOver(wire: Wire, given: Given, storage: StorageConnection): OfCalls {
  const { publicUrl: PUBLIC_URL, settings } = given;
  const config = { PUBLIC_URL, CONVERSATION_KEY: settings.conversationKey, SPEECH_ENDPOINT: speechEndpoint } as Config;
  return {
    config,
    calls: acsCallControl({ connection: acsOf(wire), speechEndpoint }),
    callIndex: callIndex(azureEntityTable({ ...storage, table: 'calls' })),
    recordings: recordingBlobs(storage),
    recordingSource: acsRecordings(acsOf(wire)),
    callSettings: callSettings(config),
    addresses: addressesOf(config),
  };
}
