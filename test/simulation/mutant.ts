import type { EntityTable } from '../../shared/adapters/storage/entityTable.ts';
import type { SmsSettings } from '../../shared/sms/smsServices.ts';
import type { Services, UseCases, UseName } from './useCases.ts';

/** A rule of the protocol taken away, from outside: by a setting, or by what stands between the use cases and their ports. */
export interface Mutant {
  readonly name: string;
  readonly settings?: Partial<SmsSettings>;
  /** Stands between the stores and each table. */
  readonly table?: (table: EntityTable, use: UseName) => EntityTable;
  /** Stands between one call of a use case and its ports. */
  readonly services?: (services: Services, use: UseName) => Services;
  /** Stands in the place of use cases. */
  readonly useCases?: (shipped: UseCases) => Partial<UseCases>;
}
