import { expect, test } from 'vitest';
import { accepts, adopted, appointed, bodyNo, budget, conference, constituted, Path, published, received, report, resolved, start, tell, TERRITORY, when } from './scenario.ts';

/** The conference held, all comuni with the acts in time. */
const underWay = () => new Path().at('2026-05-20', start()).at('2026-05-21', conference).at('2026-05-30', ...received(1, 133));

test('E58: 44 of 45 approved at 31 July, the gate is not met and the operator decides; the 45th, executive in September before the CMM resolution, is counted', () => {
  const path = underWay().at('2026-07-20', ...adopted(1, 44, '2026-07-08')).untilBegins('2026-08-01');
  expect(path.ofType('ResolutionsWindowEnded').map(({ data }) => data)).toEqual([{ to: '2026-07-31', adopted: 44, executive: 44, of: 133, at: '2026-07-31T22:00:00Z' }]);
  expect(path.ofType('MilestoneMissed').map(({ data: { gate, to, at } }) => ({ gate, to, at }))).toEqual([{ gate: 'MUNICIPAL_RESOLUTIONS', to: '2026-07-31', at: '2026-07-31T22:00:00Z' }]);
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'MISSED', inQuestion: true });
  expect(path.view.waitingFor).toContainEqual(expect.objectContaining({ who: 'OPERATOR', what: 'DecideMilestone' }));
  when(path, resolved('2026-08-01'), '2026-08-02').refused('THRESHOLD_NOT_MET');

  path.at('2026-08-03', { type: 'DecideMilestone', data: { gate: 'MUNICIPAL_RESOLUTIONS', decision: 'EXTEND', to: '2026-09-30' } });
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'EXTENDED', planned: { to: '2026-07-31' }, revised: { to: '2026-07-31' }, awaitedBy: '2026-09-30', inQuestion: false });
  path.at('2026-09-25', tell(45, { adoptedOn: '2026-09-10' }));
  expect(path.ofType('ThresholdMet').map(({ data }) => data)).toEqual([{ on: '2026-09-21', members: 45, population: 1_760_000, required: { members: 45, population: 1_320_001 }, at: '2026-09-25T09:00:00Z' }]);
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'LATE', reachedOn: '2026-09-21', delayDays: 52 });
  expect(path.view.members[44]).toMatchObject({ body: bodyNo(45), counting: 'COUNTED', late: true });
  path.at('2026-10-20', resolved('2026-10-20'), published('2026-10-20'));
  expect(path.gate('CMM_RESOLUTION')).toMatchObject({ state: 'MET', reachedOn: '2026-10-20' });
});

test('E59: the CMM resolution slips to 12 November: missed on 31 October at 24:00, later gates flagged, no date rewritten; who is executive after it is a late adhesion', () => {
  const path = underWay().at('2026-07-20', ...adopted(1, 45, '2026-07-08')).untilBegins('2026-11-01');
  expect(path.ofType('MilestoneMissed').map(({ data }) => data)).toEqual([
    { gate: 'CMM_RESOLUTION', to: '2026-10-31', inDoubt: ['CONSTITUTED', 'BOARD_APPOINTED', 'FIRST_BUDGET_PREPARED'], at: '2026-10-31T23:00:00Z' },
  ]);
  const dates = path.view.gates.map(({ planned, revised, awaitedBy }) => ({ planned, revised, awaitedBy }));
  expect(dates.map(({ awaitedBy }) => awaitedBy)).toEqual(['2026-05-21', '2026-05-31', '2026-07-31', '2026-10-31', '2026-11-30', '2026-12-31', '2027-01-31']);
  expect(path.view.gates.filter(({ inDoubt }) => inDoubt).map(({ gate }) => gate)).toEqual(['CONSTITUTED', 'BOARD_APPOINTED', 'FIRST_BUDGET_PREPARED']);

  path.at('2026-11-12', resolved('2026-11-12', true), tell(46, { adoptedOn: '2026-11-02' }));
  expect(path.gate('CMM_RESOLUTION')).toMatchObject({ state: 'LATE', reachedOn: '2026-11-12', delayDays: 12, missedOn: '2026-10-31' });
  expect(path.view.gates.map(({ planned, revised, awaitedBy }) => ({ planned, revised, awaitedBy }))).toEqual(dates);
  expect(path.view.members[45]).toMatchObject({ body: bodyNo(46), executiveOn: '2026-11-13', counting: 'LATE_ADHESION' });
  expect(path.view.threshold.executive.members).toBe(45);

  when(path, { type: 'AdmitLateMember', data: { body: bodyNo(46), assemblyActNo: '1', on: '2026-11-13' } }, '2026-11-14').refused('NOT_CONSTITUTED');
  path.at('2026-11-25', constituted('2026-11-20')).at('2026-12-10', { type: 'AdmitLateMember', data: { body: bodyNo(46), assemblyActNo: '1', on: '2026-12-09' } });
  expect(path.view.members[45]?.counting).toBe('ADMITTED');
});

