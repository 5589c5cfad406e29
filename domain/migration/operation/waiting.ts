import { turn } from '../../adhesion/turn.ts';
import { civilDateOf } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import { suspensionNeeds } from '../gates/convention.ts';
import { needed, turnsOf } from '../gates/index.ts';
import { passes } from '../moving/standing.ts';
import type { FullMigration } from '../state.ts';
import { openDefects } from './standing.ts';
import type { Defect } from './state.ts';
import { runningHypercare } from './timers.ts';

/** Whose turn it is in this area; nothing in it depends on the present. */
export function operationWaiting(state: FullMigration): readonly Waiting[] {
  const { migration: { state: stage } } = state;
  if (stage === 'HYPERCARE') return [...severe(state), ...watched(state)];
  if (stage === 'OPERATING' || stage === 'DECOMMISSIONING_OLD') return [...severe(state), ...toBeClosed(state)];
  // What stands at a broker is told of with its calls.
  return stage === 'RETIRING' ? toBeClosed(state).filter(({ who }) => who !== 'PROVIDER') : [];
}

/** The working days of hypercare, then its end. */
function watched(state: FullMigration): readonly Waiting[] {
  const hypercare = runningHypercare(state);
  const others = needed(state, 'OPERATING', 'EndHypercare').filter(({ what }) => what !== 'ResolveDefect');
  return hypercare === null ? others : others.filter(({ who }) => who === 'CLOCK').map((one) => ({ ...one, dueOn: hypercare.endsOn, since: hypercare.at }));
}

/** What the end still needs, then the end. */
function toBeClosed(state: FullMigration): readonly Waiting[] {
  const missing = needed(state, 'CLOSED');
  // The decommissioning is a new stage, which does not begin while the resolution is suspended.
  if (state.migration.state === 'OPERATING' && missing.length > 0 && suspensionNeeds(state).length > 0) return turnsOf(state, suspensionNeeds(state), []);
  return missing.length > 0 || (state.migration.state === 'OPERATING' && !passes(state, 'CLOSED')) || isBeingChanged(state) ? missing : [turn('OPERATOR', 'CloseMigration', state.migration.since)];
}

/** What is being changed comes to its end before the close, and says itself whose turn it is. */
function isBeingChanged({ migration, provisioning: { change } }: FullMigration): boolean {
  return change !== undefined && migration.state !== 'RETIRING';
}

/** Defects of severity 1, each due when it has stood open for too long. */
function severe(state: FullMigration): readonly Waiting[] {
  return openDefects(state).filter(({ severity }) => severity === 1).map((defect) => turn(
    'OPERATOR', 'ResolveDefect', defect.at, defect.dueAt === null ? null : civilDateOf(defect.dueAt), [severeReason(defect)],
  ));
}

function severeReason({ defectNo, dueAt, alarmAt }: Defect): Reason {
  if (alarmAt !== null) return { code: 'SEVERITY1_ALARM', message: { it: `${defectNo}, di gravità 1, è aperto da troppo tempo.`, en: `${defectNo}, of severity 1, has been open for too long.` } };
  const by = dueAt === null ? { it: '', en: '' } : { it: ` entro il ${dueAt}`, en: ` by ${dueAt}` };
  return { code: 'SEVERITY1_OPEN', message: { it: `${defectNo}, di gravità 1, va risolto${by.it}.`, en: `${defectNo}, of severity 1, is to be resolved${by.en}.` } };
}
