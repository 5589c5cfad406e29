import { need, type Need } from '../gates/need.ts';
import type { FullMigration } from '../state.ts';
import { openOf } from './standing.ts';

/** Defects that must be resolved before the service is accepted, and before it is cut over. */
export function defectNeeds(state: FullMigration): readonly Need[] {
  const { maxSeverity2 } = state.migration.pinned.policies;
  const hindering = openOf(state, 2).length;
  return [...severity1Needs(state), ...(hindering <= maxSeverity2 ? [] : [need('OPERATOR', 'ResolveDefect', 'TOO_MANY_SEVERITY2_OPEN', {
    it: `Sono aperti ${hindering} difetti di gravità 2: al più ${maxSeverity2}.`, en: `${hindering} defects of severity 2 are open: ${maxSeverity2} at most.`,
  })])];
}

function severity1Needs(state: FullMigration): readonly Need[] {
  const open = openOf(state, 1).map(({ defectNo }) => defectNo);
  return open.length === 0 ? [] : [need('OPERATOR', 'ResolveDefect', 'SEVERITY1_OPEN', {
    it: `Sono aperti difetti di gravità 1: ${open.join(', ')}.`, en: `Defects of severity 1 are open: ${open.join(', ')}.`,
  })];
}

/** What the gate to OPERATING still needs: hypercare, defects, training. */
export function operatingNeeds(_state: FullMigration): readonly Need[] {
  return [];
}

/** What the gate to CLOSED still needs: the old contract, the data, the records. */
export function closedNeeds(_state: FullMigration): readonly Need[] {
  return [];
}
