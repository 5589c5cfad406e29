import { describe, expect, it } from 'vitest';
import { loadBodies } from '../../../api/bodies.ts';
import type { Decision } from '../../../domain/shared/process.ts';
import { decideChange, type ChangeRequest } from '../../../domain/territory/decide.ts';
import { evolveEntry, findChange, type TerritoryEntry } from '../../../domain/territory/journal.ts';
import { decideCorrection, decideWithdrawal, type Bound, type CorrectionRequest } from '../../../domain/territory/mend.ts';
import { bodiesOn, bodyOf, successorsOf, territoryOf, type BodyData, type Territory } from '../../../domain/territory/territory.ts';

const comune = (ipaCode: string, istatCode: string, name: string): BodyData => ({ ipaCode, istatCode, name, population: 1_000, bodyType: 'COMUNE' });
const ALFA = comune('c_a001', '015901', 'Alfa');
const BETA = comune('c_a002', '015902', 'Beta');
const GAMMA = comune('c_a003', '015903', 'Gamma');
const NEW = comune('c_z001', '015991', 'Alfa con Beta');
const OTHER = comune('c_z002', '015992', 'Altra');
const START = territoryOf([ALFA, BETA, GAMMA]);
const AT = '2026-11-23T08:00:00.000Z';
const ID = '2027-01-01.c_z001';
const NOTHING: Bound = { today: '2026-11-23', joined: [], cases: [] };

const merger = (change: Partial<ChangeRequest> = {}): ChangeRequest => ({ type: 'BodiesMerged', on: '2027-01-01', act: { title: 'Legge regionale 1/2027' }, predecessors: ['c_a001', 'c_a002'], successors: [NEW], ...change });
const correcting = (instead: CorrectionRequest['instead']): CorrectionRequest => ({ id: ID, reason: 'TRANSCRIPTION_ERROR', instead });
const codesOn = (territory: Territory, on: string) => bodiesOn(territory, on).map(({ ipaCode }) => ipaCode);

/** The territory after what was decided, which must be accepted. */
function then(territory: Territory, decision: Decision<TerritoryEntry>, at = AT): Territory {
  if (decision.kind === 'refused') throw new Error(decision.code);
  return decision.events.reduce((known, event) => evolveEntry(known, event, at), territory);
}
const recorded = (...changes: readonly ChangeRequest[]) => changes.reduce((territory, change) => then(territory, decideChange(territory, change)), START);
const corrected = (territory: Territory, instead: CorrectionRequest['instead']) => then(territory, decideCorrection(territory, correcting(instead), NOTHING));
const withdrawn = (territory: Territory, id = ID) => then(territory, decideWithdrawal(territory, { id, reason: 'RECORDED_TWICE' }, NOTHING));

