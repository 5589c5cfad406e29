import { turn } from '../../adhesion/turn.ts';
import type { Waiting } from '../../shared/process.ts';
import type { FullMigration } from '../state.ts';
import { openItems } from '../work-items/state.ts';

/** The end of a provisioning by people, once their work items are done. */
export function provisioningWaiting({ migration, provisioning }: FullMigration): readonly Waiting[] {
  const isOver = migration.state === 'PROVISIONING' && provisioning.doneOn === null && migration.pinned.fulfilment.kind === 'MANUAL' && openItems(migration).length === 0;
  return isOver ? [turn('OPERATOR', 'RecordProvisioned', migration.since)] : [];
}
