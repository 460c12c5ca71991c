import type { EntityTable, Operation } from '../../shared/adapters/storage/entityTable.ts';
import type { Mutant } from './mutant.ts';
import type { ProfileName } from './profiles.ts';

/** A rule taken away, and the weather in which that must be seen. */
export interface Doomed extends Mutant {
  readonly profile: ProfileName;
  /** One of the rules of the judge that it breaks. */
  readonly breaks: string;
}

const blind = (operation: Operation): Operation =>
  operation.type === 'replace' ? { type: 'replace', row: operation.row, columns: operation.columns } : operation;

const withoutETags = (table: EntityTable): EntityTable => ({
  ...table,
  transact: (partition, operations) => table.transact(partition, operations.map(blind)),
});

/** What each rule of the protocol is for, told by what happens without it. */
export const mutants: readonly Doomed[] = [
  {
    name: 'writes that do not ask whether anything has changed',
    profile: 'twins',
    breaks: 'consent is the latest word, by the service’s time',
    table: withoutETags,
  },
  {
    name: 'a new id for each try',
    profile: 'mid',
    breaks: 'nothing leaves twice',
    services: (services) => ({
      ...services,
      sender: {
        send: (sms, deadline) =>
          services.sender.send(
            { ...sms, repeatabilityId: services.rand.token(), firstSentAt: services.clock.now() },
            deadline,
          ),
      },
    }),
  },
  {
    name: 'a provider that is trusted to remember for ever',
    profile: 'never',
    breaks: 'nothing leaves twice',
    settings: { ambiguousSends: 'always' },
  },
  {
    name: 'wakes that never come',
    profile: 'mid',
    breaks: 'every message comes to an end',
    services: (services) => ({ ...services, wakes: { ...services.wakes, arm: async () => {} } }),
  },
  {
    name: 'an inbox that is never told',
    profile: 'low',
    breaks: 'the inbox shows the conversation where its head says',
    services: (services) => ({ ...services, inbox: { ...services.inbox, move: async () => {} } }),
  },
  {
    name: 'reports that are thrown away',
    profile: 'low',
    breaks: 'what the carrier reports is kept',
    useCases: () => ({ recordDelivery: async () => {} }),
  },
];
