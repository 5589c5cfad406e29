import type { z } from 'zod';
import type { DELIBERATION_COMMANDS } from '../catalogue.ts';
import { ConveneCouncil, RecordSession } from './council.ts';
import { AllowFurtherAttempt, ConfirmReceipt, RecordOpinion, ResubmitProposal, SendProposal } from './proposal.ts';
import { AnnulResolution, LiftSuspension, RevokeResolution, SuspendResolution } from './side-states.ts';
import { AcceptResolution, CertifyExecutivity, DecideAmendment, RecordPublication, ReturnResolution, TransmitResolution } from './resolution.ts';

/** The schema of every command of the deliberation. */
export const DELIBERATION_SCHEMAS = {
  SendProposal,
  ConfirmReceipt,
  RecordOpinion,
  ConveneCouncil,
  RecordSession,
  ResubmitProposal,
  AllowFurtherAttempt,
  DecideAmendment,
  RecordPublication,
  CertifyExecutivity,
  TransmitResolution,
  AcceptResolution,
  ReturnResolution,
  SuspendResolution,
  LiftSuspension,
  RevokeResolution,
  AnnulResolution,
} as const satisfies Readonly<Record<keyof typeof DELIBERATION_COMMANDS, z.ZodType>>;
