import type { Timer } from '../../shared/process.ts';
import type { MigrationCommand } from '../command-types.ts';
import type { FullMigration } from '../state.ts';
import { isInUse, openDefects } from './standing.ts';
import type { Hypercare } from './state.ts';

/** Key of the timer of hypercare; a term that is computed anew has a timer of its own. */
export function hypercareKey({ endsOn }: Hypercare): string {
  return `hypercare-${endsOn}`;
}

/** Hypercare while it lasts; null: it has not begun, or is over. */
export function runningHypercare({ migration, operation: { hypercare } }: FullMigration): Hypercare | null {
  return migration.state === 'HYPERCARE' && hypercare !== null && !hypercare.over ? hypercare : null;
}

/** What happens by itself in this area, while the migration is not suspended: hypercare is over, a defect has stood open for too long. */
export function operationTimers(state: FullMigration): readonly Timer<MigrationCommand>[] {
  const hypercare = runningHypercare(state);
  return [
    ...(hypercare === null ? [] : [{ key: hypercareKey(hypercare), at: hypercare.overFrom, command: { type: 'EndHypercareTerm' as const, data: { endsOn: hypercare.endsOn } } }]),
    ...(isInUse(state) ? openDefects(state) : []).flatMap(({ defectNo, dueAt, alarmAt }) => (dueAt === null || alarmAt !== null ? [] : [
      { key: `defect-${defectNo}-${dueAt}`, at: dueAt, command: { type: 'EscalateDefect' as const, data: { defectNo } } },
    ])),
  ];
}
