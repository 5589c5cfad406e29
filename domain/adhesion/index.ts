import { caseProcess, type CaseProcess } from '../shared/case.ts';
import { allowed } from './allowed.ts';
import { PARKABLE } from './catalogue.ts';
import { isClosed } from './closing.ts';
import type { AdhesionCommand } from './command-types.ts';
import { correction } from './correctable.ts';
import { decide } from './decide.ts';
import type { AdhesionEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { ADHESION_STATE_SCHEMA, initialAdhesion, restoreAdhesion, type AdhesionState } from './state.ts';
import { timers } from './timers.ts';
import { waiting } from './waiting.ts';

export { COMMAND_CATALOGUE, COMMAND_TYPES, CORRECTED_BY, type CommandEntry, type CommandType, type CorrectableType } from './catalogue.ts';
export { correctableBy } from './correction.ts';
export { isClosed } from './closing.ts';
export type { AdhesionCommand, Command, OpenAdhesionData } from './command-types.ts';
export { isRenewable } from './membership/rules/late-renewal.ts';
export type { Predecessor } from './lineage/predecessor.ts';
export { takingOver } from './lineage/takeover.ts';
export type { Paper } from './lineage/catalogue.ts';
export type { AdhesionEvent, AdhesionEventData } from './events.ts';
export type { AdhesionPolicies, PolicyChoices } from './policies.ts';
export type { AdhesionState } from './state.ts';
export { summarizeAdhesion, type AdhesionSummary } from './summary.ts';
export { viewAdhesion, type AdhesionView } from './view.ts';

/**
 * A comune's adhesion, from recognition and proposal through its council's resolution and the convention to its referents and
 * services. The schemas of its commands stand at the edge, in commands.ts, and are not re-exported here: no zod may enter
 * the workflow bundle.
 */
export const adhesion: CaseProcess<AdhesionState, AdhesionCommand, AdhesionEvent> = caseProcess({
  name: 'adhesion',
  stateSchema: ADHESION_STATE_SCHEMA,
  restore: restoreAdhesion,
  parkable: PARKABLE,
  initial: initialAdhesion,
  decide,
  evolve,
  correction,
  timers,
  allowed,
  waiting: (state) => waiting(state),
  finished: isClosed,
});
