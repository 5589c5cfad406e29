import type { OuterData } from '../../domain/adhesion/commands.ts';

/** One step of the path as a client sends it (outer data). */
export type PathStep = {
  readonly [Type in keyof OuterData]: { readonly by: 'operator' | 'member'; readonly type: Type; readonly data: OuterData[Type] };
}[keyof OuterData];

/** Digest of the draft convention that every council approves. */
export const TEXT_SHA256 = 'ab1e0f5c2d7796c8ad0c3c6a0ef1a1b77fb0f9a3b8b7a0c1a52d0c3c8f5e4d21';

/** Subject ids of the path; over HTTP they are replaced by those that `POST /v1/subjects` gave. */
export const PATH_SUBJECTS = {
  mayor: 's_mayor', president: 's_president', ict: 's_ict', rtd: 's_rtd', dpo: 's_dpo', security: 's_security',
} as const;

export type PathSubjects = { readonly [Name in keyof typeof PATH_SUBJECTS]: string };

/**
 * The whole path of Abbiategrasso (24 councillors, 25 members) from the opening to MANAGEMENT, as it was in summer 2026:
 * published on 2026-07-13, executive on 2026-07-24, in force on 2026-09-01.
 */
export function abbiategrassoPath(subjects: PathSubjects = PATH_SUBJECTS): readonly PathStep[] {
  return [
    { by: 'operator', type: 'OpenAdhesion', data: { body: 'c_a010' } },
    ...deliberationSteps(),
    ...resolutionSteps(),
    ...conventionSteps(subjects),
    ...referentSteps(subjects),
  ];
}

function deliberationSteps(): readonly PathStep[] {
  return [
    {
      by: 'operator', type: 'SendProposal',
      data: { template: { id: 'convenzione-cst', version: 1, sha256: TEXT_SHA256 }, sentAt: '2026-05-29T10:00:00+02:00' },
    },
    { by: 'member', type: 'ConfirmReceipt', data: { deliveredAt: '2026-05-29T10:00:41+02:00' } },
    { by: 'member', type: 'RecordOpinion', data: { kind: 'TECHNICAL', outcome: 'FAVOURABLE', givenOn: '2026-06-05' } },
    { by: 'member', type: 'RecordOpinion', data: { kind: 'ACCOUNTING', outcome: 'FAVOURABLE', givenOn: '2026-06-08' } },
    { by: 'member', type: 'RecordOpinion', data: { kind: 'AUDITORS', outcome: 'FAVOURABLE', givenOn: '2026-06-16' } },
    {
      by: 'member', type: 'ConveneCouncil',
      data: {
        call: 1, urgency: 'ORDINARY', noticeDeliveredAt: '2026-07-01T12:00:00+02:00', sessionAt: '2026-07-08T20:30:00+02:00',
      },
    },
    {
      by: 'member', type: 'RecordSession',
      data: {
        organ: 'COUNCIL', heldOn: '2026-07-08', outcome: 'VOTED', resolutionNo: '45/2026', councillorsPresent: 20, mayorPresent: true,
        votes: { for: 16, against: 3, abstained: 2 }, textSha256: TEXT_SHA256,
      },
    },
  ];
}

function resolutionSteps(): readonly PathStep[] {
  return [
    { by: 'member', type: 'RecordPublication', data: { noticeBoardNo: '1203/2026', firstDay: '2026-07-13' } },
    { by: 'member', type: 'CertifyExecutivity', data: { executiveOn: '2026-07-24', certifiedOn: '2026-07-24' } },
    { by: 'member', type: 'TransmitResolution', data: { deliveredAt: '2026-07-29T09:12:00+02:00' } },
    { by: 'operator', type: 'AcceptResolution', data: {} },
  ];
}

function conventionSteps({ mayor, president }: PathSubjects): readonly PathStep[] {
  return [
    {
      by: 'member', type: 'SignConvention',
      data: {
        signer: mayor, office: 'MAYOR', signedAt: '2026-08-05T11:00:00+02:00', form: 'PADES',
        certificateValidTo: '2028-01-31T23:59:59+01:00', sha256: TEXT_SHA256,
      },
    },
    {
      by: 'operator', type: 'CountersignConvention',
      data: {
        signer: president, office: 'METROPOLITAN_MAYOR', signedAt: '2026-08-07T15:30:00+02:00', form: 'PADES',
        certificateValidTo: '2027-06-30T23:59:59+02:00', sha256: TEXT_SHA256,
      },
    },
    {
      by: 'operator', type: 'RegisterConvention',
      data: { repertoryNo: '118/2026', protocolNo: '77120/2026', registeredOn: '2026-08-10', inForceOn: '2026-09-01' },
    },
  ];
}

function referentSteps({ ict, rtd, dpo, security }: PathSubjects): readonly PathStep[] {
  return [
    { by: 'member', type: 'AppointReferent', data: { role: 'ICT_REFERENT', subject: ict, actNo: '12/2026', actOn: '2026-09-03' } },
    { by: 'member', type: 'AppointReferent', data: { role: 'RTD', subject: rtd, actNo: '13/2026', actOn: '2026-09-03' } },
    { by: 'member', type: 'AppointReferent', data: { role: 'DPO', subject: dpo, actNo: '14/2026', actOn: '2026-09-04' } },
    { by: 'member', type: 'AppointReferent', data: { role: 'SECURITY_CONTACT', subject: security, actNo: '15/2026', actOn: '2026-09-04' } },
    { by: 'member', type: 'AcceptAppointment', data: { appointmentId: 'ref-1', acceptedAt: '2026-09-07T09:00:00+02:00' } },
    { by: 'member', type: 'AcceptAppointment', data: { appointmentId: 'ref-2', acceptedAt: '2026-09-07T09:30:00+02:00' } },
    { by: 'member', type: 'AcceptAppointment', data: { appointmentId: 'ref-3', acceptedAt: '2026-09-08T10:00:00+02:00' } },
    { by: 'member', type: 'AcceptAppointment', data: { appointmentId: 'ref-4', acceptedAt: '2026-09-08T16:45:00+02:00' } },
  ];
}
