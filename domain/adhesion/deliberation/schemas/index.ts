import type { z } from 'zod';
import type { DELIBERATION_COMMANDS } from '../catalogue.ts';
import { ConveneCouncil, RecordSession, RequestSession } from './council.ts';
import { AllowFurtherAttempt, ConfirmReceipt, RecordOpinion, ResubmitProposal, SendProposal } from './proposal.ts';
import { AnnulResolution, LiftSuspension, RectifyResolution, RevokeResolution, SuspendResolution } from './side-states.ts';
import {
  AcceptResolution, CertifyExecutivity, DecideAmendment, RecordBoardOutage, RecordPublication, ReturnResolution, TransmitResolution,
} from './resolution.ts';

/** The schema of every command of the deliberation. */
export const DELIBERATION_SCHEMAS = {
  SendProposal,
  ConfirmReceipt,
  RecordOpinion,
  RequestSession,
  ConveneCouncil,
  RecordSession,
  ResubmitProposal,
  AllowFurtherAttempt,
  DecideAmendment,
  RecordPublication,
  RecordBoardOutage,
  CertifyExecutivity,
  TransmitResolution,
  AcceptResolution,
  ReturnResolution,
  SuspendResolution,
  LiftSuspension,
  RevokeResolution,
  AnnulResolution,
  RectifyResolution,
} as const satisfies Readonly<Record<keyof typeof DELIBERATION_COMMANDS, z.ZodType>>;
