import type { AgencyLegalForm } from '../adhesion/policies.ts';
import type { MajorityRule } from '../calendar/majority.ts';
import type { ParkedFact } from '../shared/case.ts';
import { civilDateOf, type CivilDate, type Instant } from '../shared/civil-date.ts';
import type { Waiting } from '../shared/process.ts';
import type { ResolutionStanding } from './account.ts';
import { delayOf, endOf, gateState, isComplete, isInDoubt, isInQuestion, isMissed, type GateState } from './gates.ts';
import { ruleOfForm, type Authority } from './legal-form.ts';
import { countAdopted, countExecutive, countingOf, isLateMember, windowOf, withoutReceipt, type Counting } from './members.ts';
import { GATES, ifMissed, type Gate, type IfMissed, type Period } from './plan.ts';
import type { ConstitutionPolicies } from './policies.ts';
import { factsOf, getConstitution, type Constitution, type ConstitutionState, type Evidence } from './state.ts';
import type { Decided } from './terms.ts';
import { presetOf, type Required, type Threshold, type ThresholdPreset } from './threshold.ts';
import { timers, waiting } from './waiting.ts';

export type ConstitutionStage = 'UNDER_WAY' | 'COMPLETED' | 'STOPPED';

export interface GateView {
  readonly gate: Gate;
  readonly state: GateState;
  /** As it was published: it stays, whatever comes. */
  readonly planned: Period;
  /** As it was revised last. */
  readonly revised: Period;
  /** The day until which it was extended since its last revision. */
  readonly extendedTo: CivilDate | null;
  /** The day by the end of which it is awaited. */
  readonly awaitedBy: CivilDate;
  /** The day on which it was reached. */
  readonly reachedOn: CivilDate | null;
  /** Days after the day of the published plan, negative before it; null until it is reached. */
  readonly delayDays: number | null;
  /** The last day that passed without it. */
  readonly missedOn: CivilDate | null;
  readonly ifMissed: IfMissed;
  /** True while the operator has to decide on it. */
  readonly inQuestion: boolean;
  /** True where a gate before it was missed or opened again: its day stands, and may not hold. */
  readonly inDoubt: boolean;
}

interface CountView {
  readonly members: number;
  readonly population: number;
}

export interface ThresholdView extends Threshold {
  readonly preset: ThresholdPreset | null;
  readonly required: Required;
  /** Comuni and inhabitants of the territory. */
  readonly of: CountView;
  readonly adopted: CountView;
  readonly executive: CountView;
  readonly met: boolean;
  readonly metOn: CivilDate | null;
  readonly lostAt: Instant | null;
}

export interface MemberView {
  readonly body: string;
  readonly population: number;
  readonly adhesion: string | null;
  /** The legal form that its council was asked for. */
  readonly form: AgencyLegalForm | null;
  readonly receivedOn: CivilDate | null;
  readonly window: Period;
  readonly adoptedOn: CivilDate | null;
  readonly resolutionNo: string | null;
  readonly standing: ResolutionStanding | null;
  readonly executiveOn: CivilDate | null;
  readonly counting: Counting;
  /** It did not resolve in its window; neither joined nor rejected by that. */
  readonly late: boolean;
}

/** A resolution that the threshold is counted from: `COUNTED`, or `OPEN` until it is executive. */
export interface ResolutionView {
  readonly body: string;
  readonly population: number;
  readonly adoptedOn: CivilDate;
  readonly executiveOn: CivilDate | null;
  readonly counting: Counting;
}

/** A constitution as lists show it. */
export interface ConstitutionLine {
  readonly id: string;
  readonly workflowId: string;
  readonly state: ConstitutionStage;
  readonly version: number;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly legalForm: { readonly form: AgencyLegalForm; readonly majority: MajorityRule; readonly authorities: readonly Authority[] };
  readonly gates: readonly GateView[];
  readonly threshold: ThresholdView;
  readonly territory: { readonly asOf: CivilDate; readonly members: number; readonly population: number };
  /** Who countersigns conventions: the Agency cannot before it is constituted. */
  readonly countersignedBy: 'METROPOLITAN_CITY' | 'AGENCY';
  /** Fees are due from the first budget on; until then only free services of the light track. */
  readonly feesBillable: boolean;
  readonly revisions: number;
  readonly parked: readonly ParkedFact[];
  readonly waitingFor: readonly Waiting[];
  readonly timers: readonly { readonly key: string; readonly at: Instant }[];
  /** True while a gate is missed. */
  readonly late: boolean;
}

