import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { acsCallControl } from '../adapters/acs/acsCallControl.ts';
import { acsIdentityProvider } from '../adapters/acs/acsIdentityProvider.ts';
import { acsRecordings } from '../adapters/acs/acsRecordings.ts';
import { acsSmsSender } from '../adapters/acs/acsSmsSender.ts';
import { azureEntityTable } from '../adapters/storage/azureEntityTable.ts';
import { callIndex } from '../adapters/storage/callIndex.ts';
import { conversationStore } from '../adapters/storage/conversationStore.ts';
import { droppedBlobs } from '../adapters/storage/droppedBlobs.ts';
import { erasure } from '../adapters/storage/erasure.ts';
import { identityMap } from '../adapters/storage/identityMap.ts';
import { inbox } from '../adapters/storage/inbox.ts';
import { poisonedWakes } from '../adapters/storage/poisonedWakes.ts';
import { recordingBlobs } from '../adapters/storage/recordingBlobs.ts';
import { segmentLedger } from '../adapters/storage/segmentLedger.ts';
import { timeline } from '../adapters/storage/timeline.ts';
import { wakeQueue } from '../adapters/storage/wakeQueue.ts';
import type { CallServices } from '../calls/callServices.ts';
import { type Config, platformAuthenticates, readConfig } from '../config.ts';
import { type OwnEvents, ownEvents } from '../conversations/publishing.ts';
import type { Timeline } from '../conversations/timeline.ts';
import type { PoisonedWakes } from '../conversations/wakeQueue.ts';
import { AppError } from '../core/errors.ts';
import type { Rand } from '../core/rand.ts';
import type { Clock } from '../core/time.ts';
import type { DroppedEvents } from '../events/droppedEvents.ts';
import type { IceServers } from '../identity/iceServers.ts';
import type { IdentityServices } from '../identity/identityServices.ts';
import { type Playbook, parsePlaybook } from '../playbook/playbook.ts';
import { responders } from '../playbook/responders.ts';
import type { CallbackSettings } from './callbackAuthentication.ts';
import type { AuthSettings } from './caller.ts';
import { addressesOf, callbackSettings, callSettings, checkCalls } from './callSettings.ts';
import { connectionsOf } from './connections.ts';
import { iceServersOf } from './iceServersOf.ts';
import { identitySettings } from './identitySettings.ts';
import { log } from './log.ts';
import { smsSettings } from './smsSettings.ts';

/** Everything the triggers reach the world through. */
export interface Services extends CallServices {
  readonly config: Config;
  readonly timeline: Timeline;
  readonly dropped: DroppedEvents;
  readonly poisoned: PoisonedWakes;
  readonly auth: AuthSettings;
  readonly callbacks: CallbackSettings | undefined;
  readonly told: OwnEvents;
  readonly identity: IdentityServices;
  /** Absent: the app is given none. */
  readonly iceServers: IceServers | undefined;
  /** Events ignored by this process since it started. */
  readonly ignored: { count: number };
}

let composed: Services | undefined;

/** The app, put together at first use and once; no SDK is evaluated before something needs it. */
export function services(): Services {
  composed ??= compose(readConfig());
  return composed;
}

/** Milliseconds for one storage call with its retries: three of them and a send fit into what Event Grid waits. */
const storageDeadline = 5_000;

/** The same for leasing segments, which comes on top now and then. */
const leaseDeadline = 2_000;

const clock: Clock = { now: () => Date.now() };

const rand: Rand = {
  token: () => randomBytes(16).toString('base64url'),
  fraction: () => randomBytes(4).readUInt32LE() / 2 ** 32,
};

function compose(config: Config): Services {
  const { storage: account, acs, topic } = connectionsOf(config);
  const storage = { ...account, deadlineMs: storageDeadline };
  const conversations = azureEntityTable({ ...storage, table: 'conversations' });
  const wakes = wakeQueue({ ...storage, clock });
  const dropped = droppedBlobs({ ...storage, clock });
  return {
    config,
    clock,
    rand,
    log,
    store: conversationStore(conversations),
    timeline: timeline(conversations),
    erasure: erasure(conversations),
    inbox: inbox(azureEntityTable({ ...storage, table: 'inbox' })),
    wakes,
    dropped,
    poisoned: poisonedWakes(storage),
    told: ownEvents({ topic, texts: config.PUBLISH_TEXTS, wakes, dropped, clock, log }),
    allowance: segmentLedger({
      table: azureEntityTable({ ...storage, deadlineMs: leaseDeadline, table: 'limits' }),
      rand,
      clock,
      perDay: config.SEGMENTS_PER_DAY,
      tranche: config.SEGMENT_TRANCHE,
    }),
    sender: acsSmsSender(acs, clock),
    playbook: playbookOf(config),
    responders,
    settings: smsSettings(config),
    identity: {
      clock,
      rand,
      log,
      pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      map: identityMap(azureEntityTable({ ...storage, table: 'identities' })),
      provider: acsIdentityProvider({ connection: acs, clock }),
      settings: identitySettings(config),
    },
    iceServers: iceServersOf(config, clock),
    auth: authSettings(config),
    callbacks: callbackSettings(config),
    calls: acsCallControl({ connection: acs, speechEndpoint: config.SPEECH_ENDPOINT }),
    callIndex: callIndex(azureEntityTable({ ...storage, table: 'calls' })),
    recordings: recordingBlobs(storage),
    recordingSource: acsRecordings(acs),
    callSettings: callSettings(config),
    addresses: addressesOf(config),
    ignored: { count: 0 },
  };
}

function playbookOf(config: Config): Playbook {
  const playbook = readPlaybook(config.PLAYBOOK_FILE);
  checkCalls(playbook, config);
  return playbook;
}

function readPlaybook(file: string): Playbook {
  try {
    // Some editors begin a file with a byte-order mark, which JSON does not know.
    return parsePlaybook(JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError('invalid-configuration', `PLAYBOOK_FILE ${file} cannot be read: ${String(cause)}`, { cause });
  }
}

const authSettings = (config: Config): AuthSettings => ({
  issuers: config.OIDC_ISSUER,
  audience: config.OIDC_AUDIENCE,
  rolesClaim: config.OIDC_ROLES_CLAIM,
  roles: { agent: config.OIDC_AGENT_ROLE, admin: config.OIDC_ADMIN_ROLE },
  platform: config.PLATFORM_AUTH && platformAuthenticates(),
});
