import { describe, expect, test } from 'vitest';
import { adhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { newServicesBlocked } from '../../../../domain/adhesion/referents/vacancies.ts';
import { isOpened } from '../../../../domain/adhesion/state.ts';
import { drained } from '../../../support/spec.ts';
import { does, opened, reached, viewApart as view, when, type DataOf } from '../scenario.ts';

const inForce = reached('RegisterConvention');
const appointed = reached('AppointReferent');
/** ref-1 ICT_REFERENT and ref-2 RTD active from 2026-09-07, ref-3 DPO and ref-4 SECURITY_CONTACT from 2026-09-08. */
const managed = reached('AcceptAppointment');

describe('a vacancy blocks what needs that role, and nothing else', () => {
  const training: DataOf<'RequestMigration'> = { service: 'TRAINING' };
  const community: DataOf<'RequestMigration'> = { service: 'RTD_COMMUNITY' };
  const vacant = does(managed, 'DeclareVacancy', { role: 'RTD', from: '2026-11-01' });
  const [lastHour, tooLong] = ['2026-12-01T22:59:59Z', '2026-12-01T23:00:00Z'] as const;

  const blockedBy = (state: AdhesionState) => (isOpened(state) ? newServicesBlocked(state) : []);

  test('30 days of an empty mandatory role block new services of the full track from the day after, not what runs', () => {
    const running = does(vacant, 'RequestMigration', training);
    expect(blockedBy(drained(adhesion, running, lastHour))).toStrictEqual([]);
    when(running, 'MarkLongVacancy', { role: 'RTD', since: '2026-11-01' }, { now: tooLong }).then({
      type: 'VacancyBecameLong', data: { role: 'RTD', since: '2026-11-01', at: tooLong },
    });
    const blocked = drained(adhesion, running, tooLong);
    expect(blockedBy(blocked)).toStrictEqual([{
      code: 'ROLE_VACANT_TOO_LONG', message: {
        it: 'RTD: ruolo vacante dal 2026-11-01, da ricoprire entro il 2026-12-01; un nuovo servizio del percorso completo può iniziare quando un nuovo titolare ha accettato.',
        en: 'RTD: vacant since 2026-11-01, was to be filled by 2026-12-01; a new service of the full track can begin once a new holder has accepted.',
      },
    }]);
    // The light track needs a convention in force and nothing else.
    expect(when(blocked, 'RequestMigration', community, { now: tooLong }).decision.kind).toBe('accepted');
    expect(view(blocked)).toMatchObject({ vacancies: [{ tooLong: true }], timers: [] });
    const note = { id: 'c_a010-1.TRAINING', service: 'TRAINING', state: 'OPERATING' };
    expect(when(blocked, 'NoteMigration', note, { commandId: 'migration/c_a010-1.TRAINING@7' }).decision.kind).toBe('accepted');
    when(blocked, 'MarkLongVacancy', { role: 'DPO', since: '2026-11-01' }).nothing();
  });

  test('a new holder opens them again; an appointment alone does not', () => {
    const blocked = drained(adhesion, vacant, tooLong);
    const named = does(blocked, 'AppointReferent', { role: 'RTD', subject: 's_rtd2', actNo: '80/2026', actOn: '2026-12-02' }, '2026-12-03T08:00:00Z');
    expect(blockedBy(named)).toHaveLength(1);
    const filled = does(named, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-12-03T08:00:00Z' }, '2026-12-03T09:00:00Z');
    expect(blockedBy(filled)).toStrictEqual([]);
  });

  test('sent twice, it ends the holder once and leaves the deputy', () => {
    const deputised = does(managed, 'AppointReferent', { role: 'DPO', subject: 's_dpo2', actNo: '50/2026', actOn: '2026-10-01', deputy: true });
    const left = does(deputised, 'DeclareVacancy', { role: 'DPO', from: '2026-11-01' });
    when(left, 'DeclareVacancy', { role: 'DPO', from: '2026-11-01' }).refused('ALREADY_RECORDED');
  });

  test('a deputy acts meanwhile, but does not stop the clock', () => {
    const deputised = does(managed, 'AppointReferent', { role: 'DPO', subject: 's_dpo2', actNo: '50/2026', actOn: '2026-10-01', deputy: true });
    const acting = does(deputised, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-10-02T08:00:00Z' });
    const left = does(acting, 'DeclareVacancy', { role: 'DPO', from: '2026-11-01' });
    expect(view(left)).toMatchObject({ personalDataBlocked: [], vacancies: [{ role: 'DPO', fillBy: '2026-12-01' }] });
    expect(blockedBy(drained(adhesion, left, tooLong))).toMatchObject([{ code: 'ROLE_VACANT_TOO_LONG' }]);
  });

  test('roles that nobody was appointed to yet have no clock', () => {
    const waited = drained(adhesion, inForce, '2028-01-01T00:00:00Z');
    expect(view(waited)).toMatchObject({ vacancies: [] });
    expect(when(waited, 'RequestMigration', training).decision.kind).toBe('accepted');
  });

  test('E54: personal data wait for a DPO and a security role who are active, or their deputies', () => {
    const notHeld = (it: string, en: string): object => ({
      code: 'ROLE_NOT_HELD',
      message: {
        it: `${it}: ruolo non ancora ricoperto, senza sostituto: nessun passo con dati personali finché nessuno vi è attivo.`,
        en: `${en}: held by nobody yet, and there is no deputy: no step with personal data until somebody is active in it.`,
      },
    });
    const [dpo, security] = [notHeld('DPO', 'DPO'), notHeld('Referente per la sicurezza', 'Security contact')];
    expect(view(opened()).personalDataBlocked).toStrictEqual([dpo, security]);
    expect(view(appointed).personalDataBlocked).toStrictEqual([dpo, security]);
    const accepted = does(appointed, 'AcceptAppointment', { appointmentId: 'ref-3', acceptedAt: '2026-09-08T08:00:00Z' });
    expect(view(accepted).personalDataBlocked).toStrictEqual([security]);
    const deputy = does(accepted, 'AppointReferent', { role: 'SECURITY_CONTACT', subject: 's_sec2', actNo: '50/2026', actOn: '2026-10-01', deputy: true });
    expect(view(deputy).personalDataBlocked).toHaveLength(1);
    expect(view(does(deputy, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-10-02T08:00:00Z' })).personalDataBlocked).toStrictEqual([]);
    expect(view(managed).personalDataBlocked).toStrictEqual([]);
  });

  test('E54: DPO vacant: what has no personal data goes on, every step with personal data stops at once', () => {
    const left = does(managed, 'DeclareVacancy', { role: 'DPO', from: '2026-11-22' });
    expect(view(left).personalDataBlocked).toStrictEqual([
      { code: 'ROLE_VACANT', message: {
        it: 'DPO: ruolo vacante dal 2026-11-22, senza sostituto: nessun passo con dati personali finché nessuno vi è attivo.',
        en: 'DPO: vacant since 2026-11-22, and there is no deputy: no step with personal data until somebody is active in it.',
      } },
    ]);
    expect(when(left, 'RequestMigration', community).decision.kind).toBe('accepted');
    const security = does(managed, 'DeclareVacancy', { role: 'SECURITY_CONTACT', from: '2026-11-22' });
    expect(view(security).personalDataBlocked).toMatchObject([{ code: 'ROLE_VACANT' }]);
    expect(view(vacant).personalDataBlocked).toStrictEqual([]);
  });

  test('a role that is not mandatory has no clock', () => {
    const nis = does(managed, 'AppointReferent', { role: 'NIS_CONTACT', subject: 's_x', actNo: '1', actOn: '2026-09-10' });
    const left = does(does(nis, 'AcceptAppointment', { appointmentId: 'ref-5', acceptedAt: '2026-09-11T08:00:00Z' }), 'DeclareVacancy', { role: 'NIS_CONTACT', from: '2026-09-20' });
    expect(view(left)).toMatchObject({ vacancies: [], timers: [], waitingFor: [], referents: [{}, {}, {}, {}, { state: 'VACANT' }] });
  });
});
