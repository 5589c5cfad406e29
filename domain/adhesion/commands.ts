import type { z } from 'zod';
import type { WithTextRefs } from '../shared/text-ref.ts';
import { COMMAND_CATALOGUE } from './catalogue.ts';
import { CountersignConvention, RegisterConvention, SignConvention } from './schemas/convention.ts';
import {
  AllowFurtherAttempt, ConfirmReceipt, ConveneCouncil, DecideAmendment, RecordOpinion, RecordSession, ResubmitProposal, SendProposal,
} from './schemas/deliberation.ts';
import { CorrectFact, RequestMigration, WithdrawFact } from './schemas/facts.ts';
import { CloseAdhesion, OpenAdhesion } from './schemas/opening.ts';
import { AcceptAppointment, AppointReferent } from './schemas/referents.ts';
import { AcceptResolution, CertifyExecutivity, RecordPublication, ReturnResolution, TransmitResolution } from './schemas/resolution.ts';

/** The edge: each command with the schema of its outer data, who may send it, and the paths of its free texts. */
export const AdhesionCommands = {
  OpenAdhesion: { ...COMMAND_CATALOGUE.OpenAdhesion, schema: OpenAdhesion },
  SendProposal: { ...COMMAND_CATALOGUE.SendProposal, schema: SendProposal },
  ConfirmReceipt: { ...COMMAND_CATALOGUE.ConfirmReceipt, schema: ConfirmReceipt },
  RecordOpinion: { ...COMMAND_CATALOGUE.RecordOpinion, schema: RecordOpinion },
  ConveneCouncil: { ...COMMAND_CATALOGUE.ConveneCouncil, schema: ConveneCouncil },
  RecordSession: { ...COMMAND_CATALOGUE.RecordSession, schema: RecordSession },
  ResubmitProposal: { ...COMMAND_CATALOGUE.ResubmitProposal, schema: ResubmitProposal },
  AllowFurtherAttempt: { ...COMMAND_CATALOGUE.AllowFurtherAttempt, schema: AllowFurtherAttempt },
  DecideAmendment: { ...COMMAND_CATALOGUE.DecideAmendment, schema: DecideAmendment },
  RecordPublication: { ...COMMAND_CATALOGUE.RecordPublication, schema: RecordPublication },
  CertifyExecutivity: { ...COMMAND_CATALOGUE.CertifyExecutivity, schema: CertifyExecutivity },
  TransmitResolution: { ...COMMAND_CATALOGUE.TransmitResolution, schema: TransmitResolution },
  AcceptResolution: { ...COMMAND_CATALOGUE.AcceptResolution, schema: AcceptResolution },
  ReturnResolution: { ...COMMAND_CATALOGUE.ReturnResolution, schema: ReturnResolution },
  SignConvention: { ...COMMAND_CATALOGUE.SignConvention, schema: SignConvention },
  CountersignConvention: { ...COMMAND_CATALOGUE.CountersignConvention, schema: CountersignConvention },
  RegisterConvention: { ...COMMAND_CATALOGUE.RegisterConvention, schema: RegisterConvention },
  AppointReferent: { ...COMMAND_CATALOGUE.AppointReferent, schema: AppointReferent },
  AcceptAppointment: { ...COMMAND_CATALOGUE.AcceptAppointment, schema: AcceptAppointment },
  RequestMigration: { ...COMMAND_CATALOGUE.RequestMigration, schema: RequestMigration },
  CorrectFact: { ...COMMAND_CATALOGUE.CorrectFact, schema: CorrectFact },
  WithdrawFact: { ...COMMAND_CATALOGUE.WithdrawFact, schema: WithdrawFact },
  CloseAdhesion: { ...COMMAND_CATALOGUE.CloseAdhesion, schema: CloseAdhesion },
} as const;

type Schemas = typeof AdhesionCommands;

/** What a client sends, by command. */
export type OuterData = { readonly [Type in keyof Schemas]: Readonly<z.output<Schemas[Type]['schema']>> };

/** The same with free texts replaced by references: what reaches the process. */
export type InnerData = {
  readonly [Type in keyof Schemas]: WithTextRefs<OuterData[Type], (typeof COMMAND_CATALOGUE)[Type]['freeText'][number]>;
};
