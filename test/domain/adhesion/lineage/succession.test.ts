import { describe, expect, it } from 'vitest';
import { adhesion } from '../../../../domain/adhesion/index.ts';
import { MEMBER, NOW, OPERATOR, does, opened, reached, view, when } from '../scenario.ts';
import { ALFA, BETA, CHANGE, historyOf, inheriting, NEW, type History } from './history.ts';

const SUCCESSION = { ...CHANGE, successors: [{ body: 'c_m424', adhesion: 'c_m424-1' }] };
const successorOf = (...histories: readonly History[]) => does(adhesion.initial(), 'InheritAdhesion', inheriting(...histories));

describe('E61: the case of a comune that another succeeds', () => {
  it('ends with an event that names the case in which it goes on', () => {
    const { state } = historyOf(ALFA, 'RegisterConvention');
    const after = when(state, 'SucceedAdhesion', SUCCESSION).then({ type: 'AdhesionSucceeded', data: { ...SUCCESSION, at: NOW }, effectiveOn: '2026-11-21' });
    expect(view(after)).toMatchObject({ phase: 'CLOSED', timers: [], waitingFor: [], convention: { state: 'IN_FORCE' }, lineage: { succeededBy: { on: '2026-11-21', cases: SUCCESSION.successors } } });
  });

  it('takes nothing more from the secretary of before, and nothing twice', () => {
    const after = does(historyOf(ALFA, 'RegisterConvention').state, 'SucceedAdhesion', SUCCESSION);
    when(after, 'AppointReferent', { role: 'RTD', subject: 's_x', actNo: '1', actOn: '2026-11-01' }, { actor: { ...MEMBER, body: 'c_l768' } }).refused('CASE_CLOSED');
    when(after, 'SucceedAdhesion', SUCCESSION).nothing();
  });

  it('is still told how the services go on that it asked for', () => {
    const requested = does(reached('RegisterConvention'), 'RequestMigration', { service: 'TRAINING' });
    const after = does(requested, 'SucceedAdhesion', SUCCESSION);
    const noted = adhesion.decide(after, { type: 'NoteMigration', data: { id: 'c_a010-1.TRAINING', service: 'TRAINING', state: 'OPERATING' } }, { actor: { subject: 'engine', role: 'engine', body: null }, now: NOW, commandId: 'migration/c_a010-1.TRAINING@2' });
    expect(noted).toMatchObject({ kind: 'accepted', events: [{ type: 'MigrationNoted', data: { state: 'OPERATING' } }] });
  });

  it('is not succeeded by a person, nor in advance', () => {
    when(opened(), 'SucceedAdhesion', SUCCESSION, { actor: OPERATOR }).refused('FORBIDDEN');
    when(opened(), 'SucceedAdhesion', { ...SUCCESSION, on: '2026-12-01' }).refused('FACT_IN_FUTURE', 'on');
  });
});

