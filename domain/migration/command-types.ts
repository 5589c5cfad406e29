import type { Offer } from '../catalogue/offer.ts';
import type { InnerData } from './commands.ts';
import type { CutoverEngineData } from './cutover/catalogue.ts';
import type { GroundsEngineData } from './grounds/catalogue.ts';
import type { Grounds } from './grounds/terms.ts';
import type { MovingEngineData } from './moving/catalogue.ts';
import type { OperationEngineData } from './operation/catalogue.ts';
import type { PlanEngineData } from './plan/catalogue.ts';
import type { ProvisioningEngineData } from './provisioning/catalogue.ts';
import type { WorkItemsEngineData } from './work-items/catalogue.ts';

/** The opening, with what the adhesion's request kept of the catalogue, and on the full track what it knows itself. */
type OpenMigrationData = InnerData['OpenMigration'] & {
  readonly offered?: Offer | undefined;
  readonly grounds?: Grounds | undefined;
};

/** An update, with the plans that there were when the migration was requested, by which it goes. */
type UpdateServiceData = InnerData['UpdateService'] & { readonly offered?: Pick<Offer, 'plans'> | undefined };

/** Commands of the engine: what the adhesion tells, how effects ended, timers that fall due. */
type EngineData = GroundsEngineData & PlanEngineData & WorkItemsEngineData & ProvisioningEngineData & MovingEngineData & CutoverEngineData & OperationEngineData;

/** Data of every command that the process decides itself. */
export type CommandData = Omit<InnerData, 'OpenMigration' | 'UpdateService'> & { readonly OpenMigration: OpenMigrationData; readonly UpdateService: UpdateServiceData } & EngineData;

export type DecidedType = keyof CommandData;

export type Command<Type extends DecidedType> = { readonly [Key in Type]: { readonly type: Key; readonly data: CommandData[Key] } }[Type];

export type MigrationCommand = Command<DecidedType>;
