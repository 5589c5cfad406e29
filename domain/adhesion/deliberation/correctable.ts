import { refused } from '../../shared/process.ts';
import { byRule, type Correctable, type CorrectablesOf } from '../correctable-fact.ts';
import type { AdhesionEvent } from '../events.ts';
import { knows } from '../policies.ts';
import { isOpened, type AdhesionState } from '../state.ts';
import type { DELIBERATION_CORRECTED_BY } from './catalogue.ts';
import { SHAPES } from './correction-shapes.ts';
import { notLifted } from './evolve.ts';
import { conveneCouncil, requestSession } from './rules/convocation.ts';
import { certifyExecutivity } from './rules/executivity.ts';
import { recordOpinion } from './rules/opinion.ts';
import { confirmReceipt, correctResubmission, sendProposal } from './rules/proposal.ts';
import { recordBoardOutage, recordPublication } from './rules/publication.ts';
import { recordSession } from './rules/session.ts';
import { annulResolution, liftSuspension, rectifyResolution, revokeResolution, suspendResolution } from './rules/side-states.ts';
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

/** An attempt that was begun anew keeps its number, and what it began with. */
const RESUBMISSION: Correctable = {
  rewind: (state) => state,
  decide: byRule(SHAPES.ResubmitProposal, correctResubmission),
};

/** A change of substance may have been another act, of another day, but not a slip: no correction brings back what it took back. */
const RECTIFICATION: Correctable = {
  rewind: (state, version, instead) => (instead === undefined ? state : withoutRectification(state, version)),
  decide: (state, data, context, version) => {
    if (!SHAPES.RectifyResolution(data)) return null;
    const wasSubstantial = state.deliberation.rectifications.some((act) => act.version === version && act.substantial);
    return wasSubstantial && !data.substantial
      ? refused('PUBLICATION_TAKEN_BACK', {
        it: 'La rettifica sostanziale ha fatto cadere ciò che si fondava sul vecchio testo, e nessuna correzione lo ripristina; si prosegua con RecordPublication.',
        en: 'A change of substance took back what stood on the old text, which no correction brings back; go on with RecordPublication.',
      }, 'data.substantial')
      : rectifyResolution.decide(withoutRectification(state, version), data, context);
  },
};

function withoutRectification<State extends AdhesionState>(state: State, version: number): State {
  const rectifications = state.deliberation.rectifications.filter((act) => act.version !== version);
  return { ...state, deliberation: { ...state.deliberation, rectifications } };
}

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
  ResolutionRectified: RECTIFICATION,
  ProposalResubmitted: RESUBMISSION,
  SuspensionLifted: { rewind: notLifted, decide: byRule(SHAPES.LiftSuspension, liftSuspension) },
};

function deliberationWith(state: AdhesionState, changes: Partial<Deliberation>): AdhesionState {
  return { ...state, deliberation: { ...state.deliberation, ...changes } };
}
