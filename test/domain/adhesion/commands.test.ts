import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMAND_CATALOGUE, COMMAND_TYPES } from '../../../domain/adhesion/index.ts';
import { AdhesionCommands } from '../../../domain/adhesion/commands.ts';
import { abbiategrassoPath } from '../../support/adhesion-path.ts';
import { answers, APPLICATION, RECOGNITION, SITE } from '../../support/recognition.ts';
import { CONVENED, SESSION, SIGNED } from './scenario.ts';

type Name = keyof typeof AdhesionCommands;

/** Examples of what the path does not send. */
const VALID: readonly (readonly [Name, object])[] = [
  ...abbiategrassoPath().map(({ type, data }) => [type, data] as const),
  ['OpenAdhesion', { body: 'c_f205', policies: { window: { from: '2026-06-01', to: '2026-07-31' }, slaDays: { receipt: 3 }, notice: { clearDays: false }, councillors: 48 } }],
  ['RecordOpinion', { kind: 'AUDITORS', outcome: 'UNFAVOURABLE', givenOn: '2028-02-29', reasons: 'x'.repeat(4000), onAmendment: true }],
  ['RequestSession', { by: 'ONE_FIFTH', on: '2026-07-01' }],
  ['RecordBoardOutage', { day: '2026-07-15', hoursDown: 12.5 }],
  ['RectifyResolution', { actNo: '70/2026', on: '2026-09-01', substantial: false }],
  ['RecordSession', { organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'POSTPONED', newSessionOn: '2026-07-22' }],
  ['RecordSession', { organ: 'BOARD', heldOn: '2026-07-08', outcome: 'NOT_REACHED' }],
  ['RecordSession', { ...SESSION, immediate: { for: 13, against: 0, abstained: 0, reasons: 'Urgent' }, councilReasons: 'Because' }],
  ['InviteRecognition', { dueOn: '2027-01-31' }],
  ['BeginRecognition', {}],
  ['SubmitRecognition', RECOGNITION],
  ['SubmitRecognition', { dimensions: {}, applications: [], sites: [] }],
  ['ReturnRecognition', { reasons: 'The exit formats are missing' }],
  ['ValidateRecognition', {}],
  ['ResubmitProposal', { sentAt: '2026-07-24T08:00:00.123Z' }],
  ['AllowFurtherAttempt', { reasons: 'New council' }],
  ['DecideAmendment', { decision: 'RESUBMIT', reasons: 'Substance' }],
  ['AcceptResolution', { overrideReason: 'A slip of the pen' }],
  ['ReturnResolution', { reasons: 'The report is missing' }],
  ['SuspendResolution', { by: 'COURT', orderNo: '1201/2026', from: '2026-09-10' }],
  ['LiftSuspension', { on: '2026-10-20', orderNo: '1500/2026' }],
  ['LiftSuspension', { on: '2026-10-20', orderNo: '1201/2026', ground: 'EXPIRED' }],
  ['NotifySubprocessor', { subprocessor: 'CLOUD_PROVIDER', sha256: 'ab'.repeat(32), deliveredAt: '2026-10-10T08:00:00Z' }],
  ['ObjectToSubprocessor', { subprocessor: 'CLOUD_PROVIDER', deliveredAt: '2026-10-12T08:00:00Z', reasons: 'No guarantees' }],
  ['WithdrawSubprocessor', { subprocessor: 'CLOUD_PROVIDER', on: '2026-10-12' }],
  ['ReportBreach', { breachNo: '1/2026', awareBy: 'PROCESSOR', awareAt: '2026-10-12T08:00:00Z' }],
  ['NotifyBreachToMember', { breachNo: '1/2026', deliveredAt: '2026-10-12T20:00:00Z', delayReasons: 'The night' }],
  ['NotifyBreachToAuthority', { breachNo: '1/2026', to: 'ACN_ALERT', notifiedAt: '2026-10-13T08:00:00Z', protocolNo: '5' }],
  ['WaiveBreachNotice', { breachNo: '1/2026', to: 'GARANTE', reasons: 'The data were encrypted' }],
  ['RecordDpoContact', { on: '2026-10-10', protocolNo: '7' }],
  ['DeclareDpiaNeed', { service: 'TRAINING', needed: true, on: '2026-10-10', reasons: 'Many persons, new means' }],
  ['RecordDpia', { service: 'TRAINING', outcome: 'ACCEPTABLE_RISK', on: '2026-10-12', sha256: 'ab'.repeat(32) }],
  ['RecordProcessorAudit', { on: '2026-10-12', outcome: 'FINDINGS', documentSha256: 'ab'.repeat(32), reasons: 'Two accounts too many' }],
  ['RecordRtdOnIpa', { on: '2026-10-10' }],
  ['RecordNisDuty', { duty: 'REGISTRATION', on: '2027-02-01' }],
  ['RegisterConvention', { repertoryNo: '1', protocolNo: '2', registeredOn: '2026-08-10', inForceOn: '2026-09-01', preservationNo: 'PDV-7/2026' }],
  ['PublishConvention', { on: '2026-10-12', url: 'https://www.comune.example/trasparenza?id=7' }],
  ['RecordCertificateRevocation', { signature: 17, revokedAt: '2026-07-30T08:00:00Z' }],
  ['DeclareDue', { dueNo: '12/2030', kind: 'LAST_INVOICE', amountCents: 0, on: '2030-01-10', dueOn: '2030-02-10' }],
  ['SettleDue', { dueNo: '12/2030', outcome: 'WAIVED', on: '2030-01-12', protocolNo: '5' }],
  ['RevokeResolution', { actNo: '60/2026', on: '2026-10-01' }],
  ['AnnulResolution', { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' }],
  ['RecordMandateChange', { kind: 'ELECTION_CALLED', on: '2027-05-23' }],
  ['RecordMandateChange', { kind: 'ACTING_MAYOR', on: '2026-05-23', until: '2026-06-23', holder: 's-1' }],
  ['RecordMandateChange', { kind: 'ASSEMBLY_DELEGATE', on: '2026-05-23', holder: 's-2', actNo: '7/2026' }],
  ['AppointReferent', { role: 'SERVICE_REFERENT', subject: 's-1', actNo: '1', actOn: '2026-09-01', service: 'RTD_COMMUNITY', deputy: true }],
  ['ReplaceReferent', { appointmentId: 'ref-1', subject: 's-2', actNo: '2', actOn: '2026-10-01' }],
  ['SuspendReferent', { appointmentId: 'ref-1', from: '2026-10-01' }],
  ['DeclareVacancy', { role: 'SERVICE_REFERENT', service: 'TRAINING', from: '2026-10-01' }],
  ['ConfirmReferents', { appointmentIds: ['ref-1', 'ref-2'] }],
  ['RequestMigration', { service: 'TRAINING', plan: 'standard', parameters: { seats: 3, online: true, topics: ['AI'], tutor: null } }],
  ['NoteCouncilSession', { sessionOn: '2026-10-08' }],
  ['WithdrawCouncilSession', { sessionOn: '2026-10-08' }],
  ['RecordBudgetCover', { covered: true, actNo: '310/2026' }],
  ['AmendConvention', { kind: 'ESSENTIAL', actNo: '12/2028', actOn: '2028-03-01', sha256: 'ab'.repeat(32) }],
  ['DraftDpa', { sha256: 'ab'.repeat(32) }],
  ['SignDpa', { signedAt: '2026-09-10T10:00:00Z', sha256: 'ab'.repeat(32) }],
  ['CountersignDpa', { signedAt: '2026-09-11T10:00:00Z', sha256: 'ab'.repeat(32), inForceOn: '2026-10-01' }],
  ['ConfirmDataReturn', { outcome: 'DELETED', on: '2030-01-20', protocolNo: '5/2030' }],
  ['AdoptRegulation', { kind: 'ICT_SERVICES', actNo: '9/2027', actOn: '2027-02-01', sha256: 'ab'.repeat(32) }],
  ['OpenRenewal', {}],
  ['GiveWithdrawalNotice', { deliveredAt: '2029-06-30T10:00:00Z', actNo: '20/2029', actOn: '2029-06-20' }],
  ['ExcludeMember', { noticesOn: ['2027-01-10', '2027-03-10'], heardOn: '2027-06-01', assemblyActNo: '4/2027', on: '2027-07-15' }],
  ['CorrectFact', { version: 3, data: { firstDay: '2026-07-14', noticeBoardNo: '1' } }],
  ['WithdrawFact', { commandId: 'cmd-1' }],
  ['CloseAdhesion', { reasons: 'Given up' }],
];

const INVALID: readonly (readonly [Name, string, object])[] = [
  ['OpenAdhesion', 'a body that is no IPA code', { body: 'C_A010' }],
  ['OpenAdhesion', 'an unknown policy', { body: 'c_a010', policies: { mood: 'GOOD' } }],
  ['OpenAdhesion', 'a window that ends before it begins', { body: 'c_a010', policies: { window: { from: '2026-07-31', to: '2026-06-01' } } }],
  ['OpenAdhesion', 'an unknown calendar', { body: 'c_a010', policies: { calendarVersion: '1999.1' } }],
  ['SendProposal', 'a digest in upper case', { template: { id: 'a', version: 1, sha256: 'AB'.repeat(32) }, sentAt: '2026-05-29T08:00:00Z' }],
  ['SendProposal', 'a version that is no integer', { template: { id: 'a', version: 1.5, sha256: 'ab'.repeat(32) }, sentAt: '2026-05-29T08:00:00Z' }],
  ['ConfirmReceipt', 'an instant without offset', { deliveredAt: '2026-05-29T08:00:00' }],
  ['ConfirmReceipt', 'a civil date for an instant', { deliveredAt: '2026-05-29' }],
  ['ConfirmReceipt', 'an instant that does not exist', { deliveredAt: '2026-02-30T08:00:00Z' }],
  ['ConfirmReceipt', 'an instant finer than milliseconds', { deliveredAt: '2026-05-29T08:00:00.1234Z' }],
  ['ConfirmReceipt', 'a year far from any act', { deliveredAt: '1026-05-29T08:00:00Z' }],
  ['ConfirmReceipt', 'nothing', {}],
  ['RecordOpinion', 'a day that does not exist', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-02-29' }],
  ['RecordOpinion', 'an unknown kind', { kind: 'MORAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05' }],
  ['RecordOpinion', 'reasons that are too long', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05', reasons: 'x'.repeat(4001) }],
  ['RecordOpinion', 'blank reasons', { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05', reasons: '  ' }],
  ['RequestSession', 'a party that may not ask', { by: 'PREFECT', on: '2026-07-01' }],
  ['RecordBoardOutage', 'more hours than a day has', { day: '2026-07-15', hoursDown: 26 }],
  ['RecordBoardOutage', 'no hours', { day: '2026-07-15', hoursDown: 0 }],
  ['RectifyResolution', 'a yes for a flag', { actNo: '1', on: '2026-07-01', substantial: 'yes' }],
  ['ConveneCouncil', 'a third call', { ...CONVENED, call: 3 }],
  ['RecordSession', 'negative votes', { ...SESSION, votes: { for: -1, against: 0, abstained: 0 } }],
  ['RecordSession', 'a text for a number', { ...SESSION, councillorsPresent: '20' }],
  ['RecordSession', 'an extra field', { ...SESSION, secretary: 'Rossi' }],
  ['RecordSession', 'an extra field inside', { ...SESSION, votes: { for: 1, against: 0, abstained: 0, absent: 3 } }],
  ['RecordSession', 'immediacy without reasons', { ...SESSION, immediate: { for: 13, against: 0, abstained: 0 } }],
  ['RecordPublication', 'a number of 51 characters', { noticeBoardNo: '1'.repeat(51), firstDay: '2026-07-13' }],
  ['AcceptResolution', 'an extra field', { reasons: 'none' }],
  ['InviteRecognition', 'a day that does not exist', { dueOn: '2027-02-29' }],
  ['BeginRecognition', 'a day', { on: '2026-11-22' }],
  ['SubmitRecognition', 'a dimension that there is not', { ...RECOGNITION, dimensions: { ...answers(), MOOD: { score: 4, evidence: 'x' } } }],
  ['SubmitRecognition', 'an answer over 4', { ...RECOGNITION, dimensions: { ...answers(), PLATFORMS: { score: 5, evidence: 'x' } } }],
  ['SubmitRecognition', 'an answer without evidence', { ...RECOGNITION, dimensions: { ...answers(), PLATFORMS: { score: 3 } } }],
  ['SubmitRecognition', 'no inventories', { dimensions: answers(), signedOffBy: 's-rtd' }],
  ['SubmitRecognition', 'an application without area', { ...RECOGNITION, applications: [{ code: 'A' }] }],
  ['SubmitRecognition', 'an unknown hosting', { ...RECOGNITION, applications: [{ ...APPLICATION, hosting: 'CELLAR' }] }],
  ['SubmitRecognition', 'an extra field of an application', { ...RECOGNITION, applications: [{ ...APPLICATION, colour: 'red' }] }],
  ['SubmitRecognition', 'a protocol system of which alignment is not said', { ...RECOGNITION, applications: [{ ...APPLICATION, protocolSystem: { aooCode: 'AOO1' } }] }],
  ['SubmitRecognition', 'the same code twice', { ...RECOGNITION, applications: [APPLICATION, APPLICATION] }],
  ['SubmitRecognition', 'notice after the end of the contract', { ...RECOGNITION, applications: [{ ...APPLICATION, noticeOn: '2030-01-01' }] }],
  ['SubmitRecognition', 'more than 500 applications', { ...RECOGNITION, applications: Array.from({ length: 501 }, (_, index) => ({ code: `A${index}`, area: 'x' })) }],
  ['SubmitRecognition', 'more than 300 sites', { ...RECOGNITION, sites: Array.from({ length: 301 }, (_, index) => ({ code: `S${index}`, access: 'DSL' })) }],
  ['SubmitRecognition', 'a site without access', { ...RECOGNITION, sites: [{ code: 'S' }] }],
  ['SubmitRecognition', 'a negative bandwidth', { ...RECOGNITION, sites: [{ ...SITE, bandwidthMbps: -1 }] }],
  ['SubmitRecognition', 'cents that are no integer', { ...RECOGNITION, resources: { ictSpendCents: 10.5 } }],
  ['SubmitRecognition', 'a name for a subject', { ...RECOGNITION, signedOffBy: 'Mario Rossi' }],
  ['ReturnRecognition', 'no reasons', {}],
  ['ValidateRecognition', 'a day', { validatedOn: '2026-11-22' }],
  ['SignConvention', 'an unknown office', { ...SIGNED, office: 'KING' }],
  ['SignConvention', 'a name for a subject', { ...SIGNED, signer: 'Mario Rossi' }],
  ['AcceptAppointment', 'an appointment without number', { appointmentId: 'ref-0', acceptedAt: '2026-09-07T08:00:00Z' }],
  ['AppointReferent', 'whose person it is, which the edge finds out', { role: 'RTD', subject: 's-1', actNo: '1', actOn: '2026-09-01', associated: true }],
  ['ReplaceReferent', 'a role, which is that of the one replaced', { appointmentId: 'ref-1', role: 'RTD', subject: 's-2', actNo: '2', actOn: '2026-10-01' }],
  ['SuspendReferent', 'an instant for a civil date', { appointmentId: 'ref-1', from: '2026-10-01T08:00:00Z' }],
  ['DeclareVacancy', 'an unknown role', { role: 'MAYOR', from: '2026-10-01' }],
  ['ConfirmReferents', 'nobody', { appointmentIds: [] }],
  ['RequestMigration', 'a long text as parameter', { service: 'TRAINING', parameters: { story: 'x'.repeat(201) } }],
  ['NoteCouncilSession', 'an instant for a day', { sessionOn: '2026-10-08T18:00:00+02:00' }],
  ['WithdrawCouncilSession', 'no day', {}],
  ['RecordBudgetCover', 'a word instead of yes or no', { covered: 'yes' }],
  ['AmendConvention', 'an unknown kind', { kind: 'SMALL', actNo: '1', actOn: '2028-03-01', sha256: 'ab'.repeat(32) }],
  ['NotifySubprocessor', 'a name for a code', { subprocessor: 'Cloud S.p.A.', sha256: 'ab'.repeat(32), deliveredAt: '2026-10-10T08:00:00Z' }],
  ['ObjectToSubprocessor', 'no reasons', { subprocessor: 'CLOUD', deliveredAt: '2026-10-12T08:00:00Z' }],
  ['WithdrawSubprocessor', 'an instant for a day', { subprocessor: 'CLOUD', on: '2026-10-12T08:00:00Z' }],
  ['ReportBreach', 'an unknown party', { breachNo: '1/2026', awareBy: 'SUPPLIER', awareAt: '2026-10-12T08:00:00Z' }],
  ['NotifyBreachToMember', 'a day for an instant', { breachNo: '1/2026', deliveredAt: '2026-10-12' }],
  ['NotifyBreachToAuthority', 'an unknown authority', { breachNo: '1/2026', to: 'AGID', notifiedAt: '2026-10-12T08:00:00Z', protocolNo: '5' }],
  ['WaiveBreachNotice', 'no reasons', { breachNo: '1/2026', to: 'GARANTE' }],
  ['RecordDpoContact', 'an instant for a day', { on: '2026-10-10T08:00:00Z', protocolNo: '7' }],
  ['DeclareDpiaNeed', 'a name for a code', { service: 'La mensa', needed: true, on: '2026-10-10' }],
  ['RecordDpia', 'an unknown outcome', { service: 'TRAINING', outcome: 'FINE', on: '2026-10-12', sha256: 'ab'.repeat(32) }],
  ['RecordProcessorAudit', 'an unknown outcome', { on: '2026-10-12', outcome: 'FINE' }],
  ['RecordRtdOnIpa', 'an instant for a day', { on: '2026-10-10T08:00:00Z' }],
  ['LiftSuspension', 'an unknown ground', { on: '2026-10-20', orderNo: '1', ground: 'FORGOTTEN' }],
  ['RecordNisDuty', 'a year beside the day', { duty: 'UPDATE', on: '2027-05-01', year: 2026 }],
  ['PublishConvention', 'an address that is not https', { on: '2026-10-12', url: 'http://www.comune.example/' }],
  ['PublishConvention', 'a name in the address', { on: '2026-10-12', url: 'https://anna:pw@comune.example/' }],
  ['RecordCertificateRevocation', 'no version', { signature: 0, revokedAt: '2026-07-30T08:00:00Z' }],
  ['DeclareDue', 'half a cent', { dueNo: '1', kind: 'INVESTMENT', amountCents: 10.5, on: '2030-01-10', dueOn: '2030-02-10' }],
  ['DeclareDue', 'less than nothing', { dueNo: '1', kind: 'INVESTMENT', amountCents: -1, on: '2030-01-10', dueOn: '2030-02-10' }],
  ['SettleDue', 'an unknown outcome', { dueNo: '1', outcome: 'FORGOTTEN', on: '2030-01-12', protocolNo: '5' }],
  ['DraftDpa', 'a short digest', { sha256: 'ab' }],
  ['SignDpa', 'a day for an instant', { signedAt: '2026-09-10', sha256: 'ab'.repeat(32) }],
  ['CountersignDpa', 'no first day', { signedAt: '2026-09-11T10:00:00Z', sha256: 'ab'.repeat(32) }],
  ['ConfirmDataReturn', 'an unknown outcome', { outcome: 'LOST', on: '2030-01-20', protocolNo: '5' }],
  ['AdoptRegulation', 'a kind of 51 characters', { kind: 'K'.repeat(51), actNo: '9', actOn: '2027-02-01', sha256: 'ab'.repeat(32) }],
  ['OpenRenewal', 'an extra field', { on: '2029-05-30' }],
  ['GiveWithdrawalNotice', 'a day for an instant', { deliveredAt: '2029-06-30', actNo: '20', actOn: '2029-06-20' }],
  ['ExcludeMember', 'one notice', { noticesOn: ['2027-01-10'], heardOn: '2027-06-01', assemblyActNo: '4', on: '2027-07-15' }],
  ['CorrectFact', 'version 0', { version: 0, data: {} }],
  ['WithdrawFact', "an engine's own id", { commandId: 'adhesion/c_a010-1@3' }],
];

describe('schemas of the commands', () => {
  test.each(VALID)('%s takes what is well formed', (name, data) => {
    expect(AdhesionCommands[name].schema.safeParse(data)).toStrictEqual({ success: true, data });
  });

  test('every command has an example', () => {
    expect(new Set(VALID.map(([name]) => name))).toStrictEqual(new Set(COMMAND_TYPES));
  });

  test.each(INVALID)('%s refuses %s', (name, _what, data) => {
    expect(AdhesionCommands[name].schema.safeParse(data)).toMatchObject({ success: false });
  });

  test.each(COMMAND_TYPES)('%s is described, closed, and names its free texts', (name) => {
    const json = z.toJSONSchema(AdhesionCommands[name].schema);
    expect(json.additionalProperties).toBe(false);
    expect(json.description).toEqual(expect.any(String));
    for (const [, property] of Object.entries(json.properties ?? {})) expect(property).toHaveProperty('description');
    // What may hold 4,000 characters is free text, and nothing else is; the text in a correction is that of what it corrects.
    const ownTexts = [...AdhesionCommands[name].freeText].filter((path) => path !== 'data.reasons');
    expect(longTexts(json)).toStrictEqual(ownTexts.toSorted());
  });

  test('the schemas and the catalogue name the same commands', () => {
    expect(Object.keys(AdhesionCommands).toSorted()).toStrictEqual([...COMMAND_TYPES].toSorted());
    expect(Object.keys(COMMAND_CATALOGUE).toSorted()).toStrictEqual([...COMMAND_TYPES].toSorted());
  });

  test('the parkable commands are those of the contract', () => {
    expect(COMMAND_TYPES.filter((type) => COMMAND_CATALOGUE[type].parkable)).toStrictEqual([
      'ConfirmReceipt', 'RecordSession', 'RecordPublication', 'CertifyExecutivity', 'TransmitResolution', 'AcceptAppointment',
    ]);
  });
});

interface JsonSchema {
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, unknown>>;
}

function longTexts(schema: JsonSchema, prefix = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]): readonly string[] => {
    const inner: JsonSchema = typeof property === 'object' && property !== null ? property : {};
    return [...(inner.maxLength === 4000 ? [`${prefix}${name}`] : []), ...longTexts(inner, `${prefix}${name}.`)];
  }).toSorted();
}
