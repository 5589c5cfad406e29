import type { RulesOf } from '../../rule.ts';
import type { DELIBERATION_COMMANDS, DeliberationEngineData } from '../catalogue.ts';
import { decideAmendment } from './amendment.ts';
import { conveneCouncil } from './convocation.ts';
import { certifyExecutivity, ripenExecutivity } from './executivity.ts';
import { recordOpinion } from './opinion.ts';
import { allowFurtherAttempt, confirmReceipt, resubmitProposal, sendProposal } from './proposal.ts';
import { recordPublication } from './publication.ts';
import { recordSession } from './session.ts';
import { annulResolution, liftSuspension, revokeResolution, suspendResolution } from './side-states.ts';
import { acceptResolution, returnResolution, transmitResolution } from './transmission.ts';

/** The rule of every command of the deliberation. */
export const DELIBERATION_RULES: RulesOf<keyof typeof DELIBERATION_COMMANDS | keyof DeliberationEngineData> = {
  SendProposal: sendProposal,
  ConfirmReceipt: confirmReceipt,
  RecordOpinion: recordOpinion,
  ConveneCouncil: conveneCouncil,
  RecordSession: recordSession,
  ResubmitProposal: resubmitProposal,
  AllowFurtherAttempt: allowFurtherAttempt,
  DecideAmendment: decideAmendment,
  RecordPublication: recordPublication,
  RipenExecutivity: ripenExecutivity,
  CertifyExecutivity: certifyExecutivity,
  TransmitResolution: transmitResolution,
  AcceptResolution: acceptResolution,
  ReturnResolution: returnResolution,
  SuspendResolution: suspendResolution,
  LiftSuspension: liftSuspension,
  RevokeResolution: revokeResolution,
  AnnulResolution: annulResolution,
};
