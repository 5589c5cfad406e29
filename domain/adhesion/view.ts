import type { ParkedFact } from '../shared/case.ts';
import { civilDateOf, type Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import { competenceOf, type Competence } from './competence.ts';
import { viewConvention, type ConventionPart } from './convention/view.ts';
import { viewDeliberation, type DeliberationPart } from './deliberation/view.ts';
import { viewDpa, type DpaPart } from './dpa/view.ts';
import { viewDues, type DuesPart } from './dues/view.ts';
import { viewLineage, type LineagePart } from './lineage/view.ts';
import { viewMandates, type MandatesPart } from './mandates/view.ts';
import { viewMembership, type MembershipPart } from './membership/view.ts';
import { viewNis, type NisPart } from './nis/view.ts';
import { lateFrom, phase } from './phase.ts';
import type { AdhesionPolicies } from './policies.ts';
import { viewProcessing, type ProcessingPart } from './processing/view.ts';
import { viewRecognition, type RecognitionPart } from './recognition/view.ts';
import { viewReferents, type ReferentsPart } from './referents/view.ts';
import { viewServices, type ServicesPart } from './services/view.ts';
import { isOpened, type AdhesionState } from './state.ts';
import type { Phase } from './terms.ts';
import { timers } from './timers.ts';
import { waiting } from './waiting.ts';

export interface AdhesionView
  extends RecognitionPart, DeliberationPart, ConventionPart, DpaPart, ProcessingPart, ReferentsPart, MandatesPart, ServicesPart, MembershipPart, NisPart, DuesPart, LineagePart {
  readonly id: string;
  readonly workflowId: string;
  readonly body: string;
  readonly istatCode: string;
  readonly name: string | null;
  readonly population: number;
  /** How the body resolves and signs. */
  readonly competence: Competence;
  readonly phase: Phase;
  readonly version: number;
  readonly parked: readonly ParkedFact[];
  readonly waitingFor: readonly Waiting[];
  readonly reminders: AdhesionState['reminded'];
  readonly timers: readonly { readonly key: string; readonly at: Instant }[];
  readonly late: boolean;
  readonly policies: AdhesionPolicies;
}

/** The adhesion as readers see it; only `late` depends on the present. Throws when the case was never opened. */
export function viewAdhesion(state: AdhesionState, now: Instant): AdhesionView {
  if (!isOpened(state)) throw new Error('This adhesion was never opened');
  const { id, body, istatCode, name, population, policies } = state.opening;
  const from = lateFrom(state);
  return {
    id,
    workflowId: `adhesion/${id}`,
    body,
    istatCode,
    name,
    population,
    competence: competenceOf(state),
    phase: phase(state),
    version: state.version,
    ...viewDeliberation(state),
    ...viewConvention(state),
    ...viewDpa(state),
    ...viewProcessing(state),
    ...viewReferents(state),
    ...viewNis(state),
    ...viewMandates(state),
    ...viewRecognition(state),
    ...viewServices(state),
    ...viewMembership(state),
    ...viewDues(state),
    ...viewLineage(state),
    parked: state.parked,
    waitingFor: waiting(state),
    reminders: state.reminded,
    timers: timers(state).map(({ key, at }) => ({ key, at })),
    late: from !== null && from <= civilDateOf(now),
    policies,
  };
}
