import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONSTITUTION_COMPUTATIONS } from '../../../domain/constitution/computations.ts';
import { constitution, viewConstitution, type ConstitutionState } from '../../../domain/constitution/index.ts';
import { leavesOf } from '../../../domain/shared/places.ts';
import { bound } from '../../../domain/shared/computation.ts';
import { why, type AppliedRule, type CausedEvent, type Explained, type Why } from '../../../domain/shared/why.ts';
import { runs } from './arbitrary.ts';
import { bodyNo, conference, on, Path, published, resolved, start, tell, TEXT, type AnyEvent } from './scenario.ts';
import { COMPANY, WHOLE } from './whole.ts';

const NOW = on('2027-06-01');
const seen = new WeakMap<object, object>();
function view(state: object): object {
  const known = seen.get(state) ?? ((state as ConstitutionState).constitution === null ? {} : viewConstitution(state as ConstitutionState, NOW));
  seen.set(state, known);
  return known;
}

/** The states of one stream are folded once, however many of its fields are asked about. */
function explained(): Explained {
  const [initial, next] = [constitution.initial(), new WeakMap<object, WeakMap<object, object>>()];
  const evolve = (state: ConstitutionState, event: AnyEvent): ConstitutionState => {
    const after = next.get(state) ?? new WeakMap<object, object>();
    next.set(state, after);
    const known = after.get(event) ?? constitution.evolve(state, event);
    after.set(event, known);
    return known as ConstitutionState;
  };
  const process: object = { ...constitution, initial: () => initial, evolve };
  return { process: process as Explained['process'], view, computations: CONSTITUTION_COMPUTATIONS };
}

const caused = (events: readonly AnyEvent[]): readonly CausedEvent[] => events.map((event, index) => ({ ...event, version: index + 1, commandId: `c-${index}` }));

function answer(events: readonly CausedEvent[], field: string, using = explained()): Why {
  const found = why(using, events, field);
  if ('names' in found) throw new Error(`${field} is not known`);
  return found;
}

const told = (rule: AppliedRule | null | undefined) => (rule === null || rule === undefined ? null : {
  rule: rule.computation.rule, value: rule.value, agrees: rule.agrees, inputs: rule.inputs.map(({ field, value, since }) => [field, value, since]),
});

test('each computation is met, and computed again from its inputs it gives what the events fixed', () => {
  const missing = new Set(CONSTITUTION_COMPUTATIONS.map(({ field, rule }) => `${field} ${rule}`));
  const wrong: object[] = [];
  const look = (rule: AppliedRule | null): void => {
    if (rule === null) return;
    missing.delete(`${rule.computation.field} ${rule.computation.rule}`);
    if (!rule.agrees) wrong.push(rule);
    for (const input of rule.inputs) look(input.rule);
  };
  const lookAt = (events: readonly AnyEvent[]): void => {
    const using = explained();
    const known = caused(events);
    const fields = new Set(known.flatMap((_event, index) => (index % 5 === 0 || index === known.length - 1 ? leavesOf(viewOfFold(events, index + 1)).map(({ path }) => path) : [])));
    for (const field of [...fields, 'legalForm.authorities']) {
      if (CONSTITUTION_COMPUTATIONS.some((one) => bound(one.field, field.split('.')) !== null)) for (const { rule } of answer(known, field, using).chain) look(rule);
    }
  };
  lookAt(COMPANY.events);
  lookAt(WHOLE.events);
  for (const { events } of fc.sample(runs, { numRuns: 150, seed: 7 })) lookAt(events);
  expect(wrong).toStrictEqual([]);
  expect([...missing]).toStrictEqual([]);
}, 60_000);

function viewOfFold(events: readonly AnyEvent[], version: number): object {
  let state = constitution.initial();
  for (const event of events.slice(0, version)) state = constitution.evolve(state, event);
  return view(state);
}

const rulesOf = (path: Path, field: string) => answer(caused(path.events), field).chain.map(({ after, rule }) => [after, rule?.computation.rule ?? null, rule?.agrees ?? null]);

/** Two of six comuni reach the threshold: the first alone has most of the inhabitants. */
const few = { asOf: '2026-05-01', bodies: Array.from({ length: 6 }, (_none, place) => ({ body: bodyNo(place + 1), population: 10_000 })) };
const begun = () => new Path().at('2026-05-20', start({ threshold: { minMembers: { numerator: 1, denominator: 3 }, minPopulation: { numerator: 1, denominator: 4 } } }, few)).at('2026-05-21', conference);

