import { z } from 'zod';
import { freeText } from '../../adhesion/schemas/fields.ts';
import type { SUSPENSION_COMMANDS } from './catalogue.ts';

const Suspend = z.strictObject({
  reasons: freeText.describe('Why it is suspended'),
}).describe('Holds the migration up: terms of service levels stand still, those of the law go on');

const Resume = z.strictObject({}).describe('Lets a migration that a party has suspended go on where it was; its terms are computed anew');

/** The schema of every command of the suspension. */
export const SUSPENSION_SCHEMAS = { Suspend, Resume } as const satisfies Readonly<Record<keyof typeof SUSPENSION_COMMANDS, z.ZodType>>;
