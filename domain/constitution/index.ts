import { caseProcess, type CaseProcess } from '../shared/case.ts';
import { allowed } from './allowed.ts';
import type { ConstitutionCommand } from './command-types.ts';
import { decide } from './decide.ts';
import type { ConstitutionEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { CONSTITUTION_STATE_SCHEMA, initialConstitution, type ConstitutionState } from './state.ts';
import { isFinished, timers, waiting } from './waiting.ts';

export { accountOf, saysTheSame, type Account } from './account.ts';
export type { ConstitutionCommand, StartConstitution } from './command-types.ts';
export type { ConstitutionEvent } from './events.ts';
export type { GateState } from './gates.ts';
export type { Gate } from './plan.ts';
export type { ConstitutionState } from './state.ts';
export { summarizeConstitution, type ConstitutionSummary } from './summary.ts';
export { lineOfConstitution, viewConstitution, type ConstitutionLine, type ConstitutionStage, type ConstitutionView, type GateView, type MemberView } from './view.ts';

/** The Agency's own path to its constitution: dated gates with their acts, and the wait over all adhesions. */
export const constitution: CaseProcess<ConstitutionState, ConstitutionCommand, ConstitutionEvent> = caseProcess({
  name: 'constitution',
  stateSchema: CONSTITUTION_STATE_SCHEMA,
  restore: (kept, stateSchema) => (stateSchema === CONSTITUTION_STATE_SCHEMA ? (kept as ConstitutionState) : null),
  // An act without its ground is refused with what comes first: the operator who records it is the one who knows.
  parkable: new Set<string>(),
  initial: initialConstitution,
  decide,
  evolve,
  timers,
  allowed,
  waiting: (state) => waiting(state),
  finished: isFinished,
});
