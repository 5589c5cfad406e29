import { z } from 'zod';
import type { WithTextRefs } from '../shared/text-ref.ts';
import { COMMAND_CATALOGUE, COMMAND_TYPES, type CommandType } from './catalogue.ts';
import { CHANGES_SCHEMAS } from './changes/schemas.ts';
import { CUTOVER_SCHEMAS } from './cutover/schemas.ts';
import { FEASIBILITY_SCHEMAS } from './feasibility/schemas.ts';
import { MOVING_SCHEMAS } from './moving/schemas.ts';
import { OPERATION_SCHEMAS } from './operation/schemas.ts';
import { parametersSchema } from './schemas/parameters.ts';
import { PLAN_SCHEMAS } from './plan/schemas.ts';
import { PROVISIONING_SCHEMAS } from './provisioning/schemas.ts';
import { SAGA_SCHEMAS } from './saga/schemas.ts';
import { SUSPENSION_SCHEMAS } from './suspension/schemas.ts';
import { WORK_ITEMS_SCHEMAS } from './work-items/schemas.ts';

const id = z.string().min(1).max(100);

const OpenMigration = z.strictObject({
  id: id.describe('Id of the migration, e.g. c_a010-1.TRAINING'),
  adhesion: id.describe('Id of the adhesion that it belongs to'),
  body: id.describe('IPA code of the member'),
  service: id.describe('Service of the catalogue'),
  plan: id.describe('Plan of that service'),
  parameters: parametersSchema.describe("Parameters by the plan's JSON Schema"),
}).describe('Opens a migration; told by the adhesion');

const SCHEMAS = {
  OpenMigration,
  ...FEASIBILITY_SCHEMAS,
  ...PLAN_SCHEMAS,
  ...WORK_ITEMS_SCHEMAS,
  ...PROVISIONING_SCHEMAS,
  ...MOVING_SCHEMAS,
  ...CUTOVER_SCHEMAS,
  ...SUSPENSION_SCHEMAS,
  ...SAGA_SCHEMAS,
  ...CHANGES_SCHEMAS,
  ...OPERATION_SCHEMAS,
} as const satisfies Readonly<Record<CommandType, z.ZodType<object>>>;

/** Which schema goes with which name, which `Object.fromEntries` forgets. */
type EdgeCommands = { readonly [Type in CommandType]: (typeof COMMAND_CATALOGUE)[Type] & { readonly schema: (typeof SCHEMAS)[Type] } };

/** The edge: each command with the schema of its outer data, who may send it, and the paths of its free texts. */
export const MigrationCommands = Object.fromEntries(
  COMMAND_TYPES.map((type) => [type, { ...COMMAND_CATALOGUE[type], schema: SCHEMAS[type] }]),
) as unknown as EdgeCommands;

/** What reaches the process of a command: its outer data with free texts replaced by references. */
export type InnerData = {
  readonly [Type in CommandType]: WithTextRefs<Readonly<z.output<(typeof SCHEMAS)[Type]>>, (typeof COMMAND_CATALOGUE)[Type]['freeText'][number]>;
};
