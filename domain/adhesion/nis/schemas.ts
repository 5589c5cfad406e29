import { z } from 'zod';
import { civilDate } from '../schemas/fields.ts';
import type { NIS_COMMANDS } from './catalogue.ts';
import { NIS_DUTIES } from './terms.ts';

const RecordNisDuty = z.strictObject({
  duty: z.enum(NIS_DUTIES).describe('REGISTRATION: from 1 January to 28 February; UPDATE: from 15 April to 31 May'),
  on: civilDate.describe("Day on which it was done; of its year's window, or later in that year"),
}).describe('Records what a subject of NIS did at the portal of the ACN (D.Lgs. 138/2024), once a year each');

/** The schema of every command of the subjects of NIS. */
export const NIS_SCHEMAS = { RecordNisDuty } as const satisfies Readonly<Record<keyof typeof NIS_COMMANDS, z.ZodType>>;
