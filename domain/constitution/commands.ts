import { z } from 'zod';
import { actNumber, civilDate, freeText, instant, sha256 } from '../adhesion/schemas/fields.ts';
import { says } from '../shared/says.ts';
import { AUTHORITIES, LEGAL_FORMS } from './legal-form.ts';
import { GATES } from './plan.ts';
import { COMMAND_ROLES } from './roles.ts';
import { AUTHORITY_ANSWERS, DECISIONS, ORGANS } from './terms.ts';
import { THRESHOLD_PRESETS } from './threshold.ts';

const share = z.strictObject({
  numerator: z.int().min(1).max(1_000).describe('Part'),
  denominator: z.int().min(1).max(1_000).describe('Whole'),
}).refine(({ numerator, denominator }) => numerator <= denominator, says('deve essere al più l\'intero', 'must be the whole at most')).describe('A part of the whole, as a fraction');

/** A preset by its name, or numbers of one's own. */
export const ThresholdChoice = z.union([
  z.enum(THRESHOLD_PRESETS).describe('DEFAULT: 2 comuni and 20,000 inhabitants; CONFERENCE_RULE: a third of the comuni and more than half of the inhabitants (L. 56/2014)'),
  z.strictObject({
    minMembers: z.union([z.int().min(1).max(10_000), share]).describe('Comuni at least; a fraction is rounded up'),
    minPopulation: z.union([z.int().min(0).max(100_000_000), share]).describe('Inhabitants at least; of a fraction, more than that'),
  }),
]);

const period = z.strictObject({
  from: civilDate.describe('First day'),
  to: civilDate.describe('Last day: on time until 24:00 in Rome, a holiday or not'),
});
/** Periods of some gates. */
export const PlanChoice = z.strictObject(Object.fromEntries(GATES.map((gate) => [gate, period.optional().describe(gate)])) as Record<(typeof GATES)[number], z.ZodOptional<typeof period>>)
  .meta({ examples: [{ CMM_RESOLUTION: { from: '2026-11-01', to: '2026-11-30' } }] });

const body = z.string().regex(/^c_[a-z]\d{3}$/, says('deve essere il codice IPA di un comune, ad esempio c_a010', 'must be the IPA code of a comune, like c_a010')).meta({ examples: ['c_a010'] });

export const RecordConference = z.strictObject({
  heldOn: civilDate.describe('Day of the session of the Conferenza metropolitana'),
  minutesNo: actNumber.describe('Number of its minutes'),
  sha256: sha256.describe('Digest of the minutes'),
}).describe('Records that project and acts were shown to the conference of the mayors');

export const RecordReceipts = z.strictObject({
  receipts: z.array(z.strictObject({ body: body.describe('IPA code'), deliveredAt: instant.describe('Instant of the delivery receipt of the certified mail') })).min(1).max(1_000)
    .describe('A comune each'),
}).describe('Records receipts of the acts that no adhesion holds: those of the adhesions come by themselves');

export const RecordMetropolitanResolution = z.strictObject({
  resolutionNo: actNumber.describe('Number of the resolution of the metropolitan council'),
  adoptedOn: civilDate.describe('Day of its adoption'),
  sha256: sha256.describe('Digest of its text'),
  immediate: z.boolean().optional().describe('Immediately executable (art. 134 c.4 TUEL)'),
}).describe('Records the resolution of the metropolitan council');

export const RecordMetropolitanPublication = z.strictObject({
  noticeBoardNo: actNumber.describe('Number on the notice board'),
  firstDay: civilDate.describe('First day of publication'),
}).describe('Records its publication, from which its executive day is computed (art. 134 c.3 TUEL)');

export const SubmitToAuthority = z.strictObject({
  authority: z.enum(AUTHORITIES).describe('COURT_OF_AUDITORS: Corte dei conti; COMPETITION_AUTHORITY: AGCM'),
  protocolNo: actNumber.describe('Number of the protocol'),
  sentOn: civilDate.describe('Day on which the authority got the act'),
}).describe('Sends the act that sets up a company to an authority (art. 5 c.3 D.Lgs. 175/2016)');

export const RecordAuthorityAnswer = z.strictObject({
  authority: z.enum(AUTHORITIES).describe('Who answered'),
  answer: z.enum(AUTHORITY_ANSWERS).describe('What the answer was'),
  actNo: actNumber.describe('Number of the act'),
  on: civilDate.describe('Day of the act'),
  reasons: freeText.optional().describe('Why it goes on against an answer that is not favourable (art. 5 c.4)'),
}).describe('Records the answer of an authority');

export const RecordConstitution = z.strictObject({
  repertoryNo: actNumber.describe('Number of the deed in the register'),
  signedOn: civilDate.describe('Day of the constitutive act'),
  sha256: sha256.describe('Digest of the deed'),
}).describe('Records the constitutive act, with which the convention is concluded');

