import { turn } from '../../adhesion/turn.ts';
import { civilDateOf } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import { needed } from '../gates/index.ts';
import { passes } from '../moving/standing.ts';
import type { FullMigration } from '../state.ts';
import { openDefects } from './standing.ts';
import type { Defect } from './state.ts';
import { runningHypercare } from './timers.ts';

/** Whose turn it is in this area; nothing in it depends on the present. */
export function operationWaiting(state: FullMigration): readonly Waiting[] {
  const { migration: { state: stage, since } } = state;
  switch (stage) {
    case 'HYPERCARE': {
      const hypercare = runningHypercare(state);
      const others = needed(state, 'OPERATING', 'EndHypercare').filter(({ what, who }) => what !== 'ResolveDefect' && (hypercare === null || who === 'CLOCK'))
        .map((one) => (hypercare === null ? one : { ...one, dueOn: hypercare.endsOn, since: hypercare.at }));
      return [...severe(state), ...others];
    }
    case 'OPERATING':
    case 'DECOMMISSIONING_OLD': {
      const missing = needed(state, 'CLOSED');
      const end = missing.length > 0 || !passes(state, 'CLOSED') ? missing : [turn('OPERATOR', 'CloseMigration', since)];
      return [...severe(state), ...end];
    }
    case 'RETIRING': {
      const missing = needed(state, 'CLOSED');
      // What stands at a broker is told of with its calls.
      return missing.length > 0 ? missing.filter(({ who }) => who !== 'PROVIDER') : [turn('OPERATOR', 'CloseMigration', since)];
    }
    default:
      return [];
  }
}

/** Defects of severity 1, each due when it has stood open for too long. */
function severe(state: FullMigration): readonly Waiting[] {
  return openDefects(state).filter(({ severity }) => severity === 1).map((defect) => turn(
    'OPERATOR', 'ResolveDefect', defect.at, defect.dueAt === null ? null : civilDateOf(defect.dueAt), [severeReason(defect)],
  ));
}

function severeReason({ defectNo, dueAt, alarmAt }: Defect): Reason {
  if (alarmAt !== null) return { code: 'SEVERITY1_ALARM', message: { it: `${defectNo}, di gravità 1, è aperto da troppo tempo.`, en: `${defectNo}, of severity 1, has been open for too long.` } };
  return { code: 'SEVERITY1_OPEN', message: { it: `${defectNo}, di gravità 1, va risolto entro il ${dueAt}.`, en: `${defectNo}, of severity 1, is to be resolved by ${dueAt}.` } };
}
