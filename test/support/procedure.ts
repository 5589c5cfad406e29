import { randomUUID } from 'node:crypto';
import type { Actor } from '../../domain/shared/actor.ts';
import { addDays, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { CommandBody } from '../../domain/shared/process.ts';
import type { StampedCommand } from '../../domain/shared/store.ts';

export const OPERATOR: Actor = { subject: 'op-1', role: 'operator', body: 'agency' };
/** The secretary of a comune. */
export const memberOf = (body: string): Actor => ({ subject: 'sec-1', role: 'member', body });

export interface Comune {
  readonly body: string;
  readonly istatCode: string;
  readonly name: string;
  readonly population: number;
}
export const ABBIATEGRASSO: Comune = { body: 'c_a010', istatCode: '015002', name: 'Abbiategrasso', population: 32_425 };

const TEXT = 'ab'.repeat(32);

/** A command as the API would stamp it now. */
export function stamped({ type, data }: CommandBody, actor: Actor = OPERATOR, id: string = randomUUID(), receivedAt: Instant = new Date().toISOString()): StampedCommand {
  return { id, type, data, actor, receivedAt, requestHash: null };
}

export function open(comune: Comune, number = 1): CommandBody {
  return { type: 'OpenAdhesion', data: { id: `${comune.body}-${number}`, ...comune } };
}

export interface Step {
  readonly by: Actor;
  readonly command: CommandBody;
}

/** The deliberation of a council, up to its publication on a given first day. */
export function deliberation(firstDay: CivilDate, { body }: Comune = ABBIATEGRASSO): Step[] {
  const member = memberOf(body);
  const at = (days: number, time: string): Instant => `${addDays(firstDay, days)}T${time}:00Z`;
  const opinion = (kind: string): Step => ({ by: member, command: { type: 'RecordOpinion', data: { kind, outcome: 'FAVOURABLE', givenOn: addDays(firstDay, -35) } } });
  return [
    { by: OPERATOR, command: { type: 'SendProposal', data: { template: { id: 'convenzione-cst', version: 1, sha256: TEXT }, sentAt: at(-40, '09:00') } } },
    { by: member, command: { type: 'ConfirmReceipt', data: { deliveredAt: at(-40, '09:05') } } },
    opinion('TECHNICAL'), opinion('ACCOUNTING'), opinion('AUDITORS'),
    { by: member, command: { type: 'ConveneCouncil', data: { call: 1, urgency: 'ORDINARY', noticeDeliveredAt: at(-15, '10:00'), sessionAt: at(-5, '19:00') } } },
    { by: member, command: { type: 'RecordSession', data: {
      organ: 'COUNCIL', heldOn: addDays(firstDay, -5), outcome: 'VOTED', resolutionNo: '42/2026', councillorsPresent: 23, mayorPresent: true,
      votes: { for: 20, against: 2, abstained: 2 }, textSha256: TEXT,
    } } },
    { by: member, command: { type: 'RecordPublication', data: { noticeBoardNo: '1203/2026', firstDay } } },
  ];
}

/** From the executive day on: certificate, transmission, signatures, registration, referents. */
export function conclusion(executiveOn: CivilDate, { body }: Comune = ABBIATEGRASSO): Step[] {
  const member = memberOf(body);
  const at = (days: number, time: string): Instant => `${addDays(executiveOn, days)}T${time}:00Z`;
  const signature = (type: string, by: Actor, office: string, time: string): Step => ({
    by, command: { type, data: { signer: `signer-${office.toLowerCase()}`, office, signedAt: at(2, time), form: 'PADES', certificateValidTo: '2099-01-01T00:00:00Z', sha256: TEXT } },
  });
  const roles = ['ICT_REFERENT', 'RTD', 'DPO', 'SECURITY_CONTACT'];
  return [
    { by: member, command: { type: 'CertifyExecutivity', data: { executiveOn, certifiedOn: executiveOn } } },
    { by: member, command: { type: 'TransmitResolution', data: { deliveredAt: at(1, '08:00') } } },
    { by: OPERATOR, command: { type: 'AcceptResolution', data: {} } },
    signature('SignConvention', member, 'MAYOR', '09:00'),
    signature('CountersignConvention', OPERATOR, 'AGENCY_PRESIDENT', '10:00'),
    { by: OPERATOR, command: { type: 'RegisterConvention', data: { repertoryNo: '7/2026', protocolNo: '991/2026', registeredOn: addDays(executiveOn, 2), inForceOn: addDays(executiveOn, 2) } } },
    ...roles.flatMap((role, index): Step[] => [
      { by: member, command: { type: 'AppointReferent', data: { role, subject: `person-${index}`, actNo: `${index + 1}/2026`, actOn: addDays(executiveOn, 2) } } },
      { by: member, command: { type: 'AcceptAppointment', data: { appointmentId: `ref-${index + 1}`, acceptedAt: at(2, '11:00') } } },
    ]),
  ];
}
