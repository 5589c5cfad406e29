import { z } from 'zod';
import { freeText } from '../../adhesion/schemas/fields.ts';
import type { SAGA_COMMANDS } from './catalogue.ts';

const Cancel = z.strictObject({
  reasons: freeText.describe('Why the request is given up'),
}).describe('Gives up a migration that does not operate yet');

/** The schema of every command that takes a migration back. */
export const SAGA_SCHEMAS = { Cancel } as const satisfies Readonly<Record<keyof typeof SAGA_COMMANDS, z.ZodType>>;