describe('E61: the case of the successor', () => {
  it('takes over resolution, convention and referents with their days, and says from where', () => {
    const alfa = historyOf(ALFA, 'AcceptAppointment');
    const after = successorOf(alfa, historyOf(BETA, 'ConfirmReceipt'));
    const before = view(alfa.state);
    const now = view(after);

    expect({ phase: now.phase, deliberation: now.deliberation.state, resolutionNo: now.deliberation.resolutionNo, adoptedOn: now.deliberation.adoptedOn, executiveOn: now.deliberation.executiveOn, convention: now.convention })
      .toEqual({ phase: before.phase, deliberation: 'ACCEPTED', resolutionNo: '45/2026', adoptedOn: '2026-07-08', executiveOn: '2026-07-24', convention: before.convention });
    expect(now.referents).toEqual(before.referents);
    expect(now.timers).toEqual(before.timers);
    expect(now.lineage.inheritedFrom).toMatchObject([{ ...CHANGE, cases: [
      { adhesion: 'c_l768-1', base: true, version: alfa.state.version, resolutionNo: '45/2026', inForceOn: '2026-09-01' },
      { adhesion: 'c_m160-1', base: false, phase: 'DESIGN', resolutionNo: null },
    ] }]);
    expect([now.policies.councillors, now.population]).toEqual([12, 5_773]);
  });

  it('names the event of the predecessor that each fact repeats', () => {
    const alfa = historyOf(ALFA, 'RegisterConvention');
    const decision = adhesion.decide(adhesion.initial(), { type: 'InheritAdhesion', data: inheriting(alfa) }, { actor: { subject: 'engine', role: 'engine', body: null }, now: NOW, commandId: 'x' });
    if (decision.kind === 'refused') throw new Error(decision.code);
    const adopted = alfa.events.find(({ type }) => type === 'ResolutionAdopted');
    expect(decision.events.slice(0, 2).map(({ type }) => type)).toEqual(['AdhesionOpened', 'AdhesionInherited']);
    expect(decision.events.find(({ type }) => type === 'ResolutionAdopted')).toEqual({
      type: 'ResolutionAdopted', data: { ...adopted?.data, origin: { kind: 'TAKEN_OVER', adhesion: 'c_l768-1', version: adopted?.version } }, effectiveOn: '2026-07-08',
    });
    expect(decision.events.every((event, at) => at === 0 || 'effectiveOn' in event)).toBe(true);
  });

  it('takes over a correction as one, and can correct what it took over', () => {
    const corrected = historyOf(ALFA, 'RecordPublication').state.deliberation.publication?.version ?? 0;
    const alfa = historyOf(ALFA, 'RecordPublication', [{ type: 'CorrectFact', data: { version: corrected, data: { noticeBoardNo: '1204/2026', firstDay: '2026-07-14' } } }]);
    const after = successorOf(alfa);
    expect(view(after).deliberation).toMatchObject({ firstDay: '2026-07-14', executiveOn: '2026-07-25', state: 'PUBLISHED' });
    const again = does(after, 'CorrectFact', { version: after.deliberation.publication?.version ?? 0, data: { noticeBoardNo: '1204/2026', firstDay: '2026-07-15' } }, NOW, { ...MEMBER, body: 'c_m424' });
    expect(view(again).deliberation).toMatchObject({ firstDay: '2026-07-15', executiveOn: '2026-07-26' });
  });

  it('of two conventions in force goes by the earlier, whatever the order', () => {
    const alfa = historyOf(ALFA, 'RegisterConvention');
    const beta = historyOf(BETA, 'RegisterConvention');
    const { registration } = beta.state.convention;
    if (registration === null) throw new Error('It was registered');
    const sooner = { ...beta, state: { ...beta.state, convention: { ...beta.state.convention, registration: { ...registration, inForceOn: '2026-08-20' } } } };
    const base = (...histories: readonly History[]) => inheriting(...histories).from.find((one) => one.base)?.adhesion;
    expect([base(alfa, beta), base(beta, alfa), base(alfa, sooner)]).toEqual(['c_l768-1', 'c_l768-1', 'c_m160-1']);
  });

  it('of one that has resolved and one that has not takes the resolution, of neither only the referents', () => {
    const under = historyOf(ALFA, 'ConfirmReceipt');
    expect(inheriting(under, historyOf(BETA, 'RecordSession')).from.find((one) => one.base)?.adhesion).toBe('c_m160-1');
    expect(inheriting(under).facts).toEqual([]);
    expect(view(successorOf(under))).toMatchObject({ phase: 'RECOGNITION', deliberation: { state: 'NOT_STARTED' }, lineage: { inheritedFrom: [{ facts: 0, cases: [{ adhesion: 'c_l768-1', phase: 'DESIGN' }] }] } });
  });

  it('that was there already goes on with its own acts, and notes once where the others went', () => {
    const own = historyOf({ ...NEW }, 'ConfirmReceipt').state;
    const after = does(own, 'InheritAdhesion', inheriting(historyOf(ALFA, 'RegisterConvention')));
    expect(view(after)).toMatchObject({ phase: 'DESIGN', deliberation: { state: 'OPINIONS_PENDING' }, lineage: { inheritedFrom: [{ facts: 0, cases: [{ adhesion: 'c_l768-1' }] }] } });
    when(after, 'InheritAdhesion', inheriting(historyOf(ALFA, 'RegisterConvention'))).nothing();
  });

  it('is opened by nobody but the engine, and not before its day', () => {
    const data = inheriting(historyOf(ALFA, 'RegisterConvention'));
    when(adhesion.initial(), 'InheritAdhesion', data, { actor: OPERATOR }).refused('FORBIDDEN');
    when(adhesion.initial(), 'InheritAdhesion', { ...data, on: '2026-12-01' }).refused('FACT_IN_FUTURE', 'on');
  });
});
