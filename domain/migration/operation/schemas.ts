import { z } from 'zod';
import type { OPERATION_COMMANDS } from './catalogue.ts';

const CloseMigration = z.strictObject({
  closedOn: z.iso.date().describe('Day on which the migration was closed'),
}).describe('Closes the migration of a service in operation');

/** The schema of every command of this area. */
export const OPERATION_SCHEMAS = { CloseMigration } as const satisfies Readonly<Record<keyof typeof OPERATION_COMMANDS, z.ZodType>>;
