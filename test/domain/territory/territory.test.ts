import { describe, expect, it } from 'vitest';
import { loadBodies } from '../../../api/bodies.ts';
import { decideChange, type ChangeRequest } from '../../../domain/territory/decide.ts';
import { ancestorsOf, bodiesOn, bodyOf, evolveTerritory, successorsOf, territoryOf, type BodyData, type Territory } from '../../../domain/territory/territory.ts';

const comune = (ipaCode: string, istatCode: string, name: string): BodyData => ({ ipaCode, istatCode, name, population: 1_000, bodyType: 'COMUNE' });
const ALFA = comune('c_a001', '015901', 'Alfa');
const BETA = comune('c_a002', '015902', 'Beta');
const GAMMA = comune('c_a003', '015903', 'Gamma');
const NEW = comune('c_z001', '015991', 'Alfa con Beta');
const OTHER = comune('c_z002', '015992', 'Altra');
const ACT = { title: 'Legge regionale 1/2027' };
const START = territoryOf([ALFA, BETA, GAMMA]);

const merger = (change: Partial<ChangeRequest> = {}): ChangeRequest => ({ type: 'BodiesMerged', on: '2027-01-01', act: ACT, predecessors: ['c_a001', 'c_a002'], successors: [NEW], ...change });

/** The territory after changes that are all accepted. */
function after(...changes: readonly ChangeRequest[]): Territory {
  return changes.reduce((territory, change) => {
    const decision = decideChange(territory, change);
    if (decision.kind === 'refused') throw new Error(decision.code);
    return decision.events.reduce((known, event) => evolveTerritory(known, event), territory);
  }, START);
}

const codesOn = (territory: Territory, on: string) => bodiesOn(territory, on).map(({ ipaCode }) => ipaCode);

describe('the territory that the project ships', () => {
  it('E61: Vermezzo and Zelo Surrigone are one comune since 8 February 2019, and there is one comune less', () => {
    const { known } = loadBodies();

    expect(bodiesOn(known, '2019-02-07')).toHaveLength(134);
    expect(bodiesOn(known, '2019-02-08')).toHaveLength(133);
    expect(bodyOf(known, 'c_l768', '2019-02-07')).toEqual({
      ipaCode: 'c_l768', istatCode: '015235', name: 'Vermezzo', population: 3901, bodyType: 'COMUNE', from: null, until: '2019-02-07', succeededBy: ['c_m424'], predecessors: [],
    });
    expect(bodyOf(known, 'c_m424', '2026-11-23')).toMatchObject({ istatCode: '015251', population: 5877, from: '2019-02-08', until: null, predecessors: ['c_l768', 'c_m160'] });
    expect(successorsOf(known, 'c_m160', '2026-11-23')).toEqual(['c_m424']);
  });

  it('finds the comune of today by a name, an IPA code or an ISTAT code of before', () => {
    const bodies = loadBodies();

    expect(['Surrigone', 'c_m160', '015246'].map((text) => bodies.search(text).map(({ ipaCode }) => ipaCode))).toEqual([['c_m424'], ['c_m424'], ['c_m424']]);
    expect(bodies.findByIstat('015246')?.ipaCode).toBe('c_m424');
    expect(bodies.all).toHaveLength(133);
  });
});