test('E62: a comune that is silent to 31 July is late, never joined, never rejected', () => {
  const path = underWay().at('2026-07-20', ...adopted(1, 45, '2026-07-08')).untilBegins('2026-08-01');
  expect(path.view.members[99]).toMatchObject({ body: bodyNo(100), counting: 'NONE', late: true, adoptedOn: null });
  expect(path.view.members[0]).toMatchObject({ late: false, counting: 'COUNTED' });
  path.at('2026-08-20', tell(100, { adoptedOn: '2026-08-05' }));
  expect(path.view.members[99]).toMatchObject({ counting: 'COUNTED', late: true });
});

test('E61: two comuni of the path become one, which takes over the resolution of one of them: the count drops by one, the rule asks for less, the resolution counts once', () => {
  const path = underWay().at('2026-07-20', ...adopted(1, 45, '2026-07-08'));
  expect(path.view.threshold).toMatchObject({ met: true, metOn: '2026-07-19', required: { members: 45 }, executive: { members: 45 }, of: { members: 133 } });
  const [second, third] = [bodyNo(2), bodyNo(3)];
  const merged = { asOf: '2026-09-01', bodies: [...TERRITORY.bodies.filter(({ body }) => body !== second && body !== third), { body: 'c_m999', population: 20_000 }] };
  path.at('2026-09-01', { type: 'TakeTerritory', data: { territory: merged } });
  // 44 of the 132 that are left: a third of them. The two former comuni count no more, their resolutions stay on record.
  expect(path.view.threshold).toMatchObject({ met: false, executive: { members: 43 }, required: { members: 44 }, of: { members: 132 } });
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'REOPENED', inQuestion: true });
  path.at('2026-09-02', { type: 'TakeAccount', data: { account: {
    body: 'c_m999', adhesion: 'c_m999-1', version: 3, receivedOn: '2026-05-30', form: 'SPECIAL_CONSORTIUM', resolution: { resolutionNo: '2/2026', adoptedOn: '2026-07-08', standing: 'EXECUTIVE', executiveOn: '2026-07-19', lostFrom: null },
  } } });
  expect(path.view.threshold).toMatchObject({ met: true, metOn: '2026-07-19', executive: { members: 44, population: 1_320_000 + 42 * 10_000 + 20_000 } });
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'MET', reachedOn: '2026-07-19' });
  expect(path.view.members.some(({ body }) => body === second || body === third)).toBe(false);
});

test('resolutions adopted in time and executive after it keep the gate: it is reached when they ripen, and in time', () => {
  const path = underWay().at('2026-07-31', ...Array.from({ length: 45 }, (_none, place) => tell(place + 1, { adoptedOn: '2026-07-30', executiveOn: null, standing: 'ADOPTED', version: 9 }))).untilBegins('2026-08-01');
  expect(path.ofType('ResolutionsWindowEnded')[0]?.data).toMatchObject({ adopted: 45, executive: 0 });
  expect(path.ofType('MilestoneMissed')).toEqual([]);
  path.at('2026-08-11', ...adopted(1, 45, '2026-07-30'));
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'MET', reachedOn: '2026-08-10' });
});

test('what was adopted in time and annulled before it was executive makes the day missed after all', () => {
  const path = underWay().at('2026-07-31', ...Array.from({ length: 45 }, (_none, place) => tell(place + 1, { adoptedOn: '2026-07-30', executiveOn: null, standing: 'ADOPTED', version: 9 }))).untilBegins('2026-08-01');
  path.at('2026-08-05', tell(45, { adoptedOn: '2026-07-30', executiveOn: null, standing: 'ANNULLED', lostFrom: '2026-07-30', version: 10 }));
  expect(path.ofType('MilestoneMissed').map(({ data: { gate, to } }) => ({ gate, to }))).toEqual([{ gate: 'MUNICIPAL_RESOLUTIONS', to: '2026-07-31' }]);
});