test('the sums of the threshold: a third of six comuni is two, more than a quarter of 60,000 inhabitants 15,001; which comuni count', () => {
  const path = begun().at('2026-06-30', tell(1, { adoptedOn: '2026-06-10' }), tell(2, { adoptedOn: '2026-06-15', standing: 'ADOPTED', executiveOn: null }), tell(2, { adoptedOn: '2026-06-15', version: 30 }));
  const [met] = answer(caused(path.events), 'threshold.met').chain;
  expect([met?.after, told(met?.rule)?.rule, told(met?.rule)?.inputs.map(([field, value]) => [field, value])]).toStrictEqual([true, 'BOTH_REACHED', [
    ['threshold.required.members', 2], ['threshold.required.population', 15_001], ['threshold.executive.members', 2], ['threshold.executive.population', 20_000],
  ]]);
  expect(told(met?.rule?.inputs[0]?.rule)).toStrictEqual({ rule: 'COMUNI_ASKED_FOR', value: 2, agrees: true, inputs: [['threshold.minMembers', { numerator: 1, denominator: 3 }, 1], ['territory.members', 6, 1]] });
  const counted = met?.rule?.inputs[2];
  expect(counted?.rule?.inputs[0]?.value).toStrictEqual([
    { body: bodyNo(1), population: 10_000, adoptedOn: '2026-06-10', executiveOn: '2026-06-21', counting: 'COUNTED' },
    { body: bodyNo(2), population: 10_000, adoptedOn: '2026-06-15', executiveOn: '2026-06-26', counting: 'COUNTED' },
  ]);
  expect(rulesOf(path, 'threshold.metOn')).toStrictEqual([['2026-06-26', 'FIRST_DAY', true]]);
  expect(rulesOf(path, `members.${bodyNo(2)}.counting`)).toStrictEqual([['COUNTED', 'EXECUTIVE', true], ['OPEN', 'NOT_EXECUTIVE_YET', true], ['NONE', null, null]]);
  expect(rulesOf(path, 'gates.MUNICIPAL_RESOLUTIONS.reachedOn')).toStrictEqual([['2026-06-26', 'THRESHOLD', true]]);
});

test('E59: the gate of 31 October is missed by its day, extended by a decision, reached late by the published day', () => {
  const path = begun().at('2026-06-30', tell(1, { adoptedOn: '2026-06-10' }), tell(2, { adoptedOn: '2026-06-15' }))
    .at('2026-11-02', { type: 'DecideMilestone', data: { gate: 'CMM_RESOLUTION', decision: 'EXTEND', to: '2026-11-30', reasons: TEXT } }).at('2026-11-13', resolved('2026-11-12', true));
  expect(rulesOf(path, 'gates.CMM_RESOLUTION.state')).toStrictEqual([
    ['LATE', 'BY_PUBLISHED_DAY', true], ['EXTENDED', 'STILL_AWAITED', true], ['MISSED', 'DAY_PASSED', true], ['NOT_YET', 'STILL_AWAITED', true],
  ]);
  expect(rulesOf(path, 'gates.CMM_RESOLUTION.awaitedBy')).toStrictEqual([['2026-11-30', 'EXTENSION', true], ['2026-10-31', 'PLAN', true]]);
  expect(rulesOf(path, 'gates.CMM_RESOLUTION.delayDays')).toStrictEqual([[12, 'DAYS_APART', true]]);
  // The published plan has one link: nothing has ever touched it.
  expect(rulesOf(path, 'gates.CMM_RESOLUTION.planned.to')).toStrictEqual([['2026-10-31', null, null]]);
});

test('a resolution annulled after the threshold was met: the gate is open again, the comune counts no more', () => {
  const path = begun().at('2026-06-30', tell(1, { adoptedOn: '2026-06-10' }), tell(2, { adoptedOn: '2026-06-15' })).at('2026-09-01', tell(2, { adoptedOn: '2026-06-15', standing: 'ANNULLED', lostFrom: '2026-06-15', version: 40 }));
  expect(rulesOf(path, 'gates.MUNICIPAL_RESOLUTIONS.state')).toStrictEqual([['REOPENED', 'LOST_AGAIN', true], ['MET', 'ADOPTED_IN_TIME', true], ['NOT_YET', 'STILL_AWAITED', true]]);
  expect(rulesOf(path, `members.${bodyNo(2)}.counting`)).toStrictEqual([['LOST', 'WITHOUT_EFFECT', true], ['COUNTED', 'EXECUTIVE', true], ['NONE', null, null]]);
});

test('the executive day of the metropolitan resolution by its publication, the majority by the legal form with its article', () => {
  const path = begun().at('2026-06-30', tell(1, { adoptedOn: '2026-06-10' }), tell(2, { adoptedOn: '2026-06-15' })).at('2026-10-30', resolved('2026-10-20'), published('2026-10-23'));
  const [executive] = answer(caused(path.events), 'evidence.publication.executiveOn').chain;
  expect([executive?.after, executive?.rule?.computation.law, executive?.rule?.agrees]).toStrictEqual(['2026-11-03', 'art. 134 c.3 TUEL', true]);
  const [majority] = answer(caused(path.events), 'legalForm.majority').chain;
  expect([majority?.after, majority?.rule?.computation.law]).toStrictEqual(['ABSOLUTE_OF_MEMBERS', 'art. 31 c.1 TUEL']);
  const [authorities] = answer(caused(COMPANY.events), 'legalForm.authorities').chain;
  expect([authorities?.after, authorities?.rule?.computation.law]).toStrictEqual([['COURT_OF_AUDITORS', 'COMPETITION_AUTHORITY'], 'art. 5 c.3 D.Lgs. 175/2016']);
});
