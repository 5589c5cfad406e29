import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { actNumber, date, flag, instant, oneOf, optional, shape, textRef } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import type { DELIBERATION_CORRECTED_BY } from './catalogue.ts';
import { conveneCouncil } from './rules/convocation.ts';
import { certifyExecutivity } from './rules/executivity.ts';
import { recordOpinion } from './rules/opinion.ts';
import { confirmReceipt } from './rules/proposal.ts';
import { recordPublication } from './rules/publication.ts';
import { transmitResolution } from './rules/transmission.ts';
import { isAccepted } from './standing.ts';
import type { Deliberation } from './state.ts';

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  ConfirmReceipt: shape<CommandData['ConfirmReceipt']>({ deliveredAt: instant }),
  RecordOpinion: shape<CommandData['RecordOpinion']>({
    kind: oneOf('TECHNICAL', 'ACCOUNTING', 'AUDITORS'),
    outcome: oneOf('FAVOURABLE', 'UNFAVOURABLE'),
    givenOn: date,
    reasons: optional(textRef),
    onAmendment: optional(flag),
  }),
  ConveneCouncil: shape<CommandData['ConveneCouncil']>({
    call: oneOf(1, 2), urgency: oneOf('ORDINARY', 'EXTRAORDINARY', 'URGENT'), noticeDeliveredAt: instant, sessionAt: instant,
  }),
  RecordPublication: shape<CommandData['RecordPublication']>({ noticeBoardNo: actNumber, firstDay: date }),
  CertifyExecutivity: shape<CommandData['CertifyExecutivity']>({ executiveOn: date, certifiedOn: date }),
  TransmitResolution: shape<CommandData['TransmitResolution']>({ deliveredAt: instant }),
};

/** An executivity that had ripened, or a certificate of it, by the date of a fact is taken back with it. */
export const DELIBERATION_CORRECTABLES: CorrectablesOf<keyof typeof DELIBERATION_CORRECTED_BY> = {
  ReceiptConfirmed: {
    rewind: (state) => deliberationWith(state, { receipt: null }),
    decide: byRule(SHAPES.ConfirmReceipt, confirmReceipt),
  },
  OpinionRecorded: {
    rewind: (state, version) => deliberationWith(state, { opinions: state.deliberation.opinions.filter((opinion) => opinion.version !== version) }),
    decide: byRule(SHAPES.RecordOpinion, recordOpinion),
  },
  CouncilConvened: {
    rewind: (state) => deliberationWith(state, { convocation: null }),
    decide: byRule(SHAPES.ConveneCouncil, conveneCouncil),
  },
  PublicationRecorded: {
    rewind: (state) => deliberationWith(state, { publication: null, ripened: false, certificate: null }),
    decide: byRule(SHAPES.RecordPublication, recordPublication),
  },
  ExecutivityCertified: {
    rewind: (state) => deliberationWith(state, { certificate: null }),
    decide: byRule(SHAPES.CertifyExecutivity, certifyExecutivity),
  },
  ResolutionTransmitted: {
    rewind: (state) => deliberationWith(state, { transmission: null }),
    decide: byRule(SHAPES.TransmitResolution, transmitResolution),
  },
};

function deliberationWith(state: AdhesionState, changes: Partial<Deliberation>): AdhesionState {
  return { ...state, deliberation: { ...state.deliberation, ...changes } };
}

/** The facts of the deliberation that stand, each with what stands on it. */
export function deliberationFacts(state: AdhesionState): readonly CorrectableFact[] {
  return [...ofProposal(state), ...ofResolution(state)];
}

function ofProposal({ deliberation }: AdhesionState): readonly CorrectableFact[] {
  const { receipt, opinions, convocation, lastSession, adoption, rejection } = deliberation;
  const voted = adoption !== null || rejection !== null;
  const sessionAfter = (version: number): boolean => voted || convocation !== null || (lastSession !== null && lastSession.version > version);
  const facts: CorrectableFact[] = [];
  if (receipt !== null) {
    const opined = opinions.some((opinion) => opinion.version > receipt.version);
    const underneath = sessionAfter(receipt.version) ? 'the convocation of the council' : opined ? 'an opinion' : null;
    facts.push({ type: 'ReceiptConfirmed', version: receipt.version, underneath });
  }
  for (const { version, onAmendment } of opinions) {
    const late = onAmendment ? isAccepted(deliberation) : sessionAfter(version);
    facts.push({ type: 'OpinionRecorded', version, underneath: late ? (onAmendment ? 'the acceptance' : 'the convocation of the council') : null });
  }
  if (convocation !== null) facts.push({ type: 'CouncilConvened', version: convocation.version, underneath: voted ? 'the vote' : null });
  return facts;
}

function ofResolution({ deliberation, convention }: AdhesionState): readonly CorrectableFact[] {
  const { publication, certificate, transmission, acceptance, returned } = deliberation;
  const facts: CorrectableFact[] = [];
  if (publication !== null) {
    // A certificate falls with the publication it counted from; what the Agency sent back will be transmitted anew.
    const transmitted = transmission !== null && later(publication, transmission) && !later(transmission, returned);
    facts.push({ type: 'PublicationRecorded', version: publication.version, underneath: transmitted ? 'the transmission' : null });
  }
  if (certificate !== null) {
    const signed = convention.signature !== null || convention.voided !== null;
    const underneath = later(certificate, acceptance) ? 'the acceptance' : signed ? 'a signature' : null;
    facts.push({ type: 'ExecutivityCertified', version: certificate.version, underneath });
  }
  if (transmission !== null) {
    const underneath = later(transmission, acceptance) ? 'the acceptance' : later(transmission, returned) ? 'the return' : null;
    facts.push({ type: 'ResolutionTransmitted', version: transmission.version, underneath });
  }
  return facts;
}

function later(fact: { readonly version: number }, other: { readonly version: number } | null): boolean {
  return other !== null && other.version > fact.version;
}