describe('changes that count from their day on', () => {
  it('a merger ends two comuni and begins one', () => {
    const territory = after(merger());

    expect(codesOn(territory, '2026-12-31')).toEqual(['c_a001', 'c_a002', 'c_a003']);
    expect(codesOn(territory, '2027-01-01')).toEqual(['c_a003', 'c_z001']);
  });

  it('an incorporation leaves the comune that takes in the other, with more people', () => {
    const territory = after(merger({ type: 'BodyIncorporated', predecessors: ['c_a001'], successors: [{ ...BETA, population: 2_000 }] }));

    expect(codesOn(territory, '2027-01-01')).toEqual(['c_a002', 'c_a003']);
    expect([bodyOf(territory, 'c_a002', '2026-12-31')?.population, bodyOf(territory, 'c_a002', '2027-01-01')?.population]).toEqual([1_000, 2_000]);
  });

  it('a split makes two of one, and each knows where it comes from', () => {
    const territory = after(merger({ type: 'BodySplit', predecessors: ['c_a001'], successors: [NEW, OTHER] }));

    expect(codesOn(territory, '2027-01-01')).toEqual(['c_a002', 'c_a003', 'c_z001', 'c_z002']);
    expect(successorsOf(territory, 'c_a001', '2027-01-01')).toEqual(['c_z001', 'c_z002']);
    expect(successorsOf(territory, 'c_a001', '2026-12-31')).toEqual(['c_a001']);
  });

  it('a comune that is renamed keeps its code, and its former name for the days before', () => {
    const territory = after(merger({ type: 'BodyRenamed', predecessors: ['c_a003'], successors: [{ ...GAMMA, name: 'Gamma Nuova' }] }));

    expect(['2026-12-31', '2027-01-01'].map((on) => bodyOf(territory, 'c_a003', on)?.name)).toEqual(['Gamma', 'Gamma Nuova']);
    expect(codesOn(territory, '2027-01-01')).toEqual(['c_a001', 'c_a002', 'c_a003']);
  });

  it('a code leads through every change to what stands today', () => {
    const territory = after(merger(), merger({ on: '2028-01-01', predecessors: ['c_z001', 'c_a003'], successors: [OTHER] }));

    expect(successorsOf(territory, 'c_a001', '2028-06-01')).toEqual(['c_z002']);
    expect(ancestorsOf(territory, 'c_z002')).toEqual(['c_z001', 'c_a003', 'c_a001', 'c_a002']);
  });

  it('a union of comuni is registered without being a comune', () => {
    const union: BodyData = { ipaCode: 'u_navigli', istatCode: '015901', name: 'Unione dei Navigli', population: 3_000, bodyType: 'UNIONE_DI_COMUNI' };
    const territory = after(merger({ type: 'BodyRegistered', predecessors: [], successors: [union] }));

    expect(codesOn(territory, '2027-01-01')).toEqual(['c_a001', 'c_a002', 'c_a003', 'u_navigli']);
    expect(bodiesOn(territory, '2027-01-01').filter(({ bodyType }) => bodyType === 'COMUNE')).toHaveLength(3);
  });
});

describe('changes that are refused', () => {
  it.each<[string, ChangeRequest, string, Territory?]>([
    ['of a body that nobody knows', merger({ predecessors: ['c_a001', 'c_q999'] }), 'UNKNOWN_BODY'],
    ['that names a body twice', merger({ predecessors: ['c_a001', 'c_a001'] }), 'BODY_REPEATED'],
    ['of one comune alone', merger({ predecessors: ['c_a001'] }), 'BODIES_MISCOUNTED'],
    ['recorded before', merger(), 'ALREADY_RECORDED', after(merger())],
    ['of a body that another succeeded', merger({ on: '2028-01-01', predecessors: ['c_a001', 'c_a003'], successors: [OTHER] }), 'BODY_SUCCEEDED', after(merger())],
    ['into a body that is there already', merger({ successors: [GAMMA] }), 'SUCCESSOR_EXISTS'],
    ["under another comune's ISTAT code", merger({ successors: [{ ...NEW, istatCode: '015903' }] }), 'SUCCESSOR_EXISTS'],
    ['into one of those that it ends', merger({ successors: [ALFA] }), 'SUCCESSION_CYCLE'],
    ['by which a comune takes in what is none', merger({ type: 'BodyIncorporated', predecessors: ['c_a001'], successors: [NEW] }), 'UNKNOWN_BODY'],
    ['of before the last one of the same body', merger({ on: '2026-06-01', predecessors: ['c_z001', 'c_a003'], successors: [OTHER] }), 'DATE_BEFORE_GROUND', after(merger())],
    ['of comuni into a union', merger({ successors: [{ ...NEW, ipaCode: 'u_x', bodyType: 'UNIONE_DI_COMUNI' }] }), 'BODY_TYPE_MISMATCH'],
    ['of a name into itself', merger({ type: 'BodyRenamed', predecessors: ['c_a003'], successors: [GAMMA] }), 'NOTHING_CHANGES'],
    ['of the name of another', merger({ type: 'BodyRenamed', predecessors: ['c_a003'], successors: [ALFA] }), 'UNKNOWN_BODY'],
  ])('%s', (_what, change, code, territory = START) => {
    expect(decideChange(territory, change)).toMatchObject({ kind: 'refused', code });
  });
});
