import { migration, type MigrationState } from '../../../../domain/migration/index.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { BOUND, DONE, answered, committed, NOW, offerFor, requested } from '../full.ts';
import type { AnyEvent } from '../scenario.ts';

/** What leads from the end of provisioning to the operation, as far as changes need it. */
export const TO_OPERATION: readonly AnyEvent[] = [
  {
    type: 'HypercareStarted',
    data: { startedAt: '2026-11-22T10:00:00Z', endsOn: '2026-12-18', overFrom: '2026-12-18T23:00:00Z', basis: { policyVersion: '2026.3', calendarVersion: '2026.1' }, at: NOW },
  },
  { type: 'HypercareEnded', data: { endedOn: '2026-12-19', trainingDoneOn: '2026-12-01', at: NOW } },
];

/** An application that a broker hosts, in operation; `planUpdateable` as the catalogue's row has it. */
export function operating(planUpdateable?: boolean): MigrationState {
  const offered = offerFor('APP_HOSTING');
  const fulfilment = { kind: 'BROKER' as const, ...(planUpdateable === undefined ? {} : { planUpdateable }) };
  const begun = committed(requested('APP_HOSTING', { services: { CLOUD_MIGRATION: 'OPERATING' } }, { ...offered, fulfilment }));
  return fold(migration, answered(answered(begun, DONE), BOUND), TO_OPERATION);
}

export const OFFERED = { offered: { plans: ['small', 'large'] } } as const;
export const REBOUND = { ...DONE, bindingId: '88bb' } as const;
