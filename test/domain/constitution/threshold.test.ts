import { expect, test } from 'vitest';
import { loadBodies } from '../../../api/bodies.ts';
import { ruleOfForm } from '../../../domain/constitution/legal-form.ts';
import { gatesAfter, lengthOf, outOfOrder, PUBLISHED_PLAN } from '../../../domain/constitution/plan.ts';
import { resolveConstitution } from '../../../domain/constitution/policies.ts';
import { isReachable, presetOf, presetThreshold, requiredIn, thresholdMet, type Territory } from '../../../domain/constitution/threshold.ts';

const territory: Territory = { asOf: '2026-11-23', bodies: loadBodies().all.map(({ ipaCode: body, population }) => ({ body, population })) };
const bySize = territory.bodies.toSorted((a, b) => b.population - a.population).map(({ body }) => body);

test('the rule of the conference is a third of the comuni of the data, rounded up, and more than half of their inhabitants', () => {
  expect(requiredIn(presetThreshold('CONFERENCE_RULE'), territory)).toEqual({ members: 45, population: 1_609_696 });
  const one = territory.bodies.find(({ body }) => body === 'c_a010')?.population ?? 0;
  const fewer: Territory = { ...territory, bodies: territory.bodies.filter(({ body }) => body !== 'c_a010') };
  expect(requiredIn(presetThreshold('CONFERENCE_RULE'), fewer)).toEqual({ members: 44, population: Math.floor((3_219_391 - one) / 2) + 1 });
});

test('the 45 largest comuni reach the rule of the conference, 44 do not, nor do 100 small ones', () => {
  const rule = presetThreshold('CONFERENCE_RULE');
  expect(thresholdMet(bySize.slice(0, 44), territory, rule)).toMatchObject({ met: false, members: 44 });
  expect(thresholdMet(bySize.slice(0, 45), territory, rule)).toMatchObject({ met: true, members: 45, of: { members: 133, population: 3_219_391 } });
  expect(thresholdMet(bySize.slice(-100), territory, rule)).toMatchObject({ met: false, members: 100 });
});

test('half of the inhabitants is not more than half of them', () => {
  const halves: Territory = { asOf: '2026-11-23', bodies: [{ body: 'c_1', population: 500 }, { body: 'c_2', population: 500 }, { body: 'c_3', population: 0 }] };
  const rule = presetThreshold('CONFERENCE_RULE');
  expect(thresholdMet(['c_1'], halves, rule)).toMatchObject({ met: false, population: 500, required: { members: 1, population: 501 } });
  expect(thresholdMet(['c_1', 'c_2'], halves, rule).met).toBe(true);
});

test('two comuni with 20,000 inhabitants reach the default, one of a million does not', () => {
  const some: Territory = { asOf: '2026-11-23', bodies: [{ body: 'c_1', population: 19_000 }, { body: 'c_2', population: 1_000 }, { body: 'c_3', population: 1_000_000 }] };
  const rule = presetThreshold('DEFAULT');
  expect(thresholdMet(['c_1', 'c_2'], some, rule).met).toBe(true);
  expect(thresholdMet(['c_3'], some, rule).met).toBe(false);
  expect(thresholdMet(['c_1'], some, rule).met).toBe(false);
});

test('who stands twice counts once, who is not of the territory does not count', () => {
  expect(thresholdMet(['c_a010', 'c_a010', 'c_zzzz'], territory, presetThreshold('DEFAULT'))).toMatchObject({ members: 1, met: false });
});

test('a threshold that all comuni together do not reach is not reachable', () => {
  expect(isReachable({ minMembers: 133, minPopulation: 3_219_391 }, territory)).toBe(true);
  expect(isReachable({ minMembers: 134, minPopulation: 0 }, territory)).toBe(false);
  expect(isReachable({ minMembers: 1, minPopulation: 3_219_392 }, territory)).toBe(false);
  expect(isReachable({ minMembers: 1, minPopulation: { numerator: 1, denominator: 1 } }, territory)).toBe(false);
});

test('a threshold is known again as the preset that it is, however its shares are written', () => {
  expect(presetOf({ minMembers: { numerator: 2, denominator: 6 }, minPopulation: { numerator: 5, denominator: 10 } })).toBe('CONFERENCE_RULE');
  expect(presetOf({ minMembers: 2, minPopulation: 20_000 })).toBe('DEFAULT');
  expect(presetOf({ minMembers: 45, minPopulation: 20_000 })).toBeNull();
});

test('the plan is the published one unless it is said otherwise, gate by gate', () => {
  expect(resolveConstitution().plan).toEqual(PUBLISHED_PLAN);
  const { plan } = resolveConstitution({ plan: { CMM_RESOLUTION: { from: '2026-11-01', to: '2026-11-15' } } });
  expect(plan.CMM_RESOLUTION.to).toBe('2026-11-15');
  expect(plan.MUNICIPAL_RESOLUTIONS).toEqual({ from: '2026-06-01', to: '2026-07-31' });
  expect(lengthOf(plan.MUNICIPAL_RESOLUTIONS)).toBe(61);
});

test('a plan whose gates end before those that go before them is out of order', () => {
  expect(outOfOrder(PUBLISHED_PLAN)).toBeUndefined();
  expect(outOfOrder({ ...PUBLISHED_PLAN, CMM_RESOLUTION: { from: '2026-07-01', to: '2026-07-30' } })).toBe('CMM_RESOLUTION');
  expect(outOfOrder({ ...PUBLISHED_PLAN, BOARD_APPOINTED: { from: '2026-12-31', to: '2026-12-01' } })).toBe('BOARD_APPOINTED');
  expect(gatesAfter('CONSTITUTED')).toEqual(['BOARD_APPOINTED', 'FIRST_BUDGET_PREPARED']);
});

test('a company asks for the steps before the Corte dei conti and the AGCM, a consortium for the absolute majority', () => {
  expect(ruleOfForm('SPECIAL_CONSORTIUM')).toEqual({ form: 'SPECIAL_CONSORTIUM', majority: 'ABSOLUTE_OF_MEMBERS', authorities: [] });
  expect(ruleOfForm('IN_HOUSE_COMPANY')).toEqual({ form: 'IN_HOUSE_COMPANY', majority: 'SIMPLE_OF_VOTERS', authorities: ['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'] });
});
