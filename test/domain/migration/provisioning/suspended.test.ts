import { describe, expect, test } from 'vitest';
import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { TEXT } from '../scenario.ts';
import { answered, BOUND, committed, does, DONE, NOW, requested, told, turns, view, when, worked } from '../full.ts';

const SUSPENDED = { convention: 'SUSPENDED' } as const;
const FIBRE = told(worked(committed(requested('FIBRE'))), SUSPENDED);
const RECORD = { provisionedOn: '2026-11-22' };
const stage = (state: MigrationState) => view(state).state;

describe('E48: a provisioning that ends while the resolution is suspended', () => {
  const held = does(FIBRE, 'RecordProvisioned', RECORD);

  test('is recorded, by people or by the broker, and begins no new stage: the end of the suspension is waited for', () => {
    when(FIBRE, 'RecordProvisioned', RECORD).then({ type: 'ProvisioningCompleted', data: { provisionedOn: '2026-11-22', held: true, at: NOW }, effectiveOn: '2026-11-22' });
    const identity = answered(answered(told(committed(requested('IDENTITY')), SUSPENDED), DONE), BOUND);
    for (const state of [held, identity]) {
      expect([stage(state), turns(state)]).toEqual(['PROVISIONING', ['OPERATOR LiftSuspension']]);
      expect(view(state).waitingFor[0]?.reasons.map(({ code }) => code)).toEqual(['RESOLUTION_SUSPENDED']);
    }
    when(held, 'RecordProvisioned', RECORD).refused('ALREADY_RECORDED');
  });

  test('of a resolution that stands is not held', () => {
    when(worked(committed(requested('FIBRE'))), 'RecordProvisioned', RECORD).then({ type: 'ProvisioningCompleted', data: { provisionedOn: '2026-11-22', at: NOW }, effectiveOn: '2026-11-22' });
  });

  test('leads to the acceptance by itself once the suspension ends', () => {
    const { known, asOf } = held.grounds;
    const grounds = { ...(known as NonNullable<typeof known>), convention: 'IN_FORCE' } as const;
    const lifted = when(held, 'NoteGrounds', { grounds, asOf: asOf + 1 }).then({ type: 'GroundsNoted', data: { grounds, asOf: asOf + 1, at: NOW } }, { type: 'AcceptanceBegun', data: { at: NOW } });
    expect([stage(lifted), turns(lifted)]).toEqual(['ACCEPTANCE', ['OPERATOR RecordAcceptance']]);
  });

  test('can be rolled back and given up meanwhile, and held up by a party too', () => {
    expect(stage(does(held, 'RollBack', { reasons: TEXT }))).toBe('ROLLING_BACK');
    const twice = told(does(held, 'Suspend', { reasons: TEXT }), { convention: 'IN_FORCE' });
    expect(stage(twice)).toBe('SUSPENDED');
    expect(stage(does(twice, 'Resume', {}))).toBe('ACCEPTANCE');
  });

  test('waits to be given up where the member leaves', () => {
    const leaving = does(told(FIBRE, { convention: 'LEAVING' }), 'RecordProvisioned', RECORD);
    expect([stage(leaving), turns(leaving)]).toEqual(['PROVISIONING', ['OPERATOR Cancel']]);
  });

  test('of a service that moves data stays where it is anyway', () => {
    const protocol = does(told(worked(committed(requested('PEC_PROTOCOL'))), SUSPENDED), 'RecordProvisioned', RECORD);
    expect([stage(protocol), turns(protocol)[0]]).toEqual(['PROVISIONING', 'OPERATOR LiftSuspension']);
    when(told(worked(committed(requested('PEC_PROTOCOL'))), SUSPENDED), 'RecordProvisioned', RECORD).then({ type: 'ProvisioningCompleted', data: { provisionedOn: '2026-11-22', at: NOW }, effectiveOn: '2026-11-22' });
  });
});

test('an end that was recorded before stages were held leads to the acceptance, as it did', () => {
  const old = fold(migration, FIBRE, [{ type: 'ProvisioningCompleted', data: { ...RECORD, at: NOW }, effectiveOn: '2026-11-22' }]);
  expect(stage(old)).toBe('ACCEPTANCE');
});
