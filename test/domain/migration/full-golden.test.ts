import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { MigrationEvent } from '../../../domain/migration/index.ts';
import { stateAfter, TEXT, type AnyEvent } from './scenario.ts';

type Type =
  | 'MigrationRequested' | 'FeasibilityBegun' | 'FeasibilityRejected' | 'GroundsNoted' | 'FeasibilityApproved' | 'PlanProposed' | 'PlanApproved' | 'SpendingCommitted' | 'ProvisioningStarted'
  | 'BrokerCallStarted' | 'MigrationSuspended' | 'MigrationResumed' | 'BrokerCallFailed' | 'EffectRetried' | 'BrokerCallSucceeded' | 'EffectSkipped' | 'ProvisioningCompleted' | 'RollbackStarted'
  | 'UndoStarted' | 'StepUndone' | 'RolledBack' | 'RetirementBegun';

/** As they are stored: this file is kept for ever, a later shape gets a file of its own. */
const stored: { readonly [Key in Type]: Extract<MigrationEvent, { type: Key }> } = JSON.parse(readFileSync(new URL('../../golden/events/migration-full-track.v1.json', import.meta.url), 'utf8'));

/** In the order in which they came: calls have their keys of the versions that owe them. */
const TO_SUSPENSION: readonly AnyEvent[] = [
  stored.MigrationRequested, stored.FeasibilityBegun, stored.GroundsNoted, stored.FeasibilityApproved, stored.PlanProposed, stored.PlanApproved, stored.SpendingCommitted,
  stored.ProvisioningStarted, stored.BrokerCallStarted,
];
const TO_RETRY: readonly AnyEvent[] = [...TO_SUSPENSION, stored.MigrationSuspended, stored.MigrationResumed, stored.BrokerCallFailed];
const TO_BINDING: readonly AnyEvent[] = [
  ...TO_RETRY, stored.EffectRetried, stored.BrokerCallSucceeded, { type: 'BrokerCallStarted', data: { operation: 'BIND', at: '2026-11-22T10:00:00Z' } },
];
const TO_UNDO: readonly AnyEvent[] = [...TO_BINDING, stored.RollbackStarted];
const after = (count: number) => TO_SUSPENSION.slice(0, count);

/** What each stored event makes of the state that the ones before it left. */
const EXPECTED: { readonly [Key in Type]: readonly [before: readonly AnyEvent[], after: object] } = {
  MigrationRequested: [[], {
    migration: { state: 'REQUESTED', attempt: 1, pinned: { gates: ['FEASIBILITY', 'PLAN_APPROVED', 'PROVISIONING', 'CUTOVER', 'OPERATING', 'CLOSED'], calendarVersion: '2026.1', policies: { pointOfNoReturnHours: 72 } } },
    grounds: { known: { convention: 'IN_FORCE', istatCode: '015002' }, asOf: 0 },
  }],
  FeasibilityBegun: [after(1), { migration: { state: 'FEASIBILITY' } }],
  FeasibilityRejected: [after(2), { migration: { state: 'REJECTED', cancelReasons: TEXT } }],
  GroundsNoted: [after(2), { grounds: { known: { electionDays: ['2027-05-23'] }, asOf: 40 } }],
  FeasibilityApproved: [after(3), { migration: { state: 'FEASIBILITY' }, feasibility: { approvedAt: '2026-11-22T10:00:00Z' } }],
  PlanProposed: [after(4), { migration: { state: 'PLAN_DRAFTED' }, planning: { proposal: { cutoverOn: '2026-12-12', costCents: 1_250_000 } } }],
  PlanApproved: [after(5), { migration: { state: 'PLAN_APPROVED' }, planning: { approval: { actNo: '80/2026' } } }],
  SpendingCommitted: [after(6), { migration: { state: 'PLAN_APPROVED' }, planning: { commitment: { cents: 1_250_000 } } }],
  ProvisioningStarted: [after(7), { migration: { state: 'PROVISIONING', workItems: [] } }],
  BrokerCallStarted: [after(8), { provisioning: { calls: [{ key: 'provision@9', state: 'PENDING', input: { operation: 'PROVISION', attempt: 1 } }] } }],
  MigrationSuspended: [TO_SUSPENSION, { migration: { state: 'SUSPENDED' }, suspension: { from: 'PROVISIONING', holds: ['PARTY'] } }],
  MigrationResumed: [[...TO_SUSPENSION, stored.MigrationSuspended], { migration: { state: 'PROVISIONING' }, suspension: { from: null, holds: [] } }],
  BrokerCallFailed: [TO_SUSPENSION, { provisioning: { calls: [{ key: 'provision@9', state: 'FAILED', code: 'BROKER_ERROR', status: 500 }] }, saga: { done: [] } }],
  EffectRetried: [TO_RETRY, { provisioning: { calls: [{ key: 'provision@13', state: 'PENDING', code: null }] } }],
  BrokerCallSucceeded: [[...TO_RETRY, stored.EffectRetried], { provisioning: { instance: { id: '5d7c', bindingId: null } }, saga: { done: [{ step: 'provisioned' }] } }],
  EffectSkipped: [TO_BINDING, { provisioning: { calls: [{ state: 'DONE' }, { key: 'bind@15', state: 'SKIPPED' }] }, saga: { done: [{ step: 'provisioned' }, { step: 'bound-by-hand' }] } }],
  ProvisioningCompleted: [TO_BINDING, { migration: { state: 'ACCEPTANCE' }, provisioning: { doneOn: '2026-11-22' } }],
  RollbackStarted: [TO_BINDING, { migration: { state: 'ROLLING_BACK' }, saga: { rollback: { cause: 'OPERATOR', to: 'PLAN_DRAFTED' } } }],
  UndoStarted: [TO_UNDO, { saga: { undoing: { step: 'provisioned' } }, provisioning: { calls: [{}, {}, { key: 'deprovision@17', undoes: 'provisioned' }] } }],
  StepUndone: [[...TO_UNDO, stored.UndoStarted], { saga: { undoing: null, done: [] } }],
  RolledBack: [[...TO_UNDO, stored.UndoStarted, stored.StepUndone], { migration: { state: 'PLAN_DRAFTED', attempt: 2 }, planning: { approval: null }, provisioning: { calls: [], instance: null } }],
  RetirementBegun: [TO_SUSPENSION, { migration: { state: 'RETIRING' } }],
};

test('there is one stored example of each event', () => {
  expect(Object.keys(stored).toSorted()).toStrictEqual(Object.keys(EXPECTED).toSorted());
});

test.each(Object.values(stored))('a stored $type is taken', (event) => {
  const [before, expected] = EXPECTED[event.type];
  expect(stateAfter(...before, event)).toMatchObject(expected);
});
