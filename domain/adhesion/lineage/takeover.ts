import type { CivilDate } from '../../shared/civil-date.ts';
import { isConventionEvent } from '../convention/events.ts';
import { hasLostMandate, isResolutionAccepted } from '../deliberation/standing.ts';
import { isDeliberationEvent } from '../deliberation/events.ts';
import { isDpaEvent } from '../dpa/events.ts';
import { isDuesEvent } from '../dues/events.ts';
import { isMembershipEvent } from '../membership/events.ts';
import { isInForce, termOf } from '../membership/standing.ts';
import { isNisEvent } from '../nis/events.ts';
import { phase } from '../phase.ts';
import { isProcessingEvent } from '../processing/events.ts';
import { isRecognitionEvent } from '../recognition/events.ts';
import { isReferentsEvent } from '../referents/events.ts';
import { isRemindersEvent } from '../reminders/events.ts';
import { standingServices } from '../services/standing.ts';
import type { OpenedCase } from '../state.ts';
import type { LineageEngineData } from './catalogue.ts';
import type { Ancestor } from './events.ts';
import { factOf, type Predecessor } from './predecessor.ts';
import { referentsOfOthers } from './referents.ts';

type Taken = Pick<LineageEngineData['InheritAdhesion'], 'policies' | 'from' | 'facts'>;

/**
 * What a successor takes over from the open cases of its predecessors (at least one). The base is the one that is furthest: a convention in force before one that is
 * concluded, an accepted resolution, an adopted one; of equals the earliest, then the lowest ISTAT code. All acts of a base that has resolved are taken over; of one that
 * has not, the referents alone: what a council that is no more had before it lapses with it. A role that is empty in the base and held in another case is taken over from
 * there, from the first of that same order. Offices and elections are those of the old body, services go on where they are.
 */
export function takingOver(predecessors: readonly Predecessor[]): Taken {
  const [base, ...others] = predecessors.toSorted(byStanding);
  if (base === undefined) throw new Error('There is nothing to take over');
  return {
    policies: base.state.opening.policies,
    from: predecessors.toSorted((a, b) => (a.state.opening.istatCode < b.state.opening.istatCode ? -1 : 1)).map((one) => ancestorOf(one, one === base)),
    facts: [...base.events.filter(rankOf(base.state) > 0 ? isTaken : isReferentsEvent).map((event) => factOf(base.state.opening.id, event)), ...referentsOfOthers(base, others)],
  };
}

function byStanding({ state: a }: Predecessor, { state: b }: Predecessor): number {
  const furthest = rankOf(b) - rankOf(a);
  if (furthest !== 0) return furthest;
  const [dayA, dayB] = [dayOf(a), dayOf(b)];
  if (dayA !== dayB) return dayA < dayB ? -1 : 1;
  return a.opening.istatCode < b.opening.istatCode ? -1 : 1;
}

/** 4 a convention in force, 3 a concluded one, 2 an accepted resolution, 1 an adopted one, 0 nothing that binds. */
function rankOf(state: OpenedCase): number {
  const { deliberation, convention: { countersignature } } = state;
  if (deliberation.adoption === null || hasLostMandate(deliberation)) return 0;
  if (isInForce(state)) return 4;
  if (countersignature !== null) return 3;
  return isResolutionAccepted(deliberation) ? 2 : 1;
}

/** Since when it has stood there. */
function dayOf({ convention: { registration, countersignature }, deliberation: { adoption } }: OpenedCase): CivilDate {
  return registration?.inForceOn ?? countersignature?.concludedOn ?? adoption?.heldOn ?? '';
}

const TAKEN_AREAS = [isRecognitionEvent, isDeliberationEvent, isConventionEvent, isDpaEvent, isProcessingEvent, isMembershipEvent, isReferentsEvent, isNisEvent, isDuesEvent, isRemindersEvent] as const;

function isTaken(event: { readonly type: string; readonly data: object }): boolean {
  if (event.type === 'FactCorrected') return 'type' in event.data && typeof event.data.type === 'string' && isTaken({ type: event.data.type, data: {} });
  return event.type !== 'SuccessorNoted' && TAKEN_AREAS.some((isOfArea) => isOfArea(event));
}

function ancestorOf({ state, hash }: Predecessor, base: boolean): Ancestor {
  const { opening: { id, body }, version, deliberation: { adoption }, convention: { countersignature, registration } } = state;
  return {
    adhesion: id, body, version, hash, phase: phase(state), base,
    resolutionNo: adoption?.resolutionNo ?? null, adoptedOn: adoption?.heldOn ?? null,
    concludedOn: countersignature?.concludedOn ?? null, inForceOn: registration?.inForceOn ?? null, endsOn: termOf(state)?.endsOn ?? registration?.endsOn ?? null,
    migrations: standingServices(state).map((migration) => ({ id: migration.id, service: migration.service })),
  };
}
