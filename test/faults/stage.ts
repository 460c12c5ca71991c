import { localAccessKey } from '../../local/acs/connection.ts';
import { type DialsHolder, holdDials } from '../../local/acs/dialsHolder.ts';
import { type Acs, startAcs } from '../../local/acs/startAcs.ts';
import { changeDials, defaultDials } from '../../local/dials.ts';
import { type ConversationId, conversationIdOf } from '../../shared/conversations/keys.ts';
import { AppError } from '../../shared/core/errors.ts';
import type { PhoneNumber } from '../../shared/core/phoneNumbers.ts';
import { spansIn } from '../../shared/playbook/spans.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import type { UseName } from '../simulation/useCases.ts';
import { testSettings } from '../support/smsValues.ts';
import { type CallDoor, callDoor } from './callDoor.ts';
import { type Line, ring } from './caller.ts';
import { type Commanded, commandsTo } from './commands.ts';
import { type Crew, crew, type Ending } from './crew.ts';
import { type Grid, grid } from './grid.ts';
import { type Passing, passing } from './passing.ts';
import { queueHost } from './queueHost.ts';
import { type Eyes, eyesOn } from './seen.ts';
import type { Mutant, Uses } from './uses.ts';
import type { AppServices } from './worker.ts';

/** What an agent's client asks, and asks again with the same key until it is told. */
export interface Asked<T> {
  readonly label: string;
  readonly use: UseName;
  readonly act: (services: AppServices, uses: Uses) => Promise<T>;
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
  readonly door: CallDoor;
  /** Those of who rang. */
  readonly lines: readonly Line[];
  /** What the provider was commanded about calls, in order. */
  readonly commands: readonly Commanded[];
  /** The subscriber texts us. */
  text(message: string): Promise<void>;
  /** The subscriber calls us, and answers what was heard last by a key; who knows no answer hangs up. */
  ring(answers: Readonly<Record<string, string>>): Promise<void>;
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
  const beside: { acs?: Acs } = {};
  const time = passing(async () => beside.acs?.caughtUp());
  const settings: SmsSettings = {
    ...testSettings,
    serviceNumbers: new Map([[service, 'long-code']]),
    sendingHours: spansIn('00:00-24:00'),
  };
  const conversation = conversationIdOf(settings.conversationKey, service, subscriber);
  const eyes = eyesOn({ account, conversation, service, clock: time });
  const commands = commandsTo({ account, conversation, eyes });
  const lines: Line[] = [];
  const dials = holdDials(changeDials(defaultDials, dialled));
  const origins = { ...originsOf(account), acs: '' };
  const door = await callDoor(() => ({ time, crew: workers }));
  const host: { carried?: ReturnType<typeof queueHost>['carried'] } = {};
  const workers = crew({
    ...{ account, settings, mutant, origins, time, eyes, name, publicUrl: door.url },
    async carried(effect, answer) {
      await commands.carried(effect, answer);
      await host.carried?.(effect, answer);
    },
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
  beside.acs = acs;
  return {
    ...{
      time,
      crew: workers,
      grid: events,
      eyes,
      acs,
      door,
      lines,
      dials,
      settings,
      account,
      service,
      subscriber,
      conversation,
    },
    text: async (message) => void (await acs.carrier.text(subscriber, service, message)),
    commands: commands.taken,
    async ring(answers) {
      lines.push(await ring({ acs: acs.url, time, from: subscriber, to: service, answers }));
    },
    ask: (asked) => time.start(() => ask(asked, { time, crew: workers }, 0)),
    async close() {
      await workers.close();
      door.close();
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
