import { daysBetween, startOfNextDay, type CivilDate, type Instant } from '../shared/civil-date.ts';
import { countAdopted, withoutReceipt } from './members.ts';
import { GATES, ifMissed, type Gate } from './plan.ts';
import { factsOf, type Constitution, type Evidence } from './state.ts';

/**
 * `MET` by the day of the plan, `LATE` after it, whether it was extended or not; `EXTENDED` beyond the day of the plan; `REOPENED`
 * where the threshold was met and is no more.
 */
export type GateState = 'NOT_YET' | 'MET' | 'MISSED' | 'EXTENDED' | 'LATE' | 'REOPENED';

export function gateState(constitution: Constitution, gate: Gate): GateState {
  const { reached, lost, policies } = constitution;
  const found = reached[gate];
  if (found !== undefined) return found.late ? 'LATE' : 'MET';
  if (gate === 'MUNICIPAL_RESOLUTIONS' && lost !== null) return 'REOPENED';
  if (isMissed(constitution, gate)) return 'MISSED';
  return endOf(constitution, gate) > policies.plan[gate].to ? 'EXTENDED' : 'NOT_YET';
}

/** The day by the end of which a gate is awaited now: of the plan as revised, or of its extension. */
export function endOf({ plan, extended }: Constitution, gate: Gate): CivilDate {
  return extended[gate] ?? plan[gate].to;
}

/** True when the day by which it is awaited now was said to have passed without it. */
export function isMissed(constitution: Constitution, gate: Gate): boolean {
  return constitution.reached[gate] === undefined && constitution.missed[gate]?.to === endOf(constitution, gate);
}

/** When a gate's day is over: 24:00 in Rome. Never rolled off a holiday. */
export function overAt(to: CivilDate): Instant {
  return startOfNextDay(to);
}

/** The day on which the acts on record reached a gate; null: they have not. */
export function reachedOn(constitution: Constitution, gate: Gate): CivilDate | null {
  const { evidence, met, territory, members } = constitution;
  switch (gate) {
    case 'PROJECT_SHOWN': return evidence.conference?.heldOn ?? null;
    case 'TEMPLATES_SENT': return withoutReceipt(constitution).length > 0 ? null : latest(territory.bodies.map(({ body }) => factsOf(members, body).receivedOn));
    case 'MUNICIPAL_RESOLUTIONS': return met?.on ?? null;
    case 'CMM_RESOLUTION': return metropolitanExecutiveOn(evidence) === null ? null : evidence.resolution?.adoptedOn ?? null;
    case 'CONSTITUTED': return evidence.deed?.signedOn ?? null;
    case 'BOARD_APPOINTED': return latest([evidence.acceptances.BOARD_OF_DIRECTORS?.acceptedOn ?? null, evidence.acceptances.AUDITOR?.acceptedOn ?? null]);
    case 'FIRST_BUDGET_PREPARED': return latest([evidence.budget?.preparedOn ?? null, evidence.auditorsReport?.on ?? null]);
  }
}

/** First day on which the resolution of the metropolitan council is executive: of its adoption, or by its publication. */
export function metropolitanExecutiveOn({ resolution, publication }: Evidence): CivilDate | null {
  return resolution?.executiveOn ?? publication?.executiveOn ?? null;
}

/**
 * Whether a gate was reached in time for a day. Resolutions of the comuni are adopted by it, and may become executive after it; that of the
 * metropolitan council is adopted by it.
 */
export function isInTime(constitution: Constitution, gate: Gate, to: CivilDate): boolean {
  if (gate === 'MUNICIPAL_RESOLUTIONS') return countAdopted(constitution, to).met;
  const on = gate === 'CMM_RESOLUTION' ? constitution.evidence.resolution?.adoptedOn ?? null : reachedOn(constitution, gate);
  return on !== null && on <= to;
}

/** Days after the day that the plan had, as it was published; negative before it. */
export function delayOf({ policies }: Constitution, gate: Gate, on: CivilDate): number {
  return daysBetween(policies.plan[gate].to, on);
}

/** A gate on which the operator has to decide: its day passed, or its threshold was lost, and nothing was decided since. */
export function isInQuestion({ reached, lost, missed, decisions, extended, plan }: Constitution, gate: Gate): boolean {
  if (reached[gate] !== undefined) return false;
  const decided = decisions.findLast((decision) => decision.gate === gate)?.version ?? 0;
  if (gate === 'MUNICIPAL_RESOLUTIONS' && lost !== null && lost.version > decided) return true;
  const said = missed[gate];
  return ifMissed(gate) === 'DECIDE' && said !== undefined && said.to === (extended[gate] ?? plan[gate].to) && said.version > decided;
}

export function gatesInQuestion(constitution: Constitution): readonly Gate[] {
  return GATES.filter((gate) => isInQuestion(constitution, gate));
}

/** Gates that come after one that was missed or lost: their days stand as they are, and may not hold. */
export function isInDoubt(constitution: Constitution, gate: Gate): boolean {
  if (constitution.reached[gate] !== undefined) return false;
  return GATES.slice(0, GATES.indexOf(gate)).some((before) => ifMissed(before) === 'DECIDE' && ['MISSED', 'REOPENED'].includes(gateState(constitution, before)));
}

export function isComplete({ reached }: Constitution): boolean {
  return GATES.every((gate) => reached[gate] !== undefined);
}

/** The latest of several days; null while one of them is missing, or there are none. */
function latest(days: readonly (CivilDate | null)[]): CivilDate | null {
  return days.includes(null) ? null : days.filter((day) => day !== null).toSorted().at(-1) ?? null;
}