describe('a change that was recorded wrongly', () => {
  it('counts from the right day once that is corrected, under the id that it always had, and what it said before is kept', () => {
    const territory = corrected(recorded(merger()), { on: '2027-03-01' });

    expect([codesOn(territory, '2027-02-28'), codesOn(territory, '2027-03-01')]).toEqual([['c_a001', 'c_a002', 'c_a003'], ['c_a003', 'c_z001']]);
    expect(territory.changes).toEqual([{
      type: 'BodiesMerged', effectiveOn: '2027-03-01', data: { id: ID, on: '2027-03-01', act: { title: 'Legge regionale 1/2027' }, predecessors: ['c_a001', 'c_a002'], successors: [NEW] },
      corrections: [{ reason: 'TRANSCRIPTION_ERROR', at: AT, before: { on: '2027-01-01', act: { title: 'Legge regionale 1/2027' }, predecessors: ['c_a001', 'c_a002'], successors: [NEW] } }],
    }]);
  });

  it('takes another name, ISTAT code, population and act, and of them only what is said', () => {
    const right = { ...NEW, name: 'Alfabeta', istatCode: '015995', population: 2_000 };
    const territory = corrected(corrected(recorded(merger()), { successors: [right] }), { act: { title: 'Legge regionale 2/2027' } });

    expect(bodyOf(territory, 'c_z001', '2027-01-01')).toMatchObject({ name: 'Alfabeta', istatCode: '015995', population: 2_000, predecessors: ['c_a001', 'c_a002'] });
    expect(territory.changes.map(({ data, corrections }) => [data.act.title, data.successors, corrections.length])).toEqual([['Legge regionale 2/2027', [right], 2]]);
  });

  it('with the wrong codes leaves no trace of them among the bodies: the comune that did not merge is there again', () => {
    const territory = corrected(recorded(merger()), { predecessors: ['c_a001', 'c_a003'], successors: [OTHER] });

    expect(codesOn(territory, '2027-01-01')).toEqual(['c_a002', 'c_z002']);
    expect([territory.lives.has('c_z001'), successorsOf(territory, 'c_a002', '2027-01-01'), successorsOf(territory, 'c_a003', '2027-01-01')]).toEqual([false, ['c_a002'], ['c_z002']]);
  });

  it('is read as if it had never been once it is withdrawn, and can still be looked up', () => {
    const before = recorded(merger({ type: 'BodyRenamed', predecessors: ['c_a003'], successors: [{ ...GAMMA, name: 'Gamma Nuova' }], on: '2026-12-01' }));
    const territory = withdrawn(then(before, decideChange(before, merger())));

    expect({ lives: territory.lives, changes: territory.changes }).toEqual({ lives: before.lives, changes: before.changes });
    expect(findChange(territory, ID)).toMatchObject({ type: 'BodiesMerged', data: { id: ID }, withdrawal: { reason: 'RECORDED_TWICE', at: AT } });
  });

  it('leaves its id to no other: the same change recorded anew has one of its own', () => {
    const again = then(withdrawn(recorded(merger())), decideChange(withdrawn(recorded(merger())), merger()));
    const third = withdrawn(again, `${ID}.2`);

    expect(again.changes.map(({ data }) => data.id)).toEqual([`${ID}.2`]);
    expect(decideChange(third, merger())).toMatchObject({ kind: 'accepted', events: [{ data: { id: `${ID}.3` } }] });
    expect(decideChange(again, merger())).toMatchObject({ kind: 'refused', code: 'ALREADY_RECORDED', reasons: [{ message: { en: `The change ${ID}.2 is recorded already.` } }] });
  });

  it('is told by every later entry, whatever stands between', () => {
    const rename = merger({ type: 'BodyRenamed', on: '2026-12-15', predecessors: ['c_a003'], successors: [{ ...GAMMA, name: 'Gamma Nuova' }] });
    const territory = corrected(recorded(merger(), rename), { predecessors: ['c_a001', 'c_a003'] });

    expect([codesOn(territory, '2027-01-01'), bodyOf(territory, 'c_a003', '2026-12-20')?.name]).toEqual([['c_a002', 'c_z001'], 'Gamma Nuova']);
  });
});

describe('a correction is judged, and counts, after all that was recorded', () => {
  it('so that it can end a comune that was made since', () => {
    const before = recorded(merger(), merger({ type: 'BodyRegistered', on: '2027-02-01', predecessors: [], successors: [OTHER] }));
    const territory = corrected(before, { on: '2027-03-01', predecessors: ['c_a001', 'c_z002'] });

    expect([codesOn(territory, '2027-02-28'), codesOn(territory, '2027-03-01')]).toEqual([['c_a001', 'c_a002', 'c_a003', 'c_z002'], ['c_a002', 'c_a003', 'c_z001']]);
  });

  it('and what the project ships stays as it is under it', () => {
    const { known } = loadBodies();
    const change = merger({ predecessors: ['c_m424', 'c_a010'] });
    const territory = corrected(then(known, decideChange(known, change)), { on: '2027-03-01' });

    expect(territory.changes.map(({ data }) => data.id)).toEqual(['2019-02-08.c_m424', ID]);
    expect(bodiesOn(territory, '2027-03-01')).toHaveLength(132);
    expect(bodyOf(territory, 'c_m424', '2027-02-28')).toMatchObject({ population: 5877, predecessors: ['c_l768', 'c_m160'], succeededBy: ['c_z001'] });
    expect(withdrawn(territory).lives).toEqual(known.lives);
  });
});

