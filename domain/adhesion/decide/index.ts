import { accepted, refused, type Context, type Refused } from '../../shared/process.ts';
import { COMMAND_CATALOGUE, isParkable, mayRoleSend, type CommandType } from '../catalogue.ts';
import type { AdhesionCommand, Command, CommandData, DecidedType } from '../command-types.ts';
import { isOpened, type AdhesionState } from '../state.ts';
import { bringIntoForce, countersignConvention, registerConvention, signConvention } from './convention.ts';
import { correctFact } from './correction.ts';
import { conveneCouncil, recordSession } from './council.ts';
import { closeAdhesion, decideOpening, openingTurn } from './opening.ts';
import { allowFurtherAttempt, confirmReceipt, recordOpinion, resubmitProposal, sendProposal } from './proposal.ts';
import { acceptAppointment, appointReferent } from './referents.ts';
import {
  acceptResolution, certifyExecutivity, decideAmendment, recordPublication, returnResolution, ripenExecutivity, transmitResolution,
} from './resolution.ts';
import type { Rule, Verdict } from './rule.ts';
import { noteMigration, requestMigration } from './services.ts';

type RuledType = Exclude<DecidedType, 'OpenAdhesion'>;
type Rules = { readonly [Type in RuledType]: Rule<CommandData[Type]> };

const RULES: Rules = {
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
  SignConvention: signConvention,
  CountersignConvention: countersignConvention,
  RegisterConvention: registerConvention,
  BringIntoForce: bringIntoForce,
  AppointReferent: appointReferent,
  AcceptAppointment: acceptAppointment,
  RequestMigration: requestMigration,
  NoteMigration: noteMigration,
  CorrectFact: correctFact,
  CloseAdhesion: closeAdhesion,
};

/** Decides one command on the state; a refusal is a value with its code, and nothing is written. */
export function decide(state: AdhesionState, command: AdhesionCommand, context: Context): Verdict {
  const forbidden = forbiddenFor(state, command.type, context);
  if (forbidden !== null) return forbidden;
  const verdict = command.type === 'OpenAdhesion' ? decideOpening(state, command.data, context) : decideRuled(state, command, context);
  if (verdict.kind === 'accepted' || isParkable(command.type)) return verdict;
  return { kind: 'refused', code: verdict.code, reasons: verdict.reasons };
}

function decideRuled<Type extends RuledType>(state: AdhesionState, { type, data }: Command<Type>, context: Context): Verdict {
  if (!isOpened(state)) return notOpen();
  if (state.closure !== null) return isEngineCommand(type) ? accepted() : closed();
  const rule: Rules[Type] = RULES[type];
  return rule.decide(state, data, context);
}

/** Why a command is refused whatever its data, or null; what `decide` refuses for the state alone. */
export function turnOf(state: AdhesionState, type: Exclude<CommandType, 'WithdrawFact'>): Refused | null {
  if (type === 'OpenAdhesion') return openingTurn(state);
  if (!isOpened(state)) return notOpen();
  return state.closure === null ? RULES[type].turn(state) : closed();
}

function notOpen(): Refused {
  return refused('NOT_OPEN', 'This case was never opened.');
}

function closed(): Refused {
  return refused('CASE_CLOSED', 'This case is closed.');
}

/** The edge has checked this already; a command that came another way meets the same answer. */
function forbiddenFor({ opening }: AdhesionState, type: DecidedType, { actor }: Context): Refused | null {
  const may = isEngineCommand(type) ? actor.role === 'engine' : mayRoleSend(actor.role, type);
  const own = actor.role !== 'member' || opening === null || opening.body === actor.body;
  return may && own ? null : refused('FORBIDDEN', `${type} is not for this role, or not for this body.`);
}

type EngineType = Exclude<DecidedType, CommandType>;

function isEngineCommand(type: DecidedType): type is EngineType {
  return !(type in COMMAND_CATALOGUE);
}
