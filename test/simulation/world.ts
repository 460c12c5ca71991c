import { type MemoryEntityTable, memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import { subscriber, testSettings } from '../support/smsValues.ts';
import { agenda } from './agenda.ts';
import { appOn } from './app.ts';
import { dice, type Id } from './dice.ts';
import { eventGrid } from './eventGrid.ts';
import { happen, readInbox } from './happenings.ts';
import { type Ledger, ledger, watched } from './ledger.ts';
import type { Mutant } from './mutant.ts';
import type { Plan } from './plan.ts';
import { crew } from './processes.ts';
import type { Profile } from './profiles.ts';
import type { Stage } from './stage.ts';
import type { Trouble } from './troubles.ts';
import type { Weather } from './weather.ts';

/** One run, wholly told: the same schedule always runs the same. */
export interface Schedule {
  readonly seed: number;
  readonly profile: Profile;
  readonly plan: Plan;
  readonly weather: Weather;
  readonly mutant?: Mutant | undefined;
  /** The weather looks at labels, so they have to be made. */
  readonly worded?: boolean;
}

/** Hears a line of the story: milliseconds since the run began, who, and what. */
export type Tell = (at: number, who: string, what: string) => void;

/** A run on its way. */
export interface World {
  readonly schedule: Schedule;
  readonly settings: SmsSettings;
  readonly ledger: Ledger;
  readonly table: MemoryEntityTable;
  readonly inboxTable: MemoryEntityTable;
  /** What went wrong so far. */
  readonly troubles: ReadonlyMap<Id, Trouble>;
  /** Lets the next thing happen; `false` once all is quiet and a reader has looked at the inbox. */
  step(): boolean;
}

/** When each run begins, milliseconds since 1970. */
const beginning = 1_795_485_600_000;
/** Trouble ends so long after the last thing that people did; then everything has to come right by itself. */
const storm = 30 * 60_000;

/** The shipped use cases over tables in memory, with a provider, queues, Event Grid and people who are as the schedule says. */
export function world(schedule: Schedule, tell?: Tell): World {
  const { plan, profile, mutant } = schedule;
  const time = agenda();
  const troubles = new Map<Id, Trouble>();
  const seen = ledger();
  const calmFrom = (plan.happenings.at(-1)?.at ?? 0) + storm;
  const settings: SmsSettings = {
    ...testSettings,
    ...profile.settings,
    ...(plan.budget && { replyBudget: { replies: plan.budget, within: 60_000 } }),
    ...mutant?.settings,
  };
  let reading = false;
  const stage: Stage = {
    agenda: time,
    worded: tell !== undefined || schedule.worded === true,
    now: () => beginning + time.now(),
    roll: (id) => dice(schedule.seed, id),
    tell: tell && ((who, what) => tell(time.now(), who, what)),
    trouble(id, occasion, label, roll) {
      if (reading || time.now() > calmFrom) return undefined;
      const trouble = schedule.weather({ id, occasion, label, roll });
      if (trouble === undefined) return undefined;
      troubles.set(id, trouble);
      tell?.(time.now(), 'TROUBLE', `${label}: ${trouble.kind}${trouble.ms > 0 ? ` ${trouble.ms / 1_000} s` : ''}`);
      return trouble;
    },
  };
  const table = memoryEntityTable();
  const inboxTable = memoryEntityTable();
  const workers = crew(stage, plan.clocks, (error) => seen.surprises.push(error));
  const conversation = conversationIdOf(settings.conversationKey, plan.service, subscriber);
  const clock = { run: time.now, now: stage.now };
  const reach = {
    stage,
    workers,
    settings,
    ledger: seen,
    profile,
    plan,
    mutant,
    conversation,
    grid: eventGrid(stage, workers),
    tables: { conversations: watched(table, seen, clock), inbox: inboxTable },
  };
  const app = appOn(reach);
  for (const happening of plan.happenings) time.after(happening.at, () => happen(happening, app));
  return {
    schedule,
    settings,
    ledger: seen,
    table,
    inboxTable,
    troubles,
    step() {
      if (time.step()) return true;
      if (reading) return false;
      reading = true;
      readInbox(1, app);
      return true;
    },
  };
}
