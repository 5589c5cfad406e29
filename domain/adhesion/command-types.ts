import type { BodyType } from '../shared/body-types.ts';
import type { InnerData } from './commands.ts';
import type { ConventionEngineData } from './convention/catalogue.ts';
import type { DeliberationEngineData } from './deliberation/catalogue.ts';
import type { DpaEngineData } from './dpa/catalogue.ts';
import type { LineageEngineData } from './lineage/catalogue.ts';
import type { MandatesEngineData } from './mandates/catalogue.ts';
import type { MembershipEngineData } from './membership/catalogue.ts';
import type { PolicyChoices } from './policies.ts';
import type { ProcessingEngineData } from './processing/catalogue.ts';
import type { RecognitionEngineData } from './recognition/catalogue.ts';
import type { CountedInventories, InventoryName } from './recognition/inventory.ts';
import type { Associable, ReferentsEngineData } from './referents/catalogue.ts';
import type { RemindersEngineData } from './reminders/catalogue.ts';
import type { Offered, ServicesEngineData } from './services/catalogue.ts';

/** The opening as it reaches the process: the edge adds the case's id and the comune's data. */
export interface OpenAdhesionData {
  readonly id: string;
  readonly body: string;
  readonly istatCode: string;
  readonly name?: string | undefined;
  readonly population: number;
  /** Left out: a comune. */
  readonly bodyType?: BodyType | undefined;
  readonly policies?: PolicyChoices | undefined;
}

/** Commands of the engine: timers that fall due, and what a migration tells. */
type EngineData =
  & RecognitionEngineData & DeliberationEngineData & ConventionEngineData & DpaEngineData & ProcessingEngineData & ReferentsEngineData & MandatesEngineData
  & ServicesEngineData & MembershipEngineData & RemindersEngineData & LineageEngineData;

/** Commands to which the edge adds what the process cannot know. */
interface CompletedData {
  readonly OpenAdhesion: OpenAdhesionData;
  readonly SubmitRecognition: Omit<InnerData['SubmitRecognition'], InventoryName> & CountedInventories;
  readonly AppointReferent: InnerData['AppointReferent'] & Associable;
  readonly RequestMigration: InnerData['RequestMigration'] & Offered;
  readonly ReplaceReferent: InnerData['ReplaceReferent'] & Associable;
}

/** Data of every command that the process decides itself (WithdrawFact is the case wrapper's). */
export type CommandData = Omit<InnerData, keyof CompletedData | 'WithdrawFact'> & CompletedData & EngineData;

export type DecidedType = keyof CommandData;

export type Command<Type extends DecidedType> = { readonly [Key in Type]: { readonly type: Key; readonly data: CommandData[Key] } }[Type];

export type AdhesionCommand = Command<DecidedType>;
