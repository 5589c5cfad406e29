import { z } from 'zod';
import { READINGS } from '../readings.ts';
import { BODY_CODE } from '../../shared/body-code.ts';
import { says } from '../../shared/says.ts';
import { civilDate, freeText, headCount } from './fields.ts';

const days = z.int().min(0).max(365).meta({ format: 'int32' });

const months = z.int().min(0).max(120).meta({ format: 'int32' });

const hours = z.int().min(0).max(240).meta({ format: 'int32' });

const Window = z.strictObject({
  from: civilDate.describe('First day on which the council is expected to resolve'),
  to: civilDate.describe('Last day; after it the case is late'),
}).refine(({ from, to }) => from <= to, { ...says('precede il primo giorno della finestra', 'comes before the first day of the window'), path: ['to'] });

export const PolicyChoices = z.strictObject({
  executivity: z.enum(READINGS.executivity).describe('Reading of the ten days of art. 134 c.3 TUEL'),
  publicationCount: z.enum(READINGS.publicationCount).describe('Whether the first of the 15 days of art. 124 TUEL counts'),
  interruptionShifts: z.boolean().describe('Whether an outage of the notice board moves the executive day'),
  saturdayRolls: z.boolean().describe('Whether terms for doing an act roll off Saturdays'),
  agencyLegalForm: z.enum(READINGS.agencyLegalForm).describe("The Agency's legal form"),
  majority: z.enum(READINGS.majority).describe('Majority of the resolution; follows the legal form'),
  abstentions: z.enum(READINGS.abstentions).describe('Whether those who abstain count as voters'),
  councillors: headCount.min(1).describe('Members of the organ without who presides it; default, of a comune alone, by population'),
  quorum: z.strictObject({
    first: headCount.min(1).describe('In a first call'),
    second: headCount.min(1).describe('In a second call'),
  }).partial().nullable().describe('Councillors who must be present, the mayor not counted, by the regulation of the council; a third of them at least (art. 38 c.2 TUEL), which is the default'),
  maxAttempts: z.int().min(1).max(20).meta({ format: 'int32' }).describe('How often the proposal may come before the council'),
  conventionYears: z.int().min(1).max(30).meta({ format: 'int32' }).describe('Duration of the convention; three years at least of a comune of up to 5,000 inhabitants (art. 14 c.31-bis D.L. 78/2010)'),
  nisSubject: z.boolean().describe('Whether the body is a subject of NIS (D.Lgs. 138/2024); default by population'),
  notice: z.strictObject({
    ordinaryDays: days.describe('Days of notice of an ordinary session'),
    extraordinaryDays: days.describe('Days of notice of an extraordinary session'),
    urgentHours: z.int().min(1).max(240).meta({ format: 'int32' }).describe('Hours of notice of an urgent session'),
    clearDays: z.boolean().describe('Whether neither the day of delivery nor that of the session counts'),
  }).partial().describe('Notice of a session, by the regulation of the council'),
  window: Window.nullable().describe('Window in which the council is expected to resolve; null: never late'),
  slaDays: z.strictObject({
    receipt: days.describe('Working days from sending to receipt'),
    opinions: days.describe('Working days from receipt to the opinions of art. 49 TUEL'),
    auditors: days.describe("Days from those to the auditors' opinion"),
    publication: days.describe('Days from adoption to publication'),
    transmission: days.describe('Working days from executivity to transmission'),
    acceptance: days.describe('Working days from transmission to acceptance'),
    countersignature: days.describe("Working days from the member's signature to the Agency's"),
    registration: days.describe('Working days from conclusion to registration'),
    appointmentAcceptance: days.describe('Days from an appointment to its acceptance'),
  }).partial().describe('Service levels'),
  reminders: z.strictObject({
    beforeWindowEnd: z.array(days).max(10).describe('Days before the end of the window, each a reminder'),
    publication: days.describe('Days after adoption without publication: a reminder'),
    publicationEscalation: days.describe('The same: an escalation'),
    acceptance: days.describe('Days after an appointment without acceptance: a reminder'),
    acceptanceEscalation: days.describe('The same: an escalation'),
    conventionEnd: days.describe('Days before the last day of a convention that nobody renewed: an escalation'),
    lateEvery: days.min(1).describe('Days between two reminders of a case that is late by its window'),
    beforeConfirmation: z.array(days).max(10).describe('Days before the last day to confirm the referents, each a reminder'),
    certificate: days.nullable().describe('Days from the executive day without a certificate: a reminder; null: none'),
    dpaSignature: days.nullable().describe("Days from the text of the data processing agreement without the member's signature: a reminder; null: none"),
    dataReturn: days.nullable().describe('Days from the end of the convention without the return of the data: a reminder; null: none'),
    dpoContact: days.nullable().describe('Days from the appointment of a DPO whose contact was not told to the Garante: a reminder; null: none'),
    dpia: days.nullable().describe('Days from the day on which an impact assessment was declared necessary without one: a reminder; null: none'),
    transparency: days.nullable().describe('Days from the conclusion of the convention without its publication in Amministrazione trasparente: a reminder; null: none'),
    nis: days.nullable().describe('Days before the last day of a yearly duty of a NIS subject: an escalation; null: no word on them'),
  }).partial().nullable().describe('When what is owed is said again; null: never'),
  exit: z.strictObject({
    noticeMonths: months.describe('Months of notice of a withdrawal'),
    lockInYears: z.int().min(0).max(30).meta({ format: 'int32' }).describe('Years during which nobody withdraws'),
    renewalMonthsBefore: months.describe('Months before the end at which renewal is opened'),
    unpaidDays: days.describe('Days of non-payment after which a member may be excluded'),
    lastInvoice: z.boolean().describe('Whether every exit needs its last invoice before the case is closed; else only one in which something was declared to be due'),
  }).partial().describe('How the convention is renewed and left'),
  mandates: z.strictObject({
    confirmDays: days.describe('Days within which referents are confirmed after a new mayor or a commissioner'),
    vacancyDays: days.describe('Days of vacancy of a mandatory role after which no new service begins'),
  }).partial().describe('Mandates and vacancies'),
  recognition: z.strictObject({
    staleMonths: months.min(1).describe('Months after which a validated recognition is stale'),
    reminderDays: days.describe('Days before that on which it is said'),
  }).partial().describe('Recognition'),
  processing: z.strictObject({
    objectionDays: days.describe('Days in which the member objects to a sub-processor'),
    reminderDays: days.describe('Days before their end on which it is reminded of them'),
    breachHours: hours.min(1).describe('Hours in which the Agency tells the member of a breach'),
    reminderHours: hours.describe('Hours before the end of a clock of a breach at which who owes is warned'),
    breachesAfterClose: z.boolean().describe('Whether a breach that becomes known after the close opens the case again'),
  }).partial().describe('The processing of personal data, as the agreement says'),
  calendarVersion: z.enum(READINGS.calendarVersion).describe('Version of the legal calendar'),
  policyVersion: z.enum(READINGS.policyVersion).describe('Version of the policies'),
  twoPerson: z.boolean().describe('Two-person rule: who prepares an acceptance or an exclusion does not approve it'),
}).partial().describe('Readings of the law for this case; each has a default');

export const OpenAdhesion = z.strictObject({
  body: z.string().regex(BODY_CODE, says('deve essere un codice IPA', 'must be an IPA code')).describe('IPA code of the body').meta({ examples: ['c_a010'] }),
  policies: PolicyChoices.optional(),
}).describe('Starts the adhesion of a comune, or of another body that the territory knows');

export const CloseAdhesion = z.strictObject({
  reasons: freeText.describe('Why the case is closed'),
}).describe('Closes a case whose convention was not concluded');