describe('what is refused', () => {
  const later = merger({ on: '2028-01-01', predecessors: ['c_z001', 'c_a003'], successors: [OTHER] });

  it.each<[string, Territory, CorrectionRequest['instead'], string, Partial<Bound>?]>([
    ['that says nothing new', recorded(merger()), { on: '2027-01-01' }, 'NOTHING_CHANGES'],
    ['to a comune that nobody knows', recorded(merger()), { predecessors: ['c_a001', 'c_q999'] }, 'UNKNOWN_BODY'],
    ['to the code of another comune', recorded(merger()), { successors: [{ ...NEW, istatCode: '015903' }] }, 'SUCCESSOR_EXISTS'],
    ['to a merger of one', recorded(merger()), { predecessors: ['c_a001'] }, 'BODIES_MISCOUNTED'],
    ['to what another change says', recorded(merger(), merger({ type: 'BodyRegistered', on: '2027-02-01', predecessors: [], successors: [OTHER] })), { on: '2027-02-01', successors: [OTHER] }, 'ALREADY_RECORDED'],
    ['of a change on which another rests', recorded(merger(), later), { on: '2027-02-01' }, 'LATER_CHANGE'],
    ['of one that joined cases', recorded(merger()), { on: '2027-02-01' }, 'CASES_JOINED', { joined: ['c_a001-1'] }],
    ['of one that is joining them', evolveEntry(recorded(merger()), { type: 'CaseJoiningBegun', data: { id: ID }, effectiveOn: '2027-01-01' }, AT), { on: '2027-02-01' }, 'CASES_JOINED'],
    ['of one that is withdrawn', withdrawn(recorded(merger())), { on: '2027-02-01' }, 'CHANGE_WITHDRAWN'],
    ['of one that nobody recorded', START, { on: '2027-02-01' }, 'UNKNOWN_CHANGE'],
    ['by which a body with a running case would not be there', recorded(merger()), { on: '2027-03-01' }, 'BODY_HAS_CASES', { today: '2027-02-01', cases: [{ body: 'c_z001', adhesion: 'c_z001-1' }] }],
  ])('a correction %s', (_what, territory, instead, code, bound = {}) => {
    expect(decideCorrection(territory, correcting(instead), { ...NOTHING, ...bound })).toMatchObject({ kind: 'refused', code });
  });

  it.each<[string, Territory, string, Partial<Bound>?]>([
    ['on which another rests', recorded(merger(), later), 'LATER_CHANGE'],
    ['that joined cases', recorded(merger()), 'CASES_JOINED', { joined: ['c_a001-1'] }],
    ['that is withdrawn', withdrawn(recorded(merger())), 'CHANGE_WITHDRAWN'],
    ['whose comune has a running case', recorded(merger()), 'BODY_HAS_CASES', { today: '2027-02-01', cases: [{ body: 'c_z001', adhesion: 'c_z001-1' }] }],
  ])('a withdrawal of a change %s', (_what, territory, code, bound = {}) => {
    expect(decideWithdrawal(territory, { id: ID, reason: 'ACT_ANNULLED' }, { ...NOTHING, ...bound })).toMatchObject({ kind: 'refused', code });
  });

  it('a word on a change that the project ships', () => {
    expect(decideWithdrawal(loadBodies().known, { id: '2019-02-08.c_m424', reason: 'ACT_ANNULLED' }, NOTHING)).toMatchObject({ kind: 'refused', code: 'CHANGE_SHIPPED' });
  });

  it('not of a comune that took in another, and has its own case: it stays', () => {
    const territory = recorded(merger({ type: 'BodyIncorporated', predecessors: ['c_a001'], successors: [{ ...BETA, population: 2_000 }] }));
    const bound = { today: '2027-02-01', joined: [], cases: [{ body: 'c_a002', adhesion: 'c_a002-1' }] };
    expect(decideWithdrawal(territory, { id: '2027-01-01.c_a002', reason: 'ACT_ANNULLED' }, bound)).toMatchObject({ kind: 'accepted', events: [{ type: 'ChangeWithdrawn', data: { id: '2027-01-01.c_a002', reason: 'ACT_ANNULLED' }, effectiveOn: '2027-01-01' }] });
  });
});
