import { conversationStore } from '../../shared/adapters/storage/conversationStore.ts';
import type { EntityTable } from '../../shared/adapters/storage/entityTable.ts';
import { erasure } from '../../shared/adapters/storage/erasure.ts';
import { inbox } from '../../shared/adapters/storage/inbox.ts';
import { memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { segmentLedger } from '../../shared/adapters/storage/segmentLedger.ts';
import { timeline } from '../../shared/adapters/storage/timeline.ts';
import { standing } from '../../shared/conversations/head.ts';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import { statusOf } from '../../shared/conversations/status.ts';
import type { Wake, WakeQueue } from '../../shared/conversations/wakeQueue.ts';
import { AppError } from '../../shared/core/errors.ts';
import type { LogFields } from '../../shared/core/logger.ts';
import { type Ticks, ticksOf } from '../../shared/core/time.ts';
import { parsePlaybook } from '../../shared/playbook/playbook.ts';
import type { Responder } from '../../shared/playbook/responder.ts';
import { spansIn } from '../../shared/playbook/spans.ts';
import { receiveSms } from '../../shared/sms/receiveSms.ts';
import { settle } from '../../shared/sms/settle.ts';
import type { OutgoingSms, SendOutcome, SmsSender } from '../../shared/sms/smsSender.ts';
import type { SmsServices, SmsSettings } from '../../shared/sms/smsServices.ts';
import { wakeUp } from '../../shared/sms/wakeUp.ts';
import { local, subscriber, testSettings } from './smsValues.ts';

export const start = 1_795_485_600_000;

/** What the provider does with a send: an outcome, or nothing for ever, as when our process dies. */
export type Behaviour = SendOutcome | 'hang';

export interface SmsWorldOptions {
  readonly settings?: Partial<SmsSettings>;
  readonly responders?: readonly Responder[];
  readonly playbook?: unknown;
  /** Segments of a day. */
  readonly perDay?: number;
}

const playbook = {
  business: { name: 'Test Bakery', timeZone: 'America/Los_Angeles' },
  sms: {
    rules: [{ name: 'hours', when: { keyword: ['hours'] }, reply: 'We are open 9 to 5.' }],
    fallback: 'Sorry?',
    stopConfirmation: 'You will get no more texts.',
    startConfirmation: 'Welcome back.',
    help: 'Test Bakery. Text STOP to stop.',
  },
};

/** The SMS use cases over tables in memory, a provider that does as it is told, and a clock that stands until it is moved. */
export function smsWorld(options: SmsWorldOptions = {}) {
  let now = start;
  let tokens = 0;
  const table = memoryEntityTable();
  const inboxTable = memoryEntityTable();
  const trouble: Trouble = { conversations: [], wakes: [] };
  const sent: OutgoingSms[] = [];
  const behaviours: Behaviour[] = [];
  const wakes: ArmedWake[] = [];
  const settling: ArmedWake[] = [];
  const logged: (LogFields & { event: string })[] = [];

  const arm = (queue: ArmedWake[]) => async (wake: Wake, at: number) => {
    if (trouble.wakes.shift() === 'fail') throw new AppError('storage-failed', 'The queue does not answer.');
    queue.push({ wake, at });
  };
  const wakeQueue: WakeQueue = { arm: arm(wakes), armSettling: arm(settling) };
  const sender: SmsSender = {
    async send(sms) {
      sent.push(sms);
      const behaviour = behaviours.shift() ?? { type: 'accepted', providerId: `Outgoing_${sent.length}` };
      return behaviour === 'hang' ? new Promise<never>(() => {}) : behaviour;
    },
  };
  const clock = { now: () => now };
  const rand = { token: () => `token-${++tokens}`, fraction: () => 0.5 };
  const services: SmsServices = {
    store: conversationStore(troubled(table, trouble)),
    inbox: inbox(inboxTable),
    erasure: erasure(troubled(table, trouble)),
    wakes: wakeQueue,
    sender,
    allowance: segmentLedger({ table: memoryEntityTable(), rand, clock, perDay: options.perDay ?? 5_000, tranche: 50 }),
    playbook: parsePlaybook(options.playbook ?? playbook),
    responders: options.responders ?? [],
    clock,
    rand,
    log: (_, event, fields = {}) => logged.push({ event, ...fields }),
    // Whatever the time of the day: stories are about something else.
    settings: { ...testSettings, sendingHours: spansIn('00:00-24:00'), ...options.settings },
  };
  const conversation = conversationIdOf(services.settings.conversationKey, local, subscriber);
  const firstSent = new Map<string, Ticks>();
  /** A text arrives; one of the same id is the same text again, of the same time. */
  const text = (message: string, { id = message, at = firstSent.get(id) ?? ticksOf(now) }: Texted = {}) => {
    firstSent.set(id, at);
    return receiveSms({ messageId: id, service: local, subscriber, text: message, at }, services);
  };

  /** Moves the clock, answering wakes at their time; each is answered once, as a queue does when nothing fails. */
  async function advance(ms: number): Promise<void> {
    const end = now + ms;
    for (let due = nextDue(wakes, end); due !== undefined; due = nextDue(wakes, end)) {
      now = Math.max(now, due.at);
      await wakeUp(due.wake, services);
    }
    now = end;
  }

  return {
    services,
    conversation,
    sent,
    behaviours,
    wakes,
    settling,
    logged,
    trouble,
    table,
    inboxTable,
    text,
    advance,
    /** A text whose process dies while its reply is being sent. */
    async textAndDie(message: string) {
      behaviours.unshift('hang');
      void text(message);
      await settled();
    },
    settled,
    settleWake: (wake: Wake) => settle(wake, services),
    now: () => now,
    /** The head of a conversation that stands. */
    head: async () => standing((await services.store.head(conversation))?.value),
    /** Latest first: what was said and where it stands. */
    async timeline() {
      const { items } = await timeline(table).entries(conversation, 100);
      return items.map((entry) => {
        if (entry.direction === 'call') return ['call', entry.outcome ?? 'lasts'];
        return entry.direction === 'inbound' ? ['inbound', entry.text] : [statusOf(entry), entry.text];
      });
    },
    async outbound() {
      const { items } = await timeline(table).entries(conversation, 100);
      return items.filter((entry) => entry.direction === 'outbound');
    },
  };
}

interface Texted {
  readonly id?: string;
  readonly at?: Ticks;
}

interface ArmedWake {
  readonly wake: Wake;
  readonly at: number;
}

/** What happens to the next requests: `fail` refuses one, `lose` does it and fails, `echo` does it twice, as the SDK does when an answer is lost. */
interface Trouble {
  readonly conversations: ('fail' | 'lose' | 'echo' | 'none')[];
  readonly wakes: ('fail' | 'none')[];
}

function troubled(table: EntityTable, trouble: Trouble): EntityTable {
  return {
    ...table,
    async transact(partition, operations) {
      const kind = trouble.conversations.shift();
      if (kind === 'fail') throw new AppError('storage-failed', 'The table does not answer.');
      const result = await table.transact(partition, operations);
      if (kind === 'lose') throw new AppError('storage-failed', 'The answer was lost.');
      return kind === 'echo' ? table.transact(partition, operations) : result;
    },
  };
}

function nextDue(wakes: ArmedWake[], end: number): ArmedWake | undefined {
  const due = wakes.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
  if (due !== undefined) wakes.splice(wakes.indexOf(due), 1);
  return due;
}

/** Everything that can go on has gone on: the memory world waits for nothing but its own promises. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
