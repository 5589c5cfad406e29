import type { CivilDate } from '../shared/civil-date.ts';
import type { Party } from '../shared/process.ts';
import { conventionState } from './convention/standing.ts';
import type { ConventionState } from './convention/terms.ts';
import { deliberationState, executivity } from './deliberation/standing.ts';
import type { DeliberationState, Executivity } from './deliberation/terms.ts';
import { lateFrom, phase } from './phase.ts';
import { isOpened, type AdhesionState } from './state.ts';
import type { Phase } from './terms.ts';
import { waiting } from './waiting.ts';

/** What lists and filters need of an adhesion. */
export interface AdhesionSummary {
  readonly id: string;
  readonly body: string;
  readonly name: string | null;
  readonly phase: Phase;
  readonly deliberation: DeliberationState;
  readonly executivity: Executivity;
  readonly convention: ConventionState;
  readonly resolutionNo: string | null;
  readonly waitingFor: readonly Party[];
  /** First civil day on which the case is late; null: never. */
  readonly lateFrom: CivilDate | null;
  /** Services requested, each once. */
  readonly services: readonly string[];
}

/** The row of an adhesion in lists. Throws when the case was never opened. */
export function summarizeAdhesion(state: AdhesionState): AdhesionSummary {
  if (!isOpened(state)) throw new Error('This adhesion was never opened');
  const { id, body, name } = state.opening;
  return {
    id,
    body,
    name,
    phase: phase(state),
    deliberation: deliberationState(state.deliberation),
    executivity: executivity(state.deliberation),
    convention: conventionState(state),
    resolutionNo: state.deliberation.adoption?.resolutionNo ?? null,
    waitingFor: [...new Set(waiting(state).map(({ who }) => who))],
    lateFrom: lateFrom(state),
    services: [...new Set(state.migrations.map(({ service }) => service))],
  };
}
