import type { CorrectableType } from './events.ts';
import type { AdhesionState, Deliberation } from './state.ts';

/**
 * The state without one fact, on which nothing later stands: where a correction is decided and applied from. An
 * executivity that had ripened, a certificate of it, or a convention that had come into force, by the date of that fact is
 * taken back with it.
 */
export function rewind(state: AdhesionState, type: CorrectableType, version: number): AdhesionState {
  switch (type) {
    case 'ReceiptConfirmed': return deliberationWith(state, { receipt: null });
    case 'OpinionRecorded':
      return deliberationWith(state, { opinions: state.deliberation.opinions.filter((opinion) => opinion.version !== version) });
    case 'CouncilConvened': return deliberationWith(state, { convocation: null });
    case 'PublicationRecorded': return deliberationWith(state, { publication: null, ripened: false, certificate: null });
    case 'ExecutivityCertified': return deliberationWith(state, { certificate: null });
    case 'ResolutionTransmitted': return deliberationWith(state, { transmission: null });
    case 'ConventionRegistered': return { ...state, convention: { ...state.convention, registration: null, inForce: false } };
    // The appointment is not taken out, for its place and its number: it is replaced by the corrected one.
    case 'ReferentAppointed': return state;
    case 'AppointmentAccepted':
      return {
        ...state,
        referents: state.referents.map((known) => (known.acceptance?.version === version ? { ...known, acceptance: null } : known)),
      };
    default: {
      const unknown: never = type;
      return unknown;
    }
  }
}

function deliberationWith(state: AdhesionState, changes: Partial<Deliberation>): AdhesionState {
  return { ...state, deliberation: { ...state.deliberation, ...changes } };
}
