import { z } from 'zod';
import { actNumber, civilDate, freeText } from '../../adhesion/schemas/fields.ts';
import type { PLAN_COMMANDS } from './catalogue.ts';
import { CLOUD_LEVELS, DATA_CLASSES } from './terms.ts';

const cents = z.int().min(0).max(1_000_000_000).meta({ format: 'int32', examples: [1250000] });

const ProposePlan = z.strictObject({
  provisioningOn: civilDate.describe('Day on which provisioning is to begin'),
  dataMigrationOn: civilDate.optional().describe('Day on which the data are to be moved; needed where the service moves data'),
  cutoverOn: civilDate.describe('Day on which the service is to go live'),
  rollback: freeText.describe('How each step is undone'),
  costCents: cents.describe('What the comune is to pay, in cents of euro; 0 for a service that is free'),
  dataClass: z.enum(DATA_CLASSES).optional().describe("Class of the data by the ACN's regulation of cloud services; needed where personal data are handled"),
  cloudLevel: z.enum(CLOUD_LEVELS).optional().describe('ACN qualification of the cloud that holds the data; needed where personal data are handled'),
}).describe('Proposes the plan of the migration, or another in place of one that is not approved yet');

const ApprovePlan = z.strictObject({
  actNo: actNumber.describe('Number of the act by which the comune approves the plan'),
  actOn: civilDate.describe('Day of that act'),
}).describe("Records the comune's approval of the plan");

const CommitSpending = z.strictObject({
  actNo: actNumber.describe('Number of the act that commits the spending (art. 183 TUEL)'),
  actOn: civilDate.describe('Day of that act'),
  cents: cents.describe('What it commits, in cents of euro'),
}).describe('Records the spending commitment; provisioning begins once all that its gate needs is there');

/** The schema of every command of the plan. */
export const PLAN_SCHEMAS = { ProposePlan, ApprovePlan, CommitSpending } as const satisfies Readonly<Record<keyof typeof PLAN_COMMANDS, z.ZodType>>;
