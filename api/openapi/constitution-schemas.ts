import { z } from 'zod';
import { PlanChoice, ThresholdChoice } from '../../domain/constitution/commands.ts';
import { AUTHORITIES, LEGAL_FORMS } from '../../domain/constitution/legal-form.ts';
import { GATES } from '../../domain/constitution/plan.ts';
import { THRESHOLD_PRESETS } from '../../domain/constitution/threshold.ts';

/** Members of the answers about a constitution, for the document. */

const day = z.string().max(10).meta({ format: 'date' });
const instant = z.string().max(35).meta({ format: 'date-time' });
const count = z.int().min(0).max(2_147_483_647).meta({ format: 'int32' });
const ipaCode = z.string().regex(/^c_[a-z]\d{3}$/).meta({ examples: ['c_a010'] });
const period = z.object({ from: day, to: day });
const counted = z.object({ members: count, population: count });
const gate = z.enum(GATES);
const MOST_COMUNI = 10_000;

const Gate = z.object({
  gate, state: z.enum(['NOT_YET', 'MET', 'MISSED', 'EXTENDED', 'LATE', 'REOPENED']),
  planned: period.describe('As it was published: it stays, whatever comes'), revised: period.describe('As it was revised last'), extendedTo: day.nullable().describe('Until when it was extended since'), awaitedBy: day.describe('On time until 24:00 in Rome of that day'),
  reachedOn: day.nullable(), delayDays: z.int().min(-100_000).max(100_000).meta({ format: 'int32' }).nullable().describe('Days after the day of the published plan, negative before it'),
  missedOn: day.nullable().describe('The last day that passed without it'), ifMissed: z.enum(['WARN', 'OWN_WINDOW', 'DECIDE']),
  inQuestion: z.boolean().describe('Whether the operator has to decide on it'), inDoubt: z.boolean().describe('Whether a gate before it was missed or opened again'),
}).meta({ id: 'ConstitutionGate', description: 'A dated gate of the path, plan and actual' });

const measure = z.union([count, z.object({ numerator: count, denominator: count })]);
const Threshold = z.object({
  minMembers: measure, minPopulation: measure, preset: z.enum(THRESHOLD_PRESETS).nullable(), required: counted.describe('In whole comuni and inhabitants'), of: counted.describe('All of the territory'),
  adopted: counted.describe('With a resolution, executive or not'), executive: counted.describe('That count'), met: z.boolean(), metOn: day.nullable(), lostAt: instant.nullable(),
}).meta({ id: 'ConstitutionThreshold', description: 'How many comuni and inhabitants it takes, and how many there are' });

export const constitutionLine = {
  state: z.enum(['UNDER_WAY', 'COMPLETED', 'STOPPED']), startedBy: z.string().max(100), startedAt: instant,
  legalForm: z.object({ form: z.enum(LEGAL_FORMS), majority: z.enum(['ABSOLUTE_OF_MEMBERS', 'SIMPLE_OF_VOTERS']), authorities: z.array(z.enum(AUTHORITIES)).max(10) }),
  gates: z.array(Gate).max(GATES.length), threshold: Threshold, territory: z.object({ asOf: day, members: count, population: count }),
  countersignedBy: z.enum(['METROPOLITAN_CITY', 'AGENCY']).describe('Who countersigns conventions: before its constitution the Agency cannot'),
  feesBillable: z.boolean().describe('From the first budget on'), revisions: count.describe('How often the plan was revised'),
};

export const constitutionDetail = {
  evidence: z.looseObject({}).describe('The acts on record'),
  decisions: z.array(z.looseObject({ gate, decision: z.enum(['EXTEND', 'PROCEED_WITH_THRESHOLD', 'STOP']), to: day.nullable() })).max(10_000),
  lateMembers: z.array(z.object({ body: ipaCode, assemblyActNo: z.string().max(50), on: day })).max(MOST_COMUNI), withoutReceipt: z.array(ipaCode).max(MOST_COMUNI).describe('Comuni to which the acts were not delivered yet'), lastReceiptOn: day.nullable(),
  resolutions: z.array(z.object({ body: ipaCode, population: count, adoptedOn: day, executiveOn: day.nullable(), counting: z.enum(['COUNTED', 'OPEN']) })).max(MOST_COMUNI).describe('What the threshold is counted from'),
  policies: z.looseObject({ policyVersion: z.string().max(20), calendarVersion: z.string().max(20) }).describe('By which its dates are computed'),
  members: z.array(z.object({
    body: ipaCode, population: count, adhesion: z.string().max(100).nullable(), form: z.enum(LEGAL_FORMS).nullable().describe('The form that its council was asked for'), receivedOn: day.nullable(), window: period.describe('Its own where it got the acts late'),
    adoptedOn: day.nullable(), resolutionNo: z.string().max(50).nullable(), standing: z.enum(['ADOPTED', 'AMENDED', 'EXECUTIVE', 'SUSPENDED', 'REVOKED', 'ANNULLED']).nullable(), executiveOn: day.nullable(),
    counting: z.enum(['NONE', 'OPEN', 'COUNTED', 'LATE_ADHESION', 'ADMITTED', 'OTHER_FORM', 'LOST']), late: z.boolean().describe('It did not resolve in its window'),
  })).max(MOST_COMUNI),
};

/** What `POST /v1/constitution` takes. */
export const ConstitutionRequest = z.strictObject({
  plan: PlanChoice.optional().describe('Periods of gates that differ from the published programme'),
  threshold: ThresholdChoice.optional().describe('How many comuni and inhabitants it takes; DEFAULT where nothing is said'),
  agencyLegalForm: z.enum(LEGAL_FORMS).optional().describe('A special consortium (art. 31 TUEL) where nothing is said'),
});