export interface ConstitutionView extends ConstitutionLine {
  readonly evidence: Evidence;
  readonly decisions: readonly Decided[];
  readonly lateMembers: Constitution['lateMembers'];
  readonly withoutReceipt: readonly string[];
  readonly lastReceiptOn: CivilDate | null;
  readonly resolutions: readonly ResolutionView[];
  readonly members: readonly MemberView[];
  /** By which its dates are computed; plan, threshold and form stand in their own places. */
  readonly policies: Pick<ConstitutionPolicies, 'executivity' | 'calendarVersion' | 'policyVersion'>;
}

/** The constitution as readers see it, on a day: being late comes by the day alone. Throws when it was never started. */
export function viewConstitution(state: ConstitutionState, now: Instant): ConstitutionView {
  const constitution = getConstitution(state);
  const today = civilDateOf(now);
  const { executivity, calendarVersion, policyVersion } = constitution.policies;
  const members = constitution.territory.bodies.map(({ body, population }) => memberOf(constitution, body, population, today));
  return {
    ...lineOfConstitution(state),
    evidence: constitution.evidence,
    decisions: constitution.decisions.map(({ version: _version, ...decision }) => decision),
    lateMembers: constitution.lateMembers,
    withoutReceipt: withoutReceipt(constitution),
    lastReceiptOn: members.reduce<CivilDate | null>((last, { receivedOn }) => (receivedOn !== null && (last === null || receivedOn > last) ? receivedOn : last), null),
    resolutions: members.flatMap(({ body, population, adoptedOn, executiveOn, counting }) => (
      adoptedOn === null || !['COUNTED', 'OPEN'].includes(counting) ? [] : [{ body, population, adoptedOn, executiveOn, counting }])),
    members, policies: { executivity, calendarVersion, policyVersion },
  };
}

/** The same without its acts and comuni. Throws when it was never started. */
export function lineOfConstitution(state: ConstitutionState): ConstitutionLine {
  const constitution = getConstitution(state);
  const { id, startedBy, startedAt, form, evidence, reached, revisions } = constitution;
  const threshold = thresholdOf(constitution);
  return {
    id, workflowId: `constitution/${id}`, state: stageOf(constitution), version: state.version, startedBy: startedBy.subject, startedAt, legalForm: ruleOfForm(form),
    gates: GATES.map((gate) => gateOf(constitution, gate)), threshold, territory: { asOf: constitution.territory.asOf, ...threshold.of },
    countersignedBy: evidence.deed === null ? 'METROPOLITAN_CITY' : 'AGENCY', feesBillable: reached.FIRST_BUDGET_PREPARED !== undefined, revisions, parked: state.parked,
    waitingFor: waiting(state), timers: timers(state).map(({ key, at }) => ({ key, at })), late: isLate(constitution),
  };
}

export function stageOf(constitution: Constitution): ConstitutionStage {
  if (constitution.stoppedAt !== null) return 'STOPPED';
  return isComplete(constitution) ? 'COMPLETED' : 'UNDER_WAY';
}

function isLate(constitution: Constitution): boolean {
  return constitution.stoppedAt === null && GATES.some((gate) => isMissed(constitution, gate));
}

function gateOf(constitution: Constitution, gate: Gate): GateView {
  const { policies, plan, reached, missed } = constitution;
  const reachedOn = reached[gate]?.on ?? null;
  return {
    gate, state: gateState(constitution, gate), planned: policies.plan[gate], revised: plan[gate], extendedTo: constitution.extended[gate] ?? null, awaitedBy: endOf(constitution, gate), reachedOn,
    delayDays: reachedOn === null ? null : delayOf(constitution, gate, reachedOn), missedOn: missed[gate]?.to ?? null, ifMissed: ifMissed(gate),
    inQuestion: isInQuestion(constitution, gate), inDoubt: isInDoubt(constitution, gate),
  };
}

function thresholdOf(constitution: Constitution): ThresholdView {
  const { threshold, met, lost } = constitution;
  const executive = countExecutive(constitution);
  const adopted = countAdopted(constitution);
  return {
    ...threshold, preset: presetOf(threshold), required: executive.required, of: executive.of,
    adopted: { members: adopted.members, population: adopted.population }, executive: { members: executive.members, population: executive.population },
    met: met !== null, metOn: met?.on ?? null, lostAt: lost?.at ?? null,
  };
}

function memberOf(constitution: Constitution, body: string, population: number, today: CivilDate): MemberView {
  const { account, receivedOn } = factsOf(constitution.members, body);
  const resolution = account?.resolution ?? null;
  return {
    body, population, adhesion: account?.adhesion ?? null, form: account?.form ?? null, receivedOn, window: windowOf(constitution, body), adoptedOn: resolution?.adoptedOn ?? null,
    resolutionNo: resolution?.resolutionNo ?? null, standing: resolution?.standing ?? null, executiveOn: resolution?.executiveOn ?? null,
    counting: countingOf(constitution, body), late: isLateMember(constitution, body, today),
  };
}