export const AppointOrgan = z.strictObject({
  organ: z.enum(ORGANS).describe('BOARD_OF_DIRECTORS: the board; AUDITOR: the auditor'),
  actNo: actNumber.describe('Number of the act of appointment'),
  actOn: civilDate.describe('Day of the act'),
}).describe('Records the appointment of an organ');

export const AcceptOffice = z.strictObject({
  organ: z.enum(ORGANS).describe('Which organ'),
  acceptedOn: civilDate.describe('Day of the last acceptance'),
}).describe('Records that those appointed accepted');

export const RecordBudget = z.strictObject({
  actNo: actNumber.describe('Number of the act by which the board prepared it'),
  preparedOn: civilDate.describe('Day of the act'),
  year: z.int().min(2000).max(2199).meta({ format: 'int32', examples: [2027] }).describe('Year of the budget'),
  sha256: sha256.describe('Digest of the draft'),
}).describe('Records the draft of the first budget');

export const RecordAuditorsReport = z.strictObject({
  reportNo: actNumber.describe('Number of the report'),
  on: civilDate.describe('Day of the report'),
  outcome: z.enum(AUTHORITY_ANSWERS).describe('What the auditor said'),
  sha256: sha256.describe('Digest of the report'),
}).describe('Records the report of the auditor on the first budget');

export const AdmitLateMember = z.strictObject({
  body: body.describe('IPA code'),
  assemblyActNo: actNumber.describe('Number of the act of the assembly'),
  on: civilDate.describe('Day of the act'),
}).describe('Records that the assembly took in a comune whose resolution came too late for the constitution');

export const DecideMilestone = z.strictObject({
  gate: z.enum(GATES).describe('The gate that was missed, or whose threshold was lost'),
  decision: z.enum(DECISIONS).describe('EXTEND: wait until another day; PROCEED_WITH_THRESHOLD: go on with those there are; STOP: give up'),
  to: civilDate.optional().describe('EXTEND: until which day'),
  threshold: ThresholdChoice.optional().describe('PROCEED_WITH_THRESHOLD: another threshold from here on'),
  reasons: freeText.optional().describe('Why'),
}).describe('Decides on a gate that was missed, or that is in question again');

export const Replan = z.strictObject({
  gates: PlanChoice.describe('New periods of gates that are not reached; the published plan stays beside'),
  reasons: freeText.describe('Why'),
}).describe('Revises the plan; it is never revised by itself');

export const ChangeLegalForm = z.strictObject({
  form: z.enum(LEGAL_FORMS).describe('The form that takes the place of the present one'),
  actNo: actNumber.describe('Number of the act that decided it'),
  on: civilDate.describe('Day of the act'),
  reasons: freeText.describe('Why'),
}).describe('Changes the legal form, and with it the majority of the councils and the authorities to be asked: resolutions for another form do not count');

const RECORDED = { freeText: [] } as const;

/** What callers may send, each with its schema, who may send it, and the paths of free text that the edge puts beside. */
export const ConstitutionCommands = {
  RecordConference: { schema: RecordConference, by: COMMAND_ROLES.RecordConference, ...RECORDED },
  RecordReceipts: { schema: RecordReceipts, by: COMMAND_ROLES.RecordReceipts, ...RECORDED },
  RecordMetropolitanResolution: { schema: RecordMetropolitanResolution, by: COMMAND_ROLES.RecordMetropolitanResolution, ...RECORDED },
  RecordMetropolitanPublication: { schema: RecordMetropolitanPublication, by: COMMAND_ROLES.RecordMetropolitanPublication, ...RECORDED },
  SubmitToAuthority: { schema: SubmitToAuthority, by: COMMAND_ROLES.SubmitToAuthority, ...RECORDED },
  RecordAuthorityAnswer: { schema: RecordAuthorityAnswer, by: COMMAND_ROLES.RecordAuthorityAnswer, freeText: ['reasons'] },
  RecordConstitution: { schema: RecordConstitution, by: COMMAND_ROLES.RecordConstitution, ...RECORDED },
  AppointOrgan: { schema: AppointOrgan, by: COMMAND_ROLES.AppointOrgan, ...RECORDED },
  AcceptOffice: { schema: AcceptOffice, by: COMMAND_ROLES.AcceptOffice, ...RECORDED },
  RecordBudget: { schema: RecordBudget, by: COMMAND_ROLES.RecordBudget, ...RECORDED },
  RecordAuditorsReport: { schema: RecordAuditorsReport, by: COMMAND_ROLES.RecordAuditorsReport, ...RECORDED },
  AdmitLateMember: { schema: AdmitLateMember, by: COMMAND_ROLES.AdmitLateMember, ...RECORDED },
  DecideMilestone: { schema: DecideMilestone, by: COMMAND_ROLES.DecideMilestone, freeText: ['reasons'] },
  Replan: { schema: Replan, by: COMMAND_ROLES.Replan, freeText: ['reasons'] },
  ChangeLegalForm: { schema: ChangeLegalForm, by: COMMAND_ROLES.ChangeLegalForm, freeText: ['reasons'] },
} as const;
