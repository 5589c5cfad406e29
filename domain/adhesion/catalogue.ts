import type { Role } from '../shared/actor.ts';
import type { CorrectableType } from './events.ts';

/** What is known of a command besides its schema; kept apart from the schemas, so that no zod reaches the process. */
export interface CommandEntry {
  readonly by: readonly Role[];
  /** A fact that may arrive before its ground: it is then kept until its turn. */
  readonly parkable: boolean;
  /** Dotted paths of free texts in the data; the edge stores them beside and leaves a reference. */
  readonly freeText: readonly string[];
}

export const COMMAND_CATALOGUE = {
  OpenAdhesion: { by: ['operator'], parkable: false, freeText: [] },
  SendProposal: { by: ['operator'], parkable: false, freeText: [] },
  ConfirmReceipt: { by: ['operator', 'member'], parkable: true, freeText: [] },
  RecordOpinion: { by: ['member'], parkable: false, freeText: ['reasons'] },
  ConveneCouncil: { by: ['member'], parkable: false, freeText: [] },
  RecordSession: { by: ['member'], parkable: true, freeText: ['immediate.reasons', 'urgencyReasons', 'councilReasons'] },
  ResubmitProposal: { by: ['operator'], parkable: false, freeText: [] },
  AllowFurtherAttempt: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  DecideAmendment: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  RecordPublication: { by: ['member'], parkable: true, freeText: [] },
  CertifyExecutivity: { by: ['member'], parkable: true, freeText: [] },
  TransmitResolution: { by: ['member'], parkable: true, freeText: [] },
  AcceptResolution: { by: ['operator'], parkable: false, freeText: ['overrideReason'] },
  ReturnResolution: { by: ['operator'], parkable: false, freeText: ['reasons'] },
  SignConvention: { by: ['member'], parkable: false, freeText: [] },
  CountersignConvention: { by: ['operator'], parkable: false, freeText: [] },
  RegisterConvention: { by: ['operator'], parkable: false, freeText: [] },
  AppointReferent: { by: ['member'], parkable: false, freeText: [] },
  AcceptAppointment: { by: ['member'], parkable: true, freeText: [] },
  RequestMigration: { by: ['operator', 'member'], parkable: false, freeText: [] },
  CorrectFact: { by: ['operator', 'member'], parkable: false, freeText: ['data.reasons'] },
  WithdrawFact: { by: ['operator', 'member'], parkable: false, freeText: [] },
  CloseAdhesion: { by: ['operator'], parkable: false, freeText: ['reasons'] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Commands that people and their programs send. */
export type CommandType = keyof typeof COMMAND_CATALOGUE;

/** In the order of the path, which is the order in which they are shown. */
export const COMMAND_TYPES: readonly CommandType[] = [
  'OpenAdhesion', 'SendProposal', 'ConfirmReceipt', 'RecordOpinion', 'ConveneCouncil', 'RecordSession', 'ResubmitProposal',
  'AllowFurtherAttempt', 'DecideAmendment', 'RecordPublication', 'CertifyExecutivity', 'TransmitResolution', 'AcceptResolution',
  'ReturnResolution', 'SignConvention', 'CountersignConvention', 'RegisterConvention', 'AppointReferent', 'AcceptAppointment',
  'RequestMigration', 'CorrectFact', 'WithdrawFact', 'CloseAdhesion',
];

export const PARKABLE: ReadonlySet<string> = new Set(COMMAND_TYPES.filter((type) => COMMAND_CATALOGUE[type].parkable));

export function isParkable(type: string): boolean {
  return PARKABLE.has(type);
}

/** True when a role may send a command at all; whether its turn has come is the process's word. */
export function mayRoleSend(role: Role, type: CommandType): boolean {
  const roles: readonly Role[] = COMMAND_CATALOGUE[type].by;
  return roles.includes(role);
}

/**
 * Facts that may be corrected, each with the command whose data a correction gives: the edge checks `CorrectFact.data`
 * by the schema of that command, and the process decides it by the same rules.
 */
export const CORRECTED_BY = {
  ReceiptConfirmed: 'ConfirmReceipt',
  OpinionRecorded: 'RecordOpinion',
  CouncilConvened: 'ConveneCouncil',
  PublicationRecorded: 'RecordPublication',
  ExecutivityCertified: 'CertifyExecutivity',
  ResolutionTransmitted: 'TransmitResolution',
  ConventionRegistered: 'RegisterConvention',
  ReferentAppointed: 'AppointReferent',
  AppointmentAccepted: 'AcceptAppointment',
} as const satisfies Readonly<Record<CorrectableType, CommandType>>;
