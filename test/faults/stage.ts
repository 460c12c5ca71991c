import { localAccessKey } from '../../local/acs/connection.ts';
import { type DialsHolder, holdDials } from '../../local/acs/dialsHolder.ts';
import { type Acs, startAcs } from '../../local/acs/startAcs.ts';
import { changeDials, defaultDials } from '../../local/dials.ts';
import { type ConversationId, conversationIdOf } from '../../shared/conversations/keys.ts';
import { AppError } from '../../shared/core/errors.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { spansIn } from '../../shared/playbook/spans.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import type { Mutant } from '../simulation/mutant.ts';
import type { UseCases, UseName } from '../simulation/useCases.ts';
import { testSettings } from '../support/smsValues.ts';
import { type Crew, crew, type Ending } from './crew.ts';
import { type Grid, grid } from './grid.ts';
import { type Passing, passing } from './passing.ts';
import { queueHost } from './queueHost.ts';
import { type Eyes, eyesOn } from './seen.ts';
import type { AppServices } from './worker.ts';

/** What an agent's client asks, and asks again with the same key until it is told. */
export interface Asked<T> {
  readonly label: string;
  readonly use: UseName;
  readonly act: (services: AppServices, uses: UseCases) => Promise<T>;
  readonly told?: (answer: T) => void;
}

/** One world in one run: a service number, a subscriber, and time of their own; the account is shared by all runs of a test. */
export interface Stage {
  readonly time: Passing;
  readonly crew: Crew;
  readonly grid: Grid;
  readonly eyes: Eyes;
  readonly acs: Acs;
  readonly dials: DialsHolder;
  readonly settings: SmsSettings;
  readonly account: string;
  readonly service: PhoneNumber;
  readonly subscriber: PhoneNumber;
  readonly conversation: ConversationId;
  /** The subscriber texts us. */
  text(message: string): Promise<void>;
  /** An agent's client asks, and asks again if nobody answers or it is told to. */
  ask<T>(asked: Asked<T>): void;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly account: string;
  readonly mutant?: Mutant | undefined;
}

let stages = 0;

/** Numbers that no other run of this process has. */
function parties() {
  const n = String(stages++ % 10_000).padStart(4, '0');
  return { service: `+1425555${n}` as PhoneNumber, subscriber: `+1206555${n}` as PhoneNumber, name: `s${stages}` };
}

const dialled = { sms: { rateLimits: false }, switches: { hmacDateToleranceMinutes: 0 } };

export async function aStage({ account, mutant }: StageOptions): Promise<Stage> {
  const { service, subscriber, name } = parties();
  const time = passing();
  const settings: SmsSettings = {
    ...testSettings,
    serviceNumbers: new Map([[service, 'long-code']]),
    sendingHours: spansIn('00:00-24:00'),
  };
  const conversation = conversationIdOf(settings.conversationKey, service, subscriber);
  const eyes = eyesOn({ account, conversation, service, clock: time });
  const dials = holdDials(changeDials(defaultDials, dialled));
  const origins = { ...originsOf(account), acs: '' };
  const host: { carried?: ReturnType<typeof queueHost>['carried'] } = {};
  const workers = crew({
    ...{ account, settings, mutant, origins, time, eyes, name },
    carried: async (effect, answer) => host.carried?.(effect, answer),
  });
  const events = grid({ time, crew: workers, eyes });
  Object.assign(host, queueHost({ time, crew: workers, eyes }));
  const acs = await startAcs({
    port: 0,
    numbers: [service],
    accessKey: localAccessKey,
    dials,
    eventGrid: events,
    timers: time.timers,
    log: () => {},
  });
  origins.acs = acs.url;
  return {
    ...{ time, crew: workers, grid: events, eyes, acs, dials, settings, account, service, subscriber, conversation },
    text: async (message) => void (await acs.carrier.text(subscriber, service, message)),
    ask: (asked) => time.start(() => ask(asked, { time, crew: workers }, 0)),
    async close() {
      await workers.close();
      await acs.close();
    },
  };
}

const originsOf = (account: string) =>
  Object.fromEntries(
    [...account.matchAll(/(Blob|Queue|Table)Endpoint=(http:\/\/[^/;]+)/g)].map(([, service = '', origin]) => [
      service.toLowerCase(),
      origin,
    ]),
  ) as Record<'blob' | 'queue' | 'table', string>;

/** As long as a client waits for an answer that does not come, and until it asks again. */
const askedAgainAfter = 31_000;
const patience = 5;

async function ask<T>(
  asked: Asked<T>,
  { time, crew: workers }: Pick<Stage, 'time' | 'crew'>,
  n: number,
): Promise<void> {
  const ending = await workers.call(asked);
  if (ending.type === 'returned') return asked.told?.(ending.value);
  if (isRefusal(ending) || n === patience) return;
  time.after(askedAgainAfter, () => time.start(() => ask(asked, { time, crew: workers }, n + 1)));
}

const isRefusal = (ending: Ending<unknown>): boolean =>
  ending.type === 'threw' && ending.error instanceof AppError && !ending.error.retryable;
