import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';
import type { DeliberationEventData } from './events.ts';

/** Commands of the deliberation, in the order of the path. */
export const DELIBERATION_COMMANDS = {
  SendProposal: { by: ['operator'], parkable: false, freeText: [] },
  ConfirmReceipt: { by: ['operator', 'member'], parkable: true, freeText: [] },
  RecordOpinion: { by: ['member'], parkable: false, freeText: ['reasons'] },
  RequestSession: { by: ['member'], parkable: false, freeText: [] },
  ConveneCouncil: { by: ['member'], parkable: false, freeText: [] },
  RecordSession: { by: ['member'], parkable: true, freeText: ['immediate.reasons', 'urgencyReasons', 'councilReasons'] },
  ResubmitProposal: { by: ['operator'], parkable: false, freeText: [] },
  AllowFurtherAttempt: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  DecideAmendment: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  RecordPublication: { by: ['member'], parkable: true, freeText: [] },
  RecordBoardOutage: { by: ['member'], parkable: false, freeText: [] },
  CertifyExecutivity: { by: ['member'], parkable: true, freeText: [] },
  TransmitResolution: { by: ['member'], parkable: true, freeText: [] },
  AcceptResolution: { by: ['operator'], parkable: false, freeText: ['overrideReason'] },
  ReturnResolution: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  SuspendResolution: { by: ['operator', 'member'], parkable: false, freeText: [] },
  LiftSuspension: { by: ['operator', 'member'], parkable: false, freeText: [] },
  RevokeResolution: { by: ['operator', 'member'], parkable: false, freeText: [] },
  AnnulResolution: { by: ['operator', 'member'], parkable: false, freeText: [] },
  RectifyResolution: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands of the engine: a timer that falls due. */
export interface DeliberationEngineData {
  readonly RipenExecutivity: { readonly executiveOn: CivilDate };
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const DELIBERATION_CORRECTED_BY = {
  ProposalSent: 'SendProposal',
  ReceiptConfirmed: 'ConfirmReceipt',
  OpinionRecorded: 'RecordOpinion',
  SessionRequested: 'RequestSession',
  CouncilConvened: 'ConveneCouncil',
  SessionHeldWithoutVote: 'RecordSession',
  ResolutionRejected: 'RecordSession',
  ResolutionAdopted: 'RecordSession',
  PublicationRecorded: 'RecordPublication',
  BoardOutageRecorded: 'RecordBoardOutage',
  ExecutivityCertified: 'CertifyExecutivity',
  ResolutionTransmitted: 'TransmitResolution',
  ProposalResubmitted: 'ResubmitProposal',
  ResolutionSuspended: 'SuspendResolution',
  SuspensionLifted: 'LiftSuspension',
  ResolutionRevoked: 'RevokeResolution',
  ResolutionAnnulled: 'AnnulResolution',
  ResolutionRectified: 'RectifyResolution',
} as const satisfies { readonly [Type in keyof DeliberationEventData]?: keyof typeof DELIBERATION_COMMANDS };
