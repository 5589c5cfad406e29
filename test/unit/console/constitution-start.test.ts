import { expect, test } from 'vitest';
import { PROPOSED, START_FIELDS, startFieldAt, startRequest } from '../../../console/constitution/asked.ts';
import { inputsOf } from '../../../console/forms/fields.ts';
import { Problem } from '../../../api/problems.ts';

const typed = (values: Readonly<Record<string, string>>) => new Map([...PROPOSED, ...Object.entries(values).map(([name, value]) => [name, [value]] as const)]);
const refused = (values: Readonly<Record<string, string>>) => {
  try {
    return startRequest(typed(values));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.options.reasons ?? []).map(({ code, path }) => `${code} ${path ?? ''}`);
  }
};

test('as it is proposed the request is the published programme: no plan of its own', () => {
  expect(startRequest(PROPOSED)).toEqual({ threshold: 'DEFAULT', agencyLegalForm: 'SPECIAL_CONSORTIUM' });
  expect(inputsOf(START_FIELDS).filter(({ path, required }) => required && !PROPOSED.has(path))).toEqual([]);
});

test('of the plan the periods that differ are sent, whole; one whose day is empty as far as it goes', () => {
  expect(startRequest(typed({ 'plan.CONSTITUTED.to': '2026-12-15', agencyLegalForm: 'FOUNDATION', threshold: 'CONFERENCE_RULE' }))).toEqual({
    threshold: 'CONFERENCE_RULE', agencyLegalForm: 'FOUNDATION', plan: { CONSTITUTED: { from: '2026-11-01', to: '2026-12-15' } },
  });
  expect(startRequest(typed({ 'plan.CONSTITUTED.from': '' }))).toMatchObject({ plan: { CONSTITUTED: { to: '2026-11-30' } } });
});

test.each<[string, string, object]>([
  ['60', '20.000', { minMembers: 60, minPopulation: 20_000 }],
  [' 1/3 ', '1 / 2', { minMembers: { numerator: 1, denominator: 3 }, minPopulation: { numerator: 1, denominator: 2 } }],
  ['1', '1,609,696', { minMembers: 1, minPopulation: 1_609_696 }],
  ['10000', '0', { minMembers: 10_000, minPopulation: 0 }],
])('a threshold of its own of %s comuni and %s inhabitants', (minMembers, minPopulation, threshold) => {
  expect(startRequest(typed({ threshold: 'OWN', minMembers, minPopulation }))).toMatchObject({ threshold });
});

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['nothing', { threshold: 'OWN' }, ['NOT_A_MEASURE minMembers', 'NOT_A_MEASURE minPopulation']],
  ['more than the whole', { threshold: 'OWN', minMembers: '4/3', minPopulation: '1/2' }, ['NOT_A_MEASURE minMembers']],
  ['no comune', { threshold: 'OWN', minMembers: '0', minPopulation: '0' }, ['NOT_A_MEASURE minMembers']],
  ['words, and a number of the old way of writing', { threshold: 'OWN', minMembers: '45', minPopulation: '1.5' }, ['NOT_A_MEASURE minPopulation']],
  ['a share of nothing', { threshold: 'OWN', minMembers: '1/0', minPopulation: '1' }, ['NOT_A_MEASURE minMembers']],
  ['numbers beside a preset', { threshold: 'CONFERENCE_RULE', minMembers: '45' }, ['THRESHOLD_NOT_OWN minMembers']],
])('%s is refused at its field', (_name, values, reasons) => {
  expect(refused(values)).toEqual(reasons);
});

test('a reason of the interface stands at a field of the form', () => {
  expect(startFieldAt('threshold', typed({ threshold: 'OWN' }))).toBe('minMembers');
  expect(startFieldAt('threshold', PROPOSED)).toBe('threshold');
  expect(startFieldAt('plan.CMM_RESOLUTION', PROPOSED)).toBe('plan.CMM_RESOLUTION.to');
  expect(startFieldAt('plan.CMM_RESOLUTION.from', PROPOSED)).toBe('plan.CMM_RESOLUTION.from');
});
