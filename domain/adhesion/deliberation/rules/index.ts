import type { RulesOf } from '../../rule.ts';
import type { DELIBERATION_COMMANDS, DeliberationEngineData } from '../catalogue.ts';
import { decideAmendment } from './amendment.ts';
import { conveneCouncil, requestSession } from './convocation.ts';
import { certifyExecutivity, ripenExecutivity } from './executivity.ts';
import { recordOpinion } from './opinion.ts';
import { allowFurtherAttempt, confirmReceipt, resubmitProposal, sendProposal } from './proposal.ts';
import { recordBoardOutage, recordPublication } from './publication.ts';
import { recordSession } from './session.ts';
import { annulResolution, liftSuspension, rectifyResolution, revokeResolution, suspendResolution } from './side-states.ts';
import { parkableStep, step } from './step.ts';
import { acceptResolution, returnResolution, transmitResolution } from './transmission.ts';

/** The rule of every command of the deliberation. */
export const DELIBERATION_RULES: RulesOf<keyof typeof DELIBERATION_COMMANDS | keyof DeliberationEngineData> = {
  SendProposal: sendProposal,
  ConfirmReceipt: parkableStep(confirmReceipt),
  RecordOpinion: step(recordOpinion),
  RequestSession: step(requestSession),
  ConveneCouncil: step(conveneCouncil),
  RecordSession: parkableStep(recordSession),
  ResubmitProposal: resubmitProposal,
  AllowFurtherAttempt: allowFurtherAttempt,
  DecideAmendment: step(decideAmendment),
  RecordPublication: parkableStep(recordPublication),
  RecordBoardOutage: recordBoardOutage,
  RipenExecutivity: ripenExecutivity,
  CertifyExecutivity: parkableStep(certifyExecutivity),
  TransmitResolution: parkableStep(transmitResolution),
  AcceptResolution: step(acceptResolution),
  ReturnResolution: step(returnResolution),
  SuspendResolution: suspendResolution,
  LiftSuspension: liftSuspension,
  RevokeResolution: revokeResolution,
  AnnulResolution: annulResolution,
  RectifyResolution: rectifyResolution,
};
