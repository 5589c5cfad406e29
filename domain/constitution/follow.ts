import { accepted, fold, type Accepted } from '../shared/process.ts';
import { civilDateOf, type Instant } from '../shared/civil-date.ts';
import type { ConstitutionEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { endOf, isInTime, reachedOn } from './gates.ts';
import { countAdopted, countExecutive, metOn } from './members.ts';
import { GATES, gatesAfter, type Gate } from './plan.ts';
import { getConstitution, type Constitution, type ConstitutionState } from './state.ts';

/** What happened, and what follows from it by itself: the threshold met or lost, a gate reached, a day that cannot be kept any more. */
export function withConsequences(state: ConstitutionState, happened: readonly ConstitutionEvent[], at: Instant): Accepted<ConstitutionEvent> {
  const events = [...happened];
  const counting = { evolve: (current: ConstitutionState, event: ConstitutionEvent) => evolve({ ...current, version: current.version + 1 }, event) };
  let current = fold(counting, state, happened);
  for (;;) {
    const next = consequence(getConstitution(current), at);
    if (next === undefined) return accepted(...events);
    events.push(next);
    current = fold(counting, current, [next]);
  }
}

function consequence(constitution: Constitution, at: Instant): ConstitutionEvent | undefined {
  if (constitution.stoppedAt !== null) return undefined;
  return ofThreshold(constitution, at) ?? ofGates(constitution, at) ?? ofWindow(constitution, at);
}

function ofThreshold(constitution: Constitution, at: Instant): ConstitutionEvent | undefined {
  const { met, members, population, required } = countExecutive(constitution);
  if (met === (constitution.met !== null)) return undefined;
  if (!met) return { type: 'ThresholdLost', data: { members, population, required, at } };
  const on = metOn(constitution) ?? civilDateOf(at);
  return { type: 'ThresholdMet', data: { on, members, population, required, at }, effectiveOn: on };
}

function ofGates(constitution: Constitution, at: Instant): ConstitutionEvent | undefined {
  for (const gate of GATES) {
    const on = reachedOn(constitution, gate);
    // A fact that is recorded anew, with another day, reaches its gate anew.
    if (on === null || constitution.reached[gate]?.on === on) continue;
    const plannedTo = constitution.policies.plan[gate].to;
    return { type: 'GateReached', data: { gate, on, plannedTo, late: !isInTime(constitution, gate, plannedTo), at }, effectiveOn: on };
  }
  return undefined;
}

/** After the window of the resolutions, what was adopted in time may be lost before it is executive: then the day was missed after all. */
function ofWindow(constitution: Constitution, at: Instant): ConstitutionEvent | undefined {
  const { windowEnded, reached, missed, lost } = constitution;
  const to = endOf(constitution, 'MUNICIPAL_RESOLUTIONS');
  if (windowEnded !== to || reached.MUNICIPAL_RESOLUTIONS !== undefined || lost !== null || missed.MUNICIPAL_RESOLUTIONS?.to === to) return undefined;
  return isInTime(constitution, 'MUNICIPAL_RESOLUTIONS', to) ? undefined : milestoneMissed('MUNICIPAL_RESOLUTIONS', to, at);
}

export function milestoneMissed(gate: Gate, to: string, at: Instant): ConstitutionEvent {
  return { type: 'MilestoneMissed', data: { gate, to, inDoubt: gatesAfter(gate), at } };
}

/** The end of a gate's day: of the resolutions it is always said, of the others only when they are missed. */
export function endOfGate(constitution: Constitution, gate: Gate, to: string, at: Instant): readonly ConstitutionEvent[] {
  if (gate !== 'MUNICIPAL_RESOLUTIONS') return isInTime(constitution, gate, to) ? [] : [milestoneMissed(gate, to, at)];
  const adopted = countAdopted(constitution, to);
  const executive = countExecutive(constitution);
  return [{ type: 'ResolutionsWindowEnded', data: { to, adopted: adopted.members, executive: executive.members, of: adopted.of.members, at } }];
}
