import type { z } from 'zod';
import { ADHESION_COMPUTATIONS } from '../../domain/adhesion/computations.ts';
import { isClosed, viewAdhesion, type AdhesionState } from '../../domain/adhesion/index.ts';
import { AdhesionCommands } from '../../domain/adhesion/commands.ts';
import type { InventoryName } from '../../domain/adhesion/recognition/inventory.ts';
import { isEndedMigration, viewMigration, type MigrationState } from '../../domain/migration/index.ts';
import { CAMPAIGN_COMPUTATIONS } from '../../domain/campaign/computations.ts';
import { CampaignCommands } from '../../domain/campaign/commands.ts';
import { CONSTITUTION_COMPUTATIONS } from '../../domain/constitution/computations.ts';
import { ConstitutionCommands } from '../../domain/constitution/commands.ts';
import { lineOfConstitution, viewConstitution, type ConstitutionState } from '../../domain/constitution/index.ts';
import { lineOfCampaign, refusalsIn, viewCampaign, viewForField, type CampaignState } from '../../domain/campaign/index.ts';
import { MigrationCommands } from '../../domain/migration/commands.ts';
import type { Computation } from '../../domain/shared/computation.ts';
import type { Role } from '../../domain/shared/actor.ts';
import type { Instant } from '../../domain/shared/civil-date.ts';
import type { KeptReason } from '../../domain/shared/reason.ts';

/** What the edge knows of a command: the schema of its outer data, who may send it, where its free texts are. */
export interface CommandSpec {
  readonly schema: z.ZodType<object>;
  readonly by: readonly Role[];
  readonly freeText: readonly string[];
  /** Members of the data that are stored beside as documents. */
  readonly inventories?: readonly InventoryName[] | undefined;
}

/** A kind of case that the interface shows: the same routes for each. */
export interface CaseKind {
  readonly name: 'adhesion' | 'migration' | 'campaign' | 'constitution';
  readonly path: string;
  /** Commands that `POST …/commands` takes. */
  readonly commands: Readonly<Record<string, CommandSpec>>;
  /** The case as readers see it; undefined where the stream holds nothing that is a case yet. */
  view(state: object, now: Instant): object | undefined;
  /** As far as one field of it goes, where the whole view of each version would be too much. */
  viewForField?(state: object, field: string): object | undefined;
  /** How fields of the view follow from others. */
  readonly computations: readonly Computation[];
  /** Why an event's acts on other cases were refused, by their bodies. */
  refusalsIn?(event: { readonly type: string; readonly data: object }): ReadonlyMap<string, readonly KeptReason[]>;
  /** The case as a list shows it, where that is less. */
  line?(state: object): object | undefined;
  /** True when the case is at its end, so that the next one may begin. */
  isClosed(state: object): boolean;
}

/** The openings are not for callers: what they need beside the caller's data is known to the edge or to the adhesion. */
const { OpenAdhesion: _opened, ...adhesionCommands } = AdhesionCommands;
const { OpenMigration: _told, ...migrationCommands } = MigrationCommands;

export const ADHESION: CaseKind = {
  name: 'adhesion',
  path: '/v1/adhesions',
  commands: adhesionCommands,
  // States come from the fold of this very process (or from its snapshot, by number of the state's shape).
  view: (state, now) => ((state as AdhesionState).opening === null ? undefined : viewAdhesion(state as AdhesionState, now)),
  computations: ADHESION_COMPUTATIONS,
  isClosed: (state) => isClosed(state as AdhesionState),
};

export const MIGRATION: CaseKind = {
  name: 'migration',
  path: '/v1/migrations',
  commands: migrationCommands,
  view: (state, now) => ((state as MigrationState).migration === null ? undefined : viewMigration(state as MigrationState, now)),
  computations: [],
  isClosed: (state) => isEndedMigration(state as MigrationState),
};

/** Its opening is `POST /v1/campaigns`. */
export const CAMPAIGN: CaseKind = {
  name: 'campaign',
  path: '/v1/campaigns',
  commands: CampaignCommands,
  view: (state) => ((state as CampaignState).campaign === null ? undefined : viewCampaign(state as CampaignState)),
  viewForField: (state, field) => ((state as CampaignState).campaign === null ? undefined : viewForField(state as CampaignState, field)),
  computations: CAMPAIGN_COMPUTATIONS,
  refusalsIn,
  line: (state) => ((state as CampaignState).campaign === null ? undefined : lineOfCampaign(state as CampaignState)),
  isClosed: (state) => ['COMPLETED', 'CANCELLED'].includes((state as CampaignState).campaign?.state ?? ''),
};

/** Its start is `POST /v1/constitution`. */
export const CONSTITUTION: CaseKind = {
  name: 'constitution',
  path: '/v1/constitution',
  commands: ConstitutionCommands,
  view: (state, now) => ((state as ConstitutionState).constitution === null ? undefined : viewConstitution(state as ConstitutionState, now)),
  computations: CONSTITUTION_COMPUTATIONS,
  line: (state) => ((state as ConstitutionState).constitution === null ? undefined : lineOfConstitution(state as ConstitutionState)),
  // One that all gates have reached still hears of its comuni: only one that was given up makes room for the next.
  isClosed: (state) => (state as ConstitutionState).constitution?.stoppedAt !== null,
};

export function streamOf(kind: CaseKind, id: string): string {
  return `${kind.name}/${id}`;
}
