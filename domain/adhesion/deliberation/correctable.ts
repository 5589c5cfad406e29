import { byRule, type Correctable, type CorrectablesOf } from '../correctable-fact.ts';
import type { AdhesionEvent } from '../events.ts';
import { knows } from '../policies.ts';
import { isOpened, type AdhesionState } from '../state.ts';
import type { DELIBERATION_CORRECTED_BY } from './catalogue.ts';
import { SHAPES } from './correction-shapes.ts';
import { conveneCouncil, requestSession } from './rules/convocation.ts';
import { certifyExecutivity } from './rules/executivity.ts';
import { recordOpinion } from './rules/opinion.ts';
import { confirmReceipt, sendProposal } from './rules/proposal.ts';
import { recordBoardOutage, recordPublication } from './rules/publication.ts';
import { recordSession } from './rules/session.ts';
import { annulResolution, rectifyResolution, revokeResolution, suspendResolution } from './rules/side-states.ts';
import { transmitResolution } from './rules/transmission.ts';
import type { Deliberation } from './state.ts';

export { deliberationFacts } from './correctable-facts.ts';

/** The same session with another outcome is another event: all three are taken back and decided alike. */
const SESSION: Correctable = {
  rewind: (state) => {
    const { convocation = null, lastSession = null } = state.deliberation.sessionBefore ?? {};
    return deliberationWith(state, { convocation, lastSession, sessionBefore: null, adoption: null, rejection: null, amendment: null });
  },
  decide: byRule(SHAPES.RecordSession, recordSession),
};

/**
 * An executivity that had ripened by the date of a publication is taken back with it. The certificate stays: the correction
 * judges it by the new day, and says so. In cases of 2026.1, and in corrections recorded without that word, it fell as well.
 */
const PUBLICATION: Correctable = {
  rewind: (state, _version, instead) => {
    const stays = instead === undefined ? isOpened(state) && knows(state, '2026.2') : judgesCertificate(instead);
    return deliberationWith(state, { publication: null, ripened: false, certificate: stays ? state.deliberation.certificate : null });
  },
  takesAlong: (instead) => (judgesCertificate(instead) ? ['ExecutivityRipened'] : ['ExecutivityRipened', 'ExecutivityCertified']),
  decide: byRule(SHAPES.RecordPublication, recordPublication),
};

function judgesCertificate(instead: AdhesionEvent): boolean {
  return instead.type === 'PublicationRecorded' && instead.data.certificate !== undefined;
}

export const DELIBERATION_CORRECTABLES: CorrectablesOf<keyof typeof DELIBERATION_CORRECTED_BY> = {
  ProposalSent: {
    rewind: (state) => deliberationWith(state, { attempt: 0, template: null, sending: null }),
    decide: byRule(SHAPES.SendProposal, sendProposal),
  },
  ReceiptConfirmed: {
    rewind: (state) => deliberationWith(state, { receipt: null }),
    decide: byRule(SHAPES.ConfirmReceipt, confirmReceipt),
  },
  OpinionRecorded: {
    rewind: (state, version) => deliberationWith(state, { opinions: state.deliberation.opinions.filter((opinion) => opinion.version !== version) }),
    decide: byRule(SHAPES.RecordOpinion, recordOpinion),
  },
  SessionRequested: {
    rewind: (state) => deliberationWith(state, { sessionRequest: null }),
    decide: byRule(SHAPES.RequestSession, requestSession),
  },
  CouncilConvened: {
    rewind: (state) => deliberationWith(state, { convocation: null }),
    decide: byRule(SHAPES.ConveneCouncil, conveneCouncil),
  },
  SessionHeldWithoutVote: SESSION,
  ResolutionRejected: SESSION,
  ResolutionAdopted: SESSION,
  PublicationRecorded: PUBLICATION,
  BoardOutageRecorded: {
    rewind: (state, version) => deliberationWith(state, { outages: state.deliberation.outages.filter((outage) => outage.version !== version) }),
    decide: byRule(SHAPES.RecordBoardOutage, recordBoardOutage),
  },
  ExecutivityCertified: {
    rewind: (state) => deliberationWith(state, { certificate: null }),
    decide: byRule(SHAPES.CertifyExecutivity, certifyExecutivity),
  },
  ResolutionTransmitted: {
    rewind: (state) => deliberationWith(state, { transmission: null }),
    decide: byRule(SHAPES.TransmitResolution, transmitResolution),
  },
  ResolutionSuspended: {
    rewind: (state) => deliberationWith(state, { suspension: null }),
    decide: byRule(SHAPES.SuspendResolution, suspendResolution),
  },
  ResolutionRevoked: {
    rewind: (state) => deliberationWith(state, { revocation: null }),
    decide: byRule(SHAPES.RevokeResolution, revokeResolution),
  },
  ResolutionAnnulled: {
    rewind: (state) => deliberationWith(state, { annulment: null }),
    decide: byRule(SHAPES.AnnulResolution, annulResolution),
  },
  ResolutionRectified: {
    rewind: (state, version) => deliberationWith(state, { rectifications: state.deliberation.rectifications.filter((act) => act.version !== version) }),
    decide: byRule(SHAPES.RectifyResolution, rectifyResolution),
  },
};

function deliberationWith(state: AdhesionState, changes: Partial<Deliberation>): AdhesionState {
  return { ...state, deliberation: { ...state.deliberation, ...changes } };
}
