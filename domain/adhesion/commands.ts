import type { z } from 'zod';
import type { WithTextRefs } from '../shared/text-ref.ts';
import { COMMAND_CATALOGUE, COMMAND_TYPES, type CommandType } from './catalogue.ts';
import { CONVENTION_SCHEMAS } from './convention/schemas.ts';
import { DELIBERATION_SCHEMAS } from './deliberation/schemas/index.ts';
import { DPA_SCHEMAS } from './dpa/schemas.ts';
import { DUES_SCHEMAS } from './dues/schemas.ts';
import { MANDATES_SCHEMAS } from './mandates/schemas.ts';
import { MEMBERSHIP_SCHEMAS } from './membership/schemas.ts';
import { NIS_SCHEMAS } from './nis/schemas.ts';
import { PROCESSING_SCHEMAS } from './processing/schemas.ts';
import { RECOGNITION_SCHEMAS } from './recognition/schemas/index.ts';
import { REFERENTS_SCHEMAS } from './referents/schemas.ts';
import { CorrectFact, WithdrawFact } from './schemas/correction.ts';
import { CloseAdhesion, OpenAdhesion } from './schemas/opening.ts';
import { SERVICES_SCHEMAS } from './services/schemas.ts';

const SCHEMAS = {
  OpenAdhesion,
  ...RECOGNITION_SCHEMAS,
  ...DELIBERATION_SCHEMAS,
  ...CONVENTION_SCHEMAS,
  ...DPA_SCHEMAS,
  ...PROCESSING_SCHEMAS,
  ...REFERENTS_SCHEMAS,
  ...NIS_SCHEMAS,
  ...MANDATES_SCHEMAS,
  ...SERVICES_SCHEMAS,
  ...MEMBERSHIP_SCHEMAS,
  ...DUES_SCHEMAS,
  CorrectFact,
  WithdrawFact,
  CloseAdhesion,
} as const satisfies Readonly<Record<CommandType, z.ZodType<object>>>;

/** Which schema goes with which name, which `Object.fromEntries` forgets. */
type EdgeCommands = { readonly [Type in CommandType]: (typeof COMMAND_CATALOGUE)[Type] & { readonly schema: (typeof SCHEMAS)[Type] } };

/** The edge: each command with the schema of its outer data, who may send it, and the paths of its free texts. */
export const AdhesionCommands = Object.fromEntries(
  COMMAND_TYPES.map((type) => [type, { ...COMMAND_CATALOGUE[type], schema: SCHEMAS[type] }]),
) as unknown as EdgeCommands;

/** What a client sends, by command. */
export type OuterData = { readonly [Type in CommandType]: Readonly<z.output<(typeof SCHEMAS)[Type]>> };

/** The same with free texts replaced by references: what reaches the process. */
export type InnerData = {
  readonly [Type in CommandType]: WithTextRefs<OuterData[Type], (typeof COMMAND_CATALOGUE)[Type]['freeText'][number]>;
};
