import { civilDateOf, type CivilDate } from '../../shared/civil-date.ts';
import { isConventionEvent } from '../convention/events.ts';
import { hasLostMandate, isResolutionAccepted } from '../deliberation/standing.ts';
import { isDeliberationEvent } from '../deliberation/events.ts';
import { isDpaEvent } from '../dpa/events.ts';
import { isDuesEvent } from '../dues/events.ts';
import type { AdhesionEvent } from '../events.ts';
import { isMembershipEvent } from '../membership/events.ts';
import { isInForce, termOf } from '../membership/standing.ts';
import { isNisEvent } from '../nis/events.ts';
import { phase } from '../phase.ts';
import { isProcessingEvent } from '../processing/events.ts';
import { isRecognitionEvent } from '../recognition/events.ts';
import { isReferentsEvent } from '../referents/events.ts';
import { isRemindersEvent } from '../reminders/events.ts';
import { openMigrations } from '../services/standing.ts';
import type { OpenedCase } from '../state.ts';
import type { FactToTake, LineageEngineData } from './catalogue.ts';
import type { Ancestor } from './events.ts';

/** An open case of a body that ends, with its events. */
export interface Predecessor {
  readonly state: OpenedCase;
  /** Hash of its last record. */
  readonly hash: string;
  readonly events: readonly (AdhesionEvent & { readonly version: number; readonly recordedAt: string })[];
}

type Taken = Pick<LineageEngineData['InheritAdhesion'], 'policies' | 'from' | 'facts'>;

/**
 * What a successor takes over from the open cases of its predecessors (at least one). The base is the one that is furthest: a convention in force before one that is
 * concluded, an accepted resolution, an adopted one; of equals the earliest, then the lowest ISTAT code. All acts of a base that has resolved are taken over; of one that
 * has not, the referents alone: what a council that is no more had before it lapses with it. Offices and elections are those of the old body, services go on where they are.
 */
export function takingOver(predecessors: readonly Predecessor[]): Taken {
  const [base] = predecessors.toSorted(byStanding);
  if (base === undefined) throw new Error('There is nothing to take over');
  return {
    policies: base.state.opening.policies,
    from: predecessors.toSorted((a, b) => (a.state.opening.istatCode < b.state.opening.istatCode ? -1 : 1)).map((one) => ancestorOf(one, one === base)),
    facts: base.events.filter(rankOf(base.state) > 0 ? isTaken : isReferentsEvent).map((event) => factOf(base.state.opening.id, event)),
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

/** With its own day, and else that on which it was said: it counts from then in the successor's case too. */
function factOf(adhesion: string, { type, data, effectiveOn, version, recordedAt }: Predecessor['events'][number]): FactToTake {
  const { origin: _earlier, ...own } = data;
  const said = 'at' in data && typeof data.at === 'string' ? data.at : recordedAt;
  const isCorrection = type === 'FactCorrected';
  return { adhesion, version, type, data: own, ...(effectiveOn === undefined ? (isCorrection ? {} : { effectiveOn: civilDateOf(said) }) : { effectiveOn }) };
}

function ancestorOf({ state, hash }: Predecessor, base: boolean): Ancestor {
  const { opening: { id, body }, version, deliberation: { adoption }, convention: { countersignature, registration } } = state;
  return {
    adhesion: id, body, version, hash, phase: phase(state), base,
    resolutionNo: adoption?.resolutionNo ?? null, adoptedOn: adoption?.heldOn ?? null,
    concludedOn: countersignature?.concludedOn ?? null, inForceOn: registration?.inForceOn ?? null, endsOn: termOf(state)?.endsOn ?? registration?.endsOn ?? null,
    migrations: openMigrations(state).map((migration) => ({ id: migration.id, service: migration.service })),
  };
}
