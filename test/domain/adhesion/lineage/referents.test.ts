import { describe, expect, it } from 'vitest';
import { adhesion, takingOver } from '../../../../domain/adhesion/index.ts';
import type { ReferentRole } from '../../../../domain/adhesion/referents/terms.ts';
import { does, NOW, view, type AnyCommand } from '../scenario.ts';
import { ALFA, BETA, historyOf, inheriting, type History } from './history.ts';

const GAMMA = { body: 'c_m999', istatCode: '015299', name: 'Terzo', population: 2_000 };
const appoint = (role: ReferentRole, subject: string, more: object = {}): AnyCommand => ({ type: 'AppointReferent', data: { role, subject, actNo: '1/2026', actOn: '2026-09-03', ...more } });
const accept = (appointmentId: string, on = '2026-09-07'): AnyCommand => ({ type: 'AcceptAppointment', data: { appointmentId, acceptedAt: `${on}T09:00:00+02:00` } });
const replace = (appointmentId: string, subject: string, actOn: string): AnyCommand => ({ type: 'ReplaceReferent', data: { appointmentId, subject, actNo: '2/2026', actOn } });
const vacate = (role: ReferentRole): AnyCommand => ({ type: 'DeclareVacancy', data: { role, from: '2026-10-05' } });
/** A member of the Agency, with what its referents went through. */
const member = (comune: typeof ALFA, ...more: readonly AnyCommand[]): History => historyOf(comune, 'RegisterConvention', more);
const merged = (...histories: readonly History[]) => view(does(adhesion.initial(), 'InheritAdhesion', inheriting(...histories)));
const referentsOf = (...histories: readonly History[]) => merged(...histories).referents.map(({ appointmentId, role, subject, state }) => [appointmentId, role, subject, state]);
const originsOf = (...histories: readonly History[]) => takingOver(histories).facts.filter(({ type }) => /Referent|Appointment/.test(type)).map(({ adhesion: of, version, type }) => [of, histories.find(({ state }) => state.opening.id === of)?.events[version - 1]?.type === type]);