test('a resolution annulled after the threshold was met opens the question again, and nothing is moved', () => {
  const path = underWay().at('2026-07-20', ...adopted(1, 45, '2026-07-08')).at('2026-10-20', resolved('2026-10-20', true));
  const before = path.view.gates.map(({ planned, awaitedBy }) => ({ planned, awaitedBy }));
  path.at('2026-11-03', tell(7, { adoptedOn: '2026-07-08', standing: 'ANNULLED', lostFrom: '2026-07-08', version: 30 }));
  expect(path.ofType('ThresholdLost').map(({ data }) => data)).toEqual([{ members: 44, population: 1_750_000, required: { members: 45, population: 1_320_001 }, at: '2026-11-03T09:00:00Z' }]);
  expect(path.gate('MUNICIPAL_RESOLUTIONS')).toMatchObject({ state: 'REOPENED', inQuestion: true, reachedOn: null });
  expect(path.view.gates.map(({ planned, awaitedBy }) => ({ planned, awaitedBy }))).toEqual(before);
  when(path, constituted('2026-11-03'), '2026-11-04').refused('THRESHOLD_NOT_MET');
  when(path, { type: 'DecideMilestone', data: { gate: 'MUNICIPAL_RESOLUTIONS', decision: 'EXTEND', to: '2026-12-01' } }, '2026-11-04').refused('METROPOLITAN_HAS_RESOLVED');
  path.at('2026-11-05', { type: 'DecideMilestone', data: { gate: 'MUNICIPAL_RESOLUTIONS', decision: 'PROCEED_WITH_THRESHOLD', threshold: { minMembers: 40, minPopulation: 1_000_000 } } });
  expect(path.view.threshold).toMatchObject({ met: true, preset: null, required: { members: 40, population: 1_000_000 } });
  path.at('2026-11-10', constituted('2026-11-10'));
  expect(path.gate('CONSTITUTED')).toMatchObject({ state: 'MET' });
});

test('the whole path on the days of the programme: all gates met, the Agency countersigns from its constitution, fees are due from its budget', () => {
  const path = underWay().at('2026-07-20', ...adopted(1, 60, '2026-07-08')).at('2026-10-15', resolved('2026-10-15')).at('2026-10-16', published('2026-10-16'));
  expect(path.view).toMatchObject({ countersignedBy: 'METROPOLITAN_CITY', feesBillable: false, evidence: { publication: { executiveOn: '2026-10-27', publicationEndsOn: '2026-10-30' } } });
  when(path, constituted('2026-10-26'), '2026-10-28').refused('DATE_BEFORE_GROUND');
  path.at('2026-11-10', constituted('2026-11-09'));
  expect(path.view).toMatchObject({ countersignedBy: 'AGENCY', feesBillable: false });
  path.at('2026-12-15', appointed('BOARD_OF_DIRECTORS', '2026-12-10'), appointed('AUDITOR', '2026-12-10'), accepts('BOARD_OF_DIRECTORS', '2026-12-11'), accepts('AUDITOR', '2026-12-14'));
  path.at('2027-01-31', budget('2027-01-20'), report('2027-01-31'));
  expect(path.view.gates.map(({ gate, state, reachedOn }) => [gate, state, reachedOn])).toEqual([
    ['PROJECT_SHOWN', 'MET', '2026-05-21'], ['TEMPLATES_SENT', 'MET', '2026-05-30'], ['MUNICIPAL_RESOLUTIONS', 'MET', '2026-07-19'], ['CMM_RESOLUTION', 'MET', '2026-10-15'],
    ['CONSTITUTED', 'MET', '2026-11-09'], ['BOARD_APPOINTED', 'MET', '2026-12-14'], ['FIRST_BUDGET_PREPARED', 'MET', '2027-01-31'],
  ]);
  expect(path.view).toMatchObject({ state: 'COMPLETED', countersignedBy: 'AGENCY', feesBillable: true, waitingFor: [], timers: [] });
  expect(path.ofType('MilestoneMissed')).toEqual([]);
});

test('a comune that gets the acts after 31 May has a window of its own, as long as that of all', () => {
  const path = new Path().at('2026-05-20', start()).at('2026-05-30', ...received(1, 132)).at('2026-06-10', tell(133, { receivedOn: '2026-06-09', version: 5 }));
  expect(path.ofType('MilestoneMissed').map(({ data: { gate, at } }) => ({ gate, at }))).toEqual([
    { gate: 'PROJECT_SHOWN', at: '2026-05-21T22:00:00Z' }, { gate: 'TEMPLATES_SENT', at: '2026-05-31T22:00:00Z' },
  ]);
  expect(path.view.members[132]).toMatchObject({ receivedOn: '2026-06-09', window: { from: '2026-06-10', to: '2026-08-09' } });
  expect(path.gate('TEMPLATES_SENT')).toMatchObject({ state: 'LATE', reachedOn: '2026-06-09', delayDays: 9, inQuestion: false });
  path.at('2026-08-20', tell(133, { receivedOn: '2026-06-09', adoptedOn: '2026-08-07' }));
  expect(path.view.members[132]).toMatchObject({ late: false, counting: 'COUNTED' });
});
