import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../../api/catalogue.ts';
import type { AdhesionState } from '../../../../domain/adhesion/index.ts';
import { findService } from '../../../../domain/catalogue/catalogue.ts';
import { offerOf } from '../../../../domain/catalogue/offer.ts';
import { after, decided, GO, parallel, SCHEDULE, told as heard } from '../../migration/moved.ts';
import { does, ENGINE, MEMBER, NOW, OPERATOR, reached, view, when } from '../scenario.ts';

const inForce = reached('RegisterConvention');
const OWN = '2026-07-08';
const note = (sessionOn: string) => ({ sessionOn });
const noted = (state: AdhesionState, ...days: readonly string[]) => days.reduce((now, day) => does(now, 'NoteCouncilSession', note(day)), state);

/** The case with a service of the council asked for. */
function withService(state: AdhesionState): AdhesionState {
  const shipped = findService(loadCatalogue(), 'E_DEMOCRACY');
  if (shipped === undefined) throw new Error('E_DEMOCRACY');
  return does(state, 'RequestMigration', { service: 'E_DEMOCRACY', offered: offerOf(shipped) });
}
const told = ({ migrations }: AdhesionState) => migrations[0]?.full?.told.sessions;

describe('NoteCouncilSession', () => {
  test('is for the member and the operator, of a day that is not past in Rome', () => {
    for (const actor of [MEMBER, OPERATOR]) when(inForce, 'NoteCouncilSession', note('2026-12-11'), { actor }).then({ type: 'CouncilSessionNoted', data: { sessionOn: '2026-12-11', at: NOW } });
    const now = '2026-12-10T23:00:00Z';
    when(inForce, 'NoteCouncilSession', note('2026-12-11'), { now }).then({ type: 'CouncilSessionNoted', data: { sessionOn: '2026-12-11', at: now } });
    when(inForce, 'NoteCouncilSession', note('2026-12-10'), { now }).refused('SESSION_IN_PAST', 'sessionOn');
    when(inForce, 'NoteCouncilSession', note('2026-12-11'), { actor: ENGINE }).refused('FORBIDDEN');
  });

  test('takes each day once, and 200 at most', () => {
    when(noted(inForce, '2026-12-11'), 'NoteCouncilSession', note('2026-12-11')).refused('ALREADY_RECORDED', 'sessionOn');
    const full = { ...inForce, councilSessions: Array.from({ length: 200 }, (_, day) => `2030-01-${day}`) };
    when(full, 'NoteCouncilSession', note('2026-12-11')).refused('TOO_MANY_SESSIONS');
  });

  test('is refused once the convention has ended', () => {
    when(does(withService(inForce), 'AnnulResolution', { actNo: '1/2026', on: '2026-11-22', by: 'COURT' }), 'NoteCouncilSession', note('2026-12-11')).refused('CONVENTION_ENDED');
  });
});

describe('WithdrawCouncilSession', () => {
  test('takes a day back that was noted', () => {
    const two = noted(inForce, '2026-12-18', '2026-12-11');
    expect(view(two).councilSessions).toEqual(['2026-12-11', '2026-12-18']);
    const one = when(two, 'WithdrawCouncilSession', note('2026-12-11')).then({ type: 'CouncilSessionWithdrawn', data: { sessionOn: '2026-12-11', at: NOW } });
    expect(view(one).councilSessions).toEqual(['2026-12-18']);
    when(one, 'WithdrawCouncilSession', note('2026-12-11')).refused('UNKNOWN_SESSION', 'sessionOn');
    when(inForce, 'WithdrawCouncilSession', note('2026-12-11')).refused('UNKNOWN_SESSION');
  });
});

describe('a migration', () => {
  test('is told of each session, beside that of the resolution, and of one that is taken back', () => {
    const asked = withService(inForce);
    const more = noted(asked, '2026-12-11');
    expect([told(asked), told(more), told(does(more, 'WithdrawCouncilSession', note('2026-12-11')))]).toEqual([[OWN], [OWN, '2026-12-11'], [OWN]]);
    expect(told(withService(noted(inForce, '2026-12-11')))).toEqual([OWN, '2026-12-11']);
  });

  test('of a service of the council is not cut over on that day, even where its window was set before', () => {
    const sessions = told(does(withService(inForce), 'NoteCouncilSession', note('2026-11-07'), '2026-11-01T08:00:00Z')) ?? [];
    const at = '2026-10-30T08:00:00Z';
    expect(decided(heard(parallel(), { sessions }, at), SCHEDULE)).toMatchObject({ kind: 'refused', code: 'WINDOW_NOT_FREE', reasons: [{}, { code: 'COUNCIL_SESSION' }, {}] });
    expect(decided(heard(after(parallel(), SCHEDULE), { sessions }, '2026-11-01T08:00:00Z'), GO)).toMatchObject({ code: 'GATE_SHUT', reasons: [{}, { code: 'WINDOW_NOT_FREE' }, { code: 'COUNCIL_SESSION' }] });
    expect(decided(after(parallel(), SCHEDULE), GO).kind).toBe('accepted');
  });
});
