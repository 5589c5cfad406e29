import { isConventionEvent } from './convention/events.ts';
import { evolveConvention } from './convention/evolve.ts';
import { CORRECTABLES } from './correctable.ts';
import { isDeliberationEvent } from './deliberation/events.ts';
import { evolveDeliberation, openedDeliberation } from './deliberation/evolve.ts';
import { isDpaEvent } from './dpa/events.ts';
import { evolveDpa } from './dpa/evolve.ts';
import { isDuesEvent } from './dues/events.ts';
import { evolveDues } from './dues/evolve.ts';
import type { AdhesionEvent } from './events.ts';
import { isLineageEvent } from './lineage/events.ts';
import { evolveLineage } from './lineage/evolve.ts';
import { isMandatesEvent } from './mandates/events.ts';
import { evolveMandates } from './mandates/evolve.ts';
import { isMembershipEvent } from './membership/events.ts';
import { evolveMembership } from './membership/evolve.ts';
import { isNisEvent } from './nis/events.ts';
import { evolveNis } from './nis/evolve.ts';
import { completePolicies } from './policies.ts';
import { isProcessingEvent } from './processing/events.ts';
import { evolveProcessing } from './processing/evolve.ts';
import { isRecognitionEvent } from './recognition/events.ts';
import { evolveRecognition } from './recognition/evolve.ts';
import { isReferentsEvent } from './referents/events.ts';
import { evolveReferents } from './referents/evolve.ts';
import { isRemindersEvent } from './reminders/events.ts';
import { evolveReminders } from './reminders/index.ts';
import { isServicesEvent } from './services/events.ts';
import { evolveServices } from './services/evolve.ts';
import type { AdhesionState } from './state.ts';

/**
 * Folds one stored event, by the area that owns it; total, and computes no date. `state.version` is already the version of
 * this event, which each fact keeps, so that a correction can name it.
 */
export function evolve(state: AdhesionState, event: AdhesionEvent): AdhesionState {
  return fold(state, event.data.origin === undefined ? event : withoutOrigin(event));
}

/** A fact stands as it would had it been recorded here first. */
function withoutOrigin(event: AdhesionEvent): AdhesionEvent {
  const { origin: _origin, ...data } = event.data;
  return { ...event, data } as AdhesionEvent;
}

function fold(state: AdhesionState, event: AdhesionEvent): AdhesionState {
  if (isRecognitionEvent(event)) return evolveRecognition(state, event);
  if (isDeliberationEvent(event)) return evolveDeliberation(state, event);
  if (isConventionEvent(event)) return evolveConvention(state, event);
  if (isDpaEvent(event)) return evolveDpa(state, event);
  if (isProcessingEvent(event)) return evolveProcessing(state, event);
  if (isMembershipEvent(event)) return evolveMembership(state, event);
  if (isReferentsEvent(event)) return evolveReferents(state, event);
  if (isServicesEvent(event)) return evolveServices(state, event);
  if (isMandatesEvent(event)) return evolveMandates(state, event);
  if (isNisEvent(event)) return evolveNis(state, event);
  if (isDuesEvent(event)) return evolveDues(state, event);
  if (isRemindersEvent(event)) return evolveReminders(state, event);
  if (isLineageEvent(event)) return evolveLineage(state, event);
  switch (event.type) {
    case 'AdhesionOpened':
      return { ...state, opening: { ...event.data, policies: completePolicies(event.data.policies) }, ...openedDeliberation(event.data) };
    case 'AdhesionClosed':
      return { ...state, closure: event.data };
    case 'FactCorrected': {
      const { corrects, reasons: _why, ...fact } = event.data;
      return evolve(CORRECTABLES[fact.type].rewind(state, corrects, fact), fact);
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