describe('E61: the referents of several predecessors', () => {
  it('a role that is held in the base stays with who holds it there, also where the appointment is not accepted yet', () => {
    const alfa = member(ALFA, appoint('RTD', 's-alfa'), appoint('DPO', 's-dpo'), accept('ref-2'));
    const beta = member(BETA, appoint('DPO', 's-other'), accept('ref-1'), appoint('RTD', 's-beta'), accept('ref-2'));

    expect(referentsOf(alfa, beta)).toEqual([['ref-1', 'RTD', 's-alfa', 'APPOINTED'], ['ref-2', 'DPO', 's-dpo', 'ACTIVE']]);
  });

  it('a role that is empty in the base comes from the case that has it, with its acts, under the next numbers, and says from where', () => {
    const alfa = member(ALFA, appoint('ICT_REFERENT', 's-ict'), accept('ref-1'), appoint('RTD', 's-gone'), accept('ref-2'), vacate('RTD'));
    const beta = member(BETA, appoint('ICT_REFERENT', 's-no'), accept('ref-1'), appoint('RTD', 's-beta'), accept('ref-2'), appoint('DPO', 's-dpo'));

    expect(referentsOf(beta, alfa)).toEqual([['ref-1', 'ICT_REFERENT', 's-ict', 'ACTIVE'], ['ref-2', 'RTD', 's-gone', 'VACANT'], ['ref-3', 'RTD', 's-beta', 'ACTIVE'], ['ref-4', 'DPO', 's-dpo', 'APPOINTED']]);
    expect(originsOf(alfa, beta)).toEqual([...Array.from({ length: 4 }, () => ['c_l768-1', true]), ...Array.from({ length: 3 }, () => ['c_m160-1', true])]);
    expect(merged(alfa, beta).referents[2]).toMatchObject({ from: '2026-09-07', to: null });
  });

  it('whoever was replaced comes along, in the same line', () => {
    const beta = member(BETA, appoint('RTD', 's-first'), accept('ref-1'), replace('ref-1', 's-second', '2026-10-01'), accept('ref-2', '2026-10-02'), replace('ref-2', 's-third', '2026-11-01'));
    const gamma = member(GAMMA, appoint('DPO', 's-late'), accept('ref-1'));

    expect(referentsOf(member(ALFA, appoint('DPO', 's-own'), accept('ref-1')), beta, gamma)).toEqual([
      ['ref-1', 'DPO', 's-own', 'ACTIVE'], ['ref-2', 'RTD', 's-first', 'REPLACED'], ['ref-3', 'RTD', 's-second', 'REPLACED'], ['ref-4', 'RTD', 's-third', 'APPOINTED'],
    ]);
  });

  it('of two that could give a role the first gives it in the order by which the base is chosen, and each role by itself', () => {
    const gamma = member(GAMMA, appoint('RTD', 's-gamma'), accept('ref-1'), appoint('SECURITY_CONTACT', 's-security'), accept('ref-2'));
    const beta = member(BETA, appoint('RTD', 's-beta'), accept('ref-1'));
    const under = historyOf({ ...GAMMA, body: 'c_a777', istatCode: '015001' }, 'ConfirmReceipt', [appoint('RTD', 's-under'), accept('ref-1')]);

    expect(referentsOf(gamma, member(ALFA), beta, under)).toEqual([['ref-1', 'RTD', 's-beta', 'ACTIVE'], ['ref-2', 'SECURITY_CONTACT', 's-security', 'ACTIVE']]);
  });

  it('a deputy and the referent of a service are roles of their own', () => {
    const alfa = member(ALFA, appoint('RTD', 's-alfa'), accept('ref-1'), appoint('SERVICE_REFERENT', 's-fibre', { service: 'FIBRE' }));
    const beta = member(BETA, appoint('RTD', 's-deputy', { deputy: true }), accept('ref-1'), appoint('SERVICE_REFERENT', 's-other', { service: 'FIBRE' }), appoint('SERVICE_REFERENT', 's-training', { service: 'TRAINING' }));

    expect(merged(alfa, beta).referents.map(({ subject }) => subject)).toEqual(['s-alfa', 's-fibre', 's-deputy', 's-training']);
  });

  it('nobody comes over who could not hold the role beside one that is held already', () => {
    const alfa = member(ALFA, appoint('DPO', 's-agency', { associated: true }), accept('ref-1'));
    const beta = member(BETA, appoint('RTD', 's-agency', { associated: true }), accept('ref-1'), appoint('SECURITY_CONTACT', 's-security'));

    expect(referentsOf(alfa, beta)).toEqual([['ref-1', 'DPO', 's-agency', 'ACTIVE'], ['ref-2', 'SECURITY_CONTACT', 's-security', 'APPOINTED']]);
  });

  it('a suspension, and the confirmation that ended it, keep to whom they were about', () => {
    const alfa = member(ALFA, appoint('DPO', 's-own'), accept('ref-1'));
    const beta = member(
      BETA, appoint('DPO', 's-dpo'), accept('ref-1'), appoint('RTD', 's-rtd'), accept('ref-2'), { type: 'SuspendReferent', data: { appointmentId: 'ref-2', from: '2026-10-02' } },
      appoint('SECURITY_CONTACT', 's-security'), accept('ref-3'), { type: 'SuspendReferent', data: { appointmentId: 'ref-3', from: '2026-10-02' } },
      { type: 'RecordMandateChange', data: { kind: 'MAYOR_CHANGED', on: '2026-11-10' } }, { type: 'ConfirmReferents', data: { appointmentIds: ['ref-1', 'ref-3'] } },
    );

    expect(referentsOf(alfa, beta)).toEqual([['ref-1', 'DPO', 's-own', 'ACTIVE'], ['ref-2', 'RTD', 's-rtd', 'SUSPENDED'], ['ref-3', 'SECURITY_CONTACT', 's-security', 'ACTIVE']]);
    expect(inheriting(alfa, beta).facts.find(({ type }) => type === 'ReferentsConfirmed')?.data).toMatchObject({ appointmentIds: ['ref-3'] });
  });

  it('a correction comes along as one, of what it corrected', () => {
    const steps = [appoint('DPO', 's-dpo'), accept('ref-1'), appoint('RTD', 's-rtd'), accept('ref-2')];
    const accepted = member(BETA, ...steps).state.referents.map(({ acceptance }) => acceptance?.version ?? 0);
    const right = { acceptedAt: '2026-09-09T09:00:00+02:00' };
    const beta = member(BETA, ...steps, ...accepted.map((version, at): AnyCommand => ({ type: 'CorrectFact', data: { version, data: { appointmentId: `ref-${at + 1}`, ...right } } })));

    const seen = merged(member(ALFA, appoint('DPO', 's-own'), accept('ref-1'), appoint('ICT_REFERENT', 's-ict'), accept('ref-2')), beta);
    expect(seen.referents.map(({ appointmentId, subject, from }) => [appointmentId, subject, from])).toEqual([['ref-1', 's-own', '2026-09-07'], ['ref-2', 's-ict', '2026-09-07'], ['ref-3', 's-rtd', '2026-09-09']]);
  });

  it('the next one that the new comune appoints has the number after all of them', () => {
    const alfa = member(ALFA, appoint('DPO', 's-dpo'), accept('ref-1'));
    const after = does(adhesion.initial(), 'InheritAdhesion', inheriting(alfa, member(BETA, appoint('RTD', 's-beta'), accept('ref-1'))));
    const next = does(after, 'AppointReferent', { role: 'SECURITY_CONTACT', subject: 's-new', actNo: '9/2026', actOn: '2026-11-21' }, NOW, { subject: 's-m', role: 'member', body: 'c_m424' });

    expect(view(next).referents.map(({ appointmentId }) => appointmentId)).toEqual(['ref-1', 'ref-2', 'ref-3']);
  });
});
