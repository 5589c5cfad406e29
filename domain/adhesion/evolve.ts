import type { Effect } from '../shared/process.ts';
import type { AdhesionEvent, AdhesionEventData } from './events.ts';
import { rewind } from './rewind.ts';
import { NO_DELIBERATION, type AdhesionState, type Convention, type Deliberation, type Referent, type Sending } from './state.ts';

/**
 * Folds one stored event; total, and computes no date. `state.version` is already the version of this event, which each
 * fact keeps, so that a correction can name it.
 */
export function evolve(state: AdhesionState, event: AdhesionEvent): AdhesionState {
  const { version } = state;
  switch (event.type) {
    case 'AdhesionOpened':
      return { ...state, opening: event.data, deliberation: { ...NO_DELIBERATION, attemptsAllowed: event.data.policies.maxAttempts } };
    case 'AdhesionClosed':
      return { ...state, closure: event.data };
    case 'ConventionSigned':
      return conventionWith(state, { signature: { ...event.data, version }, voided: null });
    case 'ConventionCountersigned':
      return conventionWith(state, { countersignature: { ...event.data, version } });
    case 'ConventionVoided':
      return conventionWith(state, { voided: { ...event.data, version }, signature: null, countersignature: null });
    case 'ConventionRegistered': {
      const registrationCount = state.convention.registrationCount + 1;
      return conventionWith(state, { registration: { ...event.data, version }, registrationCount, inForce: false });
    }
    case 'ConventionEnteredIntoForce':
      return conventionWith(state, { inForce: true });
    case 'ReferentAppointed':
      return { ...state, referents: appointed(state.referents, { ...event.data, version, acceptance: null }) };
    case 'AppointmentAccepted':
      return { ...state, referents: acceptedBy(state.referents, event.data, version) };
    case 'MigrationRequested':
      return migrationRequested(state, event.data);
    case 'MigrationNoted': {
      const { id, state: now, asOf } = event.data;
      return { ...state, migrations: state.migrations.map((known) => (known.id === id ? { ...known, state: now, asOf } : known)) };
    }
    case 'FactCorrected': {
      const { corrects, ...fact } = event.data;
      return evolve(rewind(state, fact.type, corrects), fact);
    }
    case 'ProposalSent':
    case 'ReceiptConfirmed':
    case 'OpinionRecorded':
    case 'CouncilConvened':
    case 'SessionHeldWithoutVote':
    case 'ResolutionRejected':
    case 'ResolutionAdopted':
    case 'ProposalResubmitted':
    case 'FurtherAttemptAllowed':
    case 'AmendmentAccepted':
    case 'AmendmentResubmitted':
    case 'PublicationRecorded':
    case 'ExecutivityRipened':
    case 'ExecutivityCertified':
    case 'ResolutionTransmitted':
    case 'ResolutionAccepted':
    case 'ResolutionReturned':
      return { ...state, deliberation: deliberate(state.deliberation, event, version) };
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function conventionWith(state: AdhesionState, changes: Partial<Convention>): AdhesionState {
  return { ...state, convention: { ...state.convention, ...changes } };
}

type DeliberationEvent = Extract<AdhesionEvent, {
  type:
    | 'ProposalSent' | 'ReceiptConfirmed' | 'OpinionRecorded' | 'CouncilConvened' | 'SessionHeldWithoutVote' | 'ResolutionRejected'
    | 'ResolutionAdopted' | 'ProposalResubmitted' | 'FurtherAttemptAllowed' | 'AmendmentAccepted' | 'AmendmentResubmitted' | 'PublicationRecorded'
    | 'ExecutivityRipened' | 'ExecutivityCertified' | 'ResolutionTransmitted' | 'ResolutionAccepted' | 'ResolutionReturned';
}>;

function deliberate(deliberation: Deliberation, event: DeliberationEvent, version: number): Deliberation {
  switch (event.type) {
    case 'ProposalSent':
      return { ...deliberation, attempt: 1, template: event.data.template, sending: sendingOf(event.data) };
    case 'ReceiptConfirmed':
      return { ...deliberation, receipt: { ...event.data, version } };
    case 'OpinionRecorded':
      return { ...deliberation, opinions: [...deliberation.opinions, { ...event.data, version }] };
    case 'CouncilConvened':
      return { ...deliberation, convocation: { ...event.data, version } };
    case 'SessionHeldWithoutVote': {
      const { heldOn, outcome, at } = event.data;
      return { ...deliberation, convocation: null, lastSession: { heldOn, outcome, at, version } };
    }
    case 'ResolutionRejected': {
      const { heldOn, at } = event.data;
      return { ...deliberation, rejection: { ...event.data, version }, lastSession: { heldOn, outcome: 'VOTED', at, version } };
    }
    case 'ResolutionAdopted': {
      const { heldOn, at, amended } = event.data;
      return {
        ...deliberation,
        adoption: { ...event.data, version },
        amendment: amended ? 'PENDING' : null,
        lastSession: { heldOn, outcome: 'VOTED', at, version },
      };
    }
    case 'ProposalResubmitted': {
      const { template, attempt, textChanged } = event.data;
      return again(deliberation, { attempt, template, sending: sendingOf(event.data), opinions: textChanged ? [] : onProposal(deliberation) });
    }
    case 'AmendmentResubmitted': {
      const { attempt, heldOn, at } = event.data;
      const sending = { sentAt: null, follows: heldOn, receiptDueOn: null, at };
      return again(deliberation, { attempt, sending, opinions: onProposal(deliberation) });
    }
    case 'FurtherAttemptAllowed':
      return { ...deliberation, attemptsAllowed: event.data.attemptsAllowed };
    case 'AmendmentAccepted':
      return { ...deliberation, amendment: 'FORMAL' };
    case 'PublicationRecorded': {
      const publicationCount = deliberation.publicationCount + 1;
      return { ...deliberation, publication: { ...event.data, version }, publicationCount, ripened: false };
    }
    case 'ExecutivityRipened':
      return { ...deliberation, ripened: true };
    case 'ExecutivityCertified':
      return { ...deliberation, certificate: { ...event.data, version } };
    case 'ResolutionTransmitted':
      return { ...deliberation, transmission: { ...event.data, version } };
    case 'ResolutionAccepted':
      return { ...deliberation, acceptance: { ...event.data, version } };
    case 'ResolutionReturned': {
      const deliveredAt = deliberation.transmission?.deliveredAt ?? null;
      return { ...deliberation, acceptance: null, returned: { ...event.data, version, deliveredAt } };
    }
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

function sendingOf({ sentAt, receiptDueOn, at }: AdhesionEventData['ProposalSent']): Sending {
  return { sentAt, follows: sentAt, receiptDueOn, at };
}

/** A new attempt begins without anything of the last resolution; the last session is remembered, for order. */
function again(deliberation: Deliberation, begun: Partial<Deliberation>): Deliberation {
  const { attemptsAllowed, template, lastSession, publicationCount } = deliberation;
  return { ...NO_DELIBERATION, attemptsAllowed, template, lastSession, publicationCount, ...begun };
}

function onProposal({ opinions }: Deliberation): Deliberation['opinions'] {
  return opinions.filter((opinion) => !opinion.onAmendment);
}

/** A corrected appointment keeps its place. */
function appointed(referents: readonly Referent[], referent: Referent): readonly Referent[] {
  return referents.some(({ appointmentId }) => appointmentId === referent.appointmentId)
    ? referents.map((known) => (known.appointmentId === referent.appointmentId ? referent : known))
    : [...referents, referent];
}

function acceptedBy(referents: readonly Referent[], data: AdhesionEventData['AppointmentAccepted'], version: number): readonly Referent[] {
  return referents.map((known) => (known.appointmentId === data.appointmentId ? { ...known, acceptance: { ...data, version } } : known));
}

/** The migration is a process of its own: the case owes it the command that opens it. */
function migrationRequested(state: AdhesionState, data: AdhesionEventData['MigrationRequested']): AdhesionState {
  const { migrationId, service, plan, parameters } = data;
  const { id = '', body = '' } = state.opening ?? {};
  const start: Effect = {
    key: `start-${service}@${state.version}`,
    kind: 'tell',
    input: {
      to: `migration/${migrationId}`,
      command: { type: 'OpenMigration', data: { id: migrationId, adhesion: id, body, service, plan, parameters } },
      commandId: `adhesion/${id}@${state.version}`,
    },
  };
  return { ...state, migrations: [...state.migrations, { id: migrationId, service, state: 'REQUESTED', asOf: 0 }], owed: [...state.owed, start] };
}
