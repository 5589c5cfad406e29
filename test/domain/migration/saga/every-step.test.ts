import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../../api/catalogue.ts';
import { offeredServices } from '../../../../domain/catalogue/catalogue.ts';
import type { MigrationState, WorkItem } from '../../../../domain/migration/index.ts';
import { acceptance, run, START } from '../moved.ts';
import { MEMBER, OPERATOR, TEXT } from '../scenario.ts';
import { answered, approved, BOUND, committed, completion, DONE, does, nextItem, provisioned, requested, step, view } from '../full.ts';

/** A moment of a migration, and the steps that were done by then, the first one first. */
type Moment = readonly [when: string, state: MigrationState, done: readonly string[]];

const TODAY = '2026-11-22';
const SERVICES = offeredServices(loadCatalogue()).filter(({ track }) => track === 'FULL');
const byHand = SERVICES.filter(({ fulfilment }) => fulfilment.kind === 'MANUAL').map(({ service }) => service);
const byBroker = SERVICES.filter(({ fulfilment }) => fulfilment.kind === 'BROKER').map(({ service }) => service);

function begun(service: string): MigrationState {
  const { dependsOn = [] } = SERVICES.find((one) => one.service === service) ?? {};
  return requested(service, { services: Object.fromEntries(dependsOn.map((one) => [one, 'OPERATING'])) });
}

/** What takes an item back: its own undo, or one for all where no item has one. */
function stepOf({ id, undo }: WorkItem, all: readonly WorkItem[]): readonly string[] {
  if (undo !== undefined) return [`work-item-${id}`];
  return all.some((one) => one.undo !== undefined) ? [] : ['provisioned-by-hand'];
}

/** After each work item; and after each was opened again, when all before it are still done. */
function workedMoments(service: string): readonly Moment[] {
  const moments: Moment[] = [];
  let [current, done]: [MigrationState, readonly string[]] = [committed(begun(service)), []];
  for (let item = nextItem(current); item !== undefined; item = nextItem(current)) {
    const before = done;
    current = does(current, 'CompleteWorkItem', completion(item, TODAY));
    done = [...new Set([...before, ...stepOf(item, current.migration?.workItems ?? [])])];
    moments.push([`${item.id} done`, current, done], [`${item.id} opened again`, does(current, 'ReopenWorkItem', { workItemId: item.id, reasons: TEXT }), before]);
  }
  return moments;
}

/** From the end of provisioning to the hypercare, of the stages that the service passes. */
function movedMoments(service: string, provisionedBy: readonly string[]): readonly Moment[] {
  const moments: Moment[] = [['provisioned', provisioned(begun(service)), provisionedBy]];
  const passes = (gate: string) => view(provisioned(begun(service))).gates.some((one) => one.gate === gate);
  const then = (when: string, further: (state: MigrationState) => MigrationState, ...more: readonly string[]) => {
    const [, state, done] = moments.at(-1) ?? ['', begun(service), []];
    moments.push([when, further(state), [...done, ...more]]);
  };
  if (passes('DATA_MIGRATION')) {
    then('the migration of data begun', (state) => step(state, { ...START[0], data: { ...START[0].data, startedOn: TODAY } } as typeof START[0], OPERATOR, `${TODAY}T10:00:00Z`), 'data-moved');
    then('the data moved', (state) => step(state, run(TODAY)[0], OPERATOR, `${TODAY}T21:00:00Z`));
  }
  // What is not cut over goes live with its acceptance.
  then('accepted', (state) => step(state, acceptance('2026-11-23')[0], OPERATOR, '2026-11-23T11:00:00Z'), ...(passes('CUTOVER') ? [] : ['cut-over']));
  if (!passes('CUTOVER')) return moments;
  then('in parallel', (state) => step(state, { type: 'WaiveParallelRun', data: { waivedOn: '2026-11-23', reasons: TEXT } }, MEMBER, '2026-11-23T12:00:00Z'));
  then('with its go', (state) => {
    const scheduled = step(state, { type: 'ScheduleCutover', data: { from: '2026-12-11T20:00:00+01:00', to: '2026-12-13T20:00:00+01:00' } }, OPERATOR, '2026-11-24T09:00:00Z');
    return step(scheduled, { type: 'DecideGo', data: { go: true, decidedAt: '2026-12-10T09:00:00Z' } }, MEMBER, '2026-12-10T09:00:00Z');
  });
  then('in hypercare', (state) => step(state, { type: 'RecordCutover', data: { startedAt: '2026-12-11T21:00:00+01:00', endedAt: '2026-12-12T11:00:00+01:00', outcome: 'SUCCEEDED' } }, OPERATOR, '2026-12-12T11:00:00Z'), 'cut-over');
  return moments;
}

/** The steps that a roll-back undoes, in the order in which it does, by people and by the broker. */
function undone(state: MigrationState): readonly string[] {
  const now = '2026-12-12T12:00:00Z';
  const steps: string[] = [];
  let current = step(state, { type: 'RollBack', data: { reasons: TEXT, act: { no: '9/2026', on: '2026-12-12', office: 'MANAGER' } } }, OPERATOR, now);
  while (view(current).state === 'ROLLING_BACK') {
    steps.push(view(current).rollback?.undoing ?? 'none');
    const item = nextItem(current);
    current = item === undefined ? answered(current, DONE, now) : step(current, { type: 'CompleteWorkItem', data: completion(item, '2026-12-12') }, OPERATOR, now);
  }
  expect([view(current).state, view(current).undo]).toEqual(['PLAN_DRAFTED', []]);
  return steps;
}

function expectUndone(moments: readonly Moment[]): void {
  expect(moments.map(([when, state]) => [when, undone(state)])).toEqual(moments.map(([when, , done]) => [when, done.toReversed()]));
}

describe('a roll-back undoes exactly what was done before, the last step first', () => {
  test('there are services of both kinds to try', () => {
    expect([byHand.includes('FIBRE'), byHand.includes('ANPR'), byBroker.includes('IDENTITY')]).toEqual([true, true, true]);
  });

  test.each(byHand)('%s, at each step, by people', (service) => {
    const worked = workedMoments(service);
    const [, , done = []] = worked.at(-2) ?? [];
    expectUndone([['approved', approved(begun(service)), []], ...worked, ...movedMoments(service, done)]);
  });

  test.each(byBroker)('%s, at each step, by its broker', (service) => {
    const called = committed(begun(service));
    const made = answered(called, DONE);
    expectUndone([['approved', approved(begun(service)), []], ...movedMoments(service, ['provisioned', 'bound'])]);
    // While a call is under way its end is waited for.
    expect(operationsAfter(called, DONE, DONE)).toEqual(['PROVISION', 'DEPROVISION']);
    expect(operationsAfter(made, BOUND, DONE, DONE)).toEqual(['BIND', 'UNBIND', 'DEPROVISION']);
  });
});

/** What the broker is asked for from a roll-back on, by what it answers. */
function operationsAfter(state: MigrationState, ...answers: readonly (typeof DONE)[]): readonly (string | undefined)[] {
  let current = does(state, 'RollBack', { reasons: TEXT });
  return answers.map((answer) => {
    const operation = current.provisioning.calls.find((call) => call.state === 'PENDING')?.input.operation;
    current = answered(current, answer);
    return operation;
  });
}
