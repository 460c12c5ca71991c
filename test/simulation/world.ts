import { type MemoryEntityTable, memoryEntityTable } from '../../shared/adapters/storage/memoryEntityTable.ts';
import { conversationIdOf } from '../../shared/conversations/keys.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import { subscriber, testSettings } from '../support/smsValues.ts';
import { agenda } from './agenda.ts';
import { readInbox } from './agents.ts';
import { appOn, type Ground } from './app.ts';
import { dice, type Id } from './dice.ts';
import { eventGrid } from './eventGrid.ts';
import { happen } from './happenings.ts';
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
export const beginning = 1_795_485_600_000;
/** Trouble ends so long after the last thing that people did; then everything has to come right by itself. */
const storm = 30 * 60_000;
/** Of a plan whose budget is small. */
const budgetWithin = 60_000;

/** The shipped use cases over tables in memory, with a provider, queues, Event Grid and people who are as the schedule says. */
export function world(schedule: Schedule, tell?: Tell): World {
  const { plan, profile, mutant } = schedule;
  const troubles = new Map<Id, Trouble>();
  const sky = { calm: false };
  const stage = stageOf(schedule, { troubles, sky, tell });
  const seen = ledger();
  const [table, inboxTable] = [memoryEntityTable(), memoryEntityTable()];
  const settings = settingsOf(schedule);
  const workers = crew(stage, plan.clocks, (error) => seen.surprises.push(error));
  const conversation = conversationIdOf(settings.conversationKey, plan.service, subscriber);
  const clock = { run: stage.agenda.now, now: stage.now };
  const tables = { conversations: watched(table, seen, clock), inbox: inboxTable };
  const grid = eventGrid(stage, workers);
  const ground: Ground = { stage, settings, mutant, tables, workers, ledger: seen, profile, plan, conversation, grid };
  const app = appOn(ground);
  for (const happening of plan.happenings) stage.agenda.after(happening.at, () => happen(happening, app));
  return {
    schedule,
    settings,
    ledger: seen,
    table,
    inboxTable,
    troubles,
    step() {
      if (stage.agenda.step()) return true;
      if (sky.calm) return false;
      sky.calm = true;
      readInbox(1, app);
      return true;
    },
  };
}

const settingsOf = ({ plan, profile, mutant }: Schedule): SmsSettings => ({
  ...testSettings,
  ...profile.settings,
  ...(plan.budget && { replyBudget: { replies: plan.budget, within: budgetWithin } }),
  ...mutant?.settings,
});

interface Sky {
  readonly troubles: Map<Id, Trouble>;
  readonly sky: { readonly calm: boolean };
  readonly tell: Tell | undefined;
}

function stageOf({ seed, plan, weather, worded = false }: Schedule, { troubles, sky, tell }: Sky): Stage {
  const time = agenda();
  const calmFrom = (plan.happenings.at(-1)?.at ?? 0) + storm;
  return {
    agenda: time,
    worded: worded || tell !== undefined,
    now: () => beginning + time.now(),
    roll: (id) => dice(seed, id),
    tell: tell && ((who, what) => tell(time.now(), who, what)),
    trouble(id, occasion, label, roll) {
      if (sky.calm || time.now() > calmFrom) return undefined;
      const trouble = weather({ id, occasion, label, roll, at: time.now() });
      if (trouble === undefined) return undefined;
      troubles.set(id, trouble);
      tell?.(time.now(), 'TROUBLE', `${label}: ${trouble.kind}${trouble.ms > 0 ? ` ${trouble.ms / 1_000} s` : ''}`);
      return trouble;
    },
  };
}
