import type { ResumedTerms } from '../deliberation/events.ts';
import type { AdhesionState } from '../state.ts';
import type { ConventionEvent } from './events.ts';
import type { Convention, ConventionFact } from './state.ts';

/** Folds one event of the convention; `state.version` is already its version. */
export function evolveConvention(state: AdhesionState, event: ConventionEvent): AdhesionState {
  const { version, convention } = state;
  switch (event.type) {
    case 'BudgetCoverRecorded':
      return conventionWith(state, { budget: [...convention.budget, { ...event.data, version }].slice(-2) });
    case 'ConventionSigned':
      return conventionWith(state, { signature: { ...event.data, version }, voided: null });
    case 'ConventionCountersigned':
      return conventionWith(state, { countersignature: { ...event.data, version } });
    case 'ConventionVoided':
      return voided(state, { ...event.data, version });
    case 'ConventionRegistered': {
      const registrationCount = convention.registrationCount + 1;
      return conventionWith(state, { registration: { ...event.data, version }, registrationCount, inForce: false });
    }
    case 'ConventionEnteredIntoForce':
      return conventionWith(state, { inForce: true });
    case 'ConventionPublished':
      return conventionWith(state, { publication: { ...event.data, version } });
    case 'CertificateRevoked':
      return conventionWith(state, { revocations: [...convention.revocations, { ...event.data, version }] });
    case 'ServicesAmended':
      return conventionWith(state, { amendments: [...convention.amendments, { kind: 'SERVICES', act: { ...event.data, version } }] });
    case 'AmendmentResolved':
      return conventionWith(state, { addendum: { resolved: { ...event.data, version }, signature: null, voided: null } });
    case 'AddendumSigned':
      return addendumWith(state, { signature: { ...event.data, version }, voided: null });
    case 'AddendumVoided':
      return addendumWith(event.data.undoes === undefined ? state : reopened(state, event.data.undoes), { signature: null, voided: { ...event.data, version } });
    case 'AddendumConcluded':
      return conventionWith(state, addendumConcluded(convention, { ...event.data, version }));
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** Whatever followed from the signatures is gone with them; so is a withdrawal from what bound nobody. */
function voided(state: AdhesionState, fact: ConventionFact<'ConventionVoided'>): AdhesionState {
  const { membership } = state;
  return conventionWith({ ...state, membership: { ...membership, withdrawal: null } }, {
    voided: fact, signature: null, countersignature: null, registration: null, inForce: false, publication: null, addendum: null, amendments: [],
  });
}

/** A concluded addendum of which a signature turned out to be none is signed anew. */
function reopened(state: AdhesionState, conclusion: number): AdhesionState {
  const { amendments } = state.convention;
  const undone = amendments.find((amendment) => amendment.kind === 'ESSENTIAL' && amendment.conclusion.version === conclusion);
  return undone?.kind === 'ESSENTIAL'
    ? conventionWith(state, { amendments: amendments.filter((amendment) => amendment !== undone), addendum: { resolved: undone.act, signature: null, voided: null } })
    : state;
}

function conventionWith(state: AdhesionState, changes: Partial<Convention>): AdhesionState {
  return { ...state, convention: { ...state.convention, ...changes } };
}

/** What the Agency owes after a suspension of the resolution is due later, where it had not been late before. */
export function resumedConvention(convention: Convention, { countersignature: signBy, registration: registerBy }: Partial<ResumedTerms> = {}): Convention {
  const { signature, countersignature, addendum } = convention;
  if (countersignature === null) return signature === null ? convention : { ...convention, signature: { ...signature, countersignatureDueOn: signBy ?? signature.countersignatureDueOn } };
  const added = addendum?.signature ?? null;
  return {
    ...convention,
    countersignature: { ...countersignature, registrationDueOn: registerBy ?? countersignature.registrationDueOn },
    addendum: addendum === null || added === null
      ? addendum
      : { ...addendum, signature: { ...added, countersignatureDueOn: signBy ?? added.countersignatureDueOn } },
  };
}

/** Total: a signature without an addendum changes nothing. */
function addendumWith(state: AdhesionState, changes: Partial<NonNullable<Convention['addendum']>>): AdhesionState {
  const { addendum } = state.convention;
  return addendum === null ? state : conventionWith(state, { addendum: { ...addendum, ...changes } });
}

function addendumConcluded({ addendum, amendments }: Convention, conclusion: ConventionFact<'AddendumConcluded'>): Partial<Convention> {
  if (addendum === null) return {};
  return { addendum: null, amendments: [...amendments, { kind: 'ESSENTIAL', act: addendum.resolved, conclusion }] };
}
