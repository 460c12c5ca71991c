import type { EntityTable, Operation } from '../../../shared/adapters/storage/entityTable.ts';
import type { ConversationStore } from '../../../shared/conversations/conversationStore.ts';
import type { Mutant } from '../mutant.ts';
import type { ProfileName } from '../profiles.ts';
import type { Services, UseName } from '../useCases.ts';

/** A rule taken away, and the weather in which that must be seen. */
export interface Doomed extends Mutant {
  readonly profile: ProfileName;
  /** One of the rules of the judge that it breaks. */
  readonly breaks: string;
  /** Within so many schedules; absent where chance alone would take too long, and a told story has to show it. */
  readonly within?: number;
}

/** A mutant of the store, in some use cases or in all. */
export const ofStore =
  (change: (store: ConversationStore, services: Services) => Partial<ConversationStore>, uses?: readonly UseName[]) =>
  (services: Services, use: UseName): Services =>
    uses === undefined || uses.includes(use)
      ? { ...services, store: { ...services.store, ...change(services.store, services) } }
      : services;

/** A mutant of every write to a table. */
export const ofWrites =
  (change: (operation: Operation) => Operation) =>
  (table: EntityTable): EntityTable => ({
    ...table,
    transact: (partition, operations) => table.transact(partition, operations.map(change)),
  });

/** Thrown to leave a use case early, as if it had come to its end. */
const leave = new Error('This mutant ends here.');

export function leaving(): never {
  throw leave;
}

/** The use case, which may be left early. */
export const left =
  <Arguments extends readonly unknown[]>(use: (...given: Arguments) => Promise<void>) =>
  (...given: Arguments): Promise<void> =>
    use(...given).catch((error: unknown) => {
      if (error !== leave) throw error;
    });
