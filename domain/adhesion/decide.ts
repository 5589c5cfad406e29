import type { Actor } from '../shared/actor.ts';
import { accepted, fold, refused, type Context, type Refused } from '../shared/process.ts';
import { onlyFor } from '../shared/roles.ts';
import { COMMAND_CATALOGUE, isParkable, mayRoleSend, type CommandType } from './catalogue.ts';
import type { AdhesionCommand, Command, DecidedType } from './command-types.ts';
import { isClosed } from './closing.ts';
import { CONVENTION_RULES } from './convention/rules/index.ts';
import { correctFact, isEndCorrectable } from './correction.ts';
import { DELIBERATION_RULES } from './deliberation/rules/index.ts';
import { DPA_RULES } from './dpa/rules/index.ts';
import { DUES_RULES } from './dues/rules.ts';
import type { AdhesionEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { importAdhesion } from './lineage/import.ts';
import { inheritAdhesion, succeedAdhesion } from './lineage/succession.ts';
import { MANDATES_RULES } from './mandates/rules/index.ts';
import { successorFault } from './membership/rules/late-renewal.ts';
import { MEMBERSHIP_RULES } from './membership/rules/index.ts';
import { NIS_RULES } from './nis/rules.ts';
import { closeAdhesion, decideOpening, openingTurn } from './opening.ts';
import { PROCESSING_RULES } from './processing/rules/index.ts';
import { RECOGNITION_RULES } from './recognition/rules/index.ts';
import { REFERENTS_RULES } from './referents/rules/index.ts';
import { remind } from './reminders/index.ts';
import type { RulesOf, Verdict } from './rule.ts';
import { hasToInform, informing } from './services/informing.ts';
import { SERVICES_RULES } from './services/rules/index.ts';
import { isOpened, type AdhesionState, type OpenedCase } from './state.ts';

/** What begins a case, and so finds none. */
type OpeningType = 'OpenAdhesion' | 'InheritAdhesion' | 'ImportAdhesion';
type RuledType = Exclude<DecidedType, OpeningType>;

const RULES: RulesOf<RuledType> = {
  ...RECOGNITION_RULES,
  ...DELIBERATION_RULES,
  ...CONVENTION_RULES,
  ...DPA_RULES,
  ...PROCESSING_RULES,
  ...REFERENTS_RULES,
  ...NIS_RULES,
  ...MANDATES_RULES,
  ...SERVICES_RULES,
  ...MEMBERSHIP_RULES,
  ...DUES_RULES,
  Remind: remind,
  SucceedAdhesion: succeedAdhesion,
  CorrectFact: correctFact,
  CloseAdhesion: closeAdhesion,
};

/** Decides one command on the state; a refusal is a value with its code, and nothing is written. */
export function decide(state: AdhesionState, command: AdhesionCommand, context: Context): Verdict {
  const forbidden = forbiddenFor(state, command.type, context);
  if (forbidden !== null) return forbidden;
  const verdict = withInforming(state, isOpening(command) ? decideBeginning(state, command, context) : decideRuled(state, command, context), context);
  if (verdict.kind === 'accepted' || isParkable(command.type)) return verdict;
  return { kind: 'refused', code: verdict.code, reasons: verdict.reasons };
}

function isOpening(command: AdhesionCommand): command is Command<OpeningType> {
  return command.type === 'OpenAdhesion' || command.type === 'InheritAdhesion' || command.type === 'ImportAdhesion';
}

function decideBeginning(state: AdhesionState, command: Command<OpeningType>, context: Context): Verdict {
  switch (command.type) {
    case 'OpenAdhesion': return decideOpening(state, command.data, context);
    case 'InheritAdhesion': return inheritAdhesion(state, command.data, context);
    case 'ImportAdhesion': return importAdhesion(state, command.data, context);
  }
}

function decideRuled<Type extends RuledType>(state: AdhesionState, { type, data }: Command<Type>, context: Context): Verdict {
  if (!isOpened(state)) return notOpen();
  if (isClosedTo(state, type, context.actor)) return isEngineCommand(type) ? accepted() : closedFault(state, type);
  const rule: RulesOf<RuledType>[Type] = RULES[type];
  return rule.decide(state, data, context);
}

/** Why a command is refused whatever its data, or null; what `decide` refuses for the state alone. */
export function turnOf(state: AdhesionState, type: Exclude<CommandType, 'WithdrawFact'>, actor: Actor): Refused | null {
  if (type === 'OpenAdhesion') return openingTurn(state);
  if (!isOpened(state)) return notOpen();
  return isClosedTo(state, type, actor) ? closedFault(state, type) : RULES[type].turn(state, actor);
}

/** Nothing happens in a closed case, but the correction of the act that closed it, the renewal that was concluded before it expired, a breach that became known since, or that another one begins. */
function isClosedTo(state: OpenedCase, type: RuledType, actor: Actor): boolean {
  if (!isClosed(state)) return false;
  if (type === 'CorrectFact') return !isEndCorrectable(state);
  if (type === 'NoteSuccessor' || type === 'SucceedAdhesion') return false;
  // The services of a body that another has succeeded go on until their own end, and are still heard.
  if (type === 'NoteMigration' && state.lineage.succession !== null) return false;
  const reopens = RENEWING.has(type) || (type === 'ReportBreach' && state.opening.policies.processing.breachesAfterClose);
  return state.closure !== null || !reopens || RULES[type].turn(state, actor) !== null;
}

/** The acts of a renewal. */
const RENEWING: ReadonlySet<RuledType> = new Set<RuledType>(['AmendConvention', 'SignConvention', 'CountersignConvention']);

function notOpen(): Refused {
  return refused('NOT_OPEN', { it: 'La pratica non è mai stata aperta.', en: 'This case was never opened.' });
}

function closedFault(state: OpenedCase, type: RuledType): Refused {
  return (RENEWING.has(type) ? successorFault(state) : null) ?? refused('CASE_CLOSED', { it: 'La pratica è chiusa.', en: 'This case is closed.' });
}

/** The edge has checked this already; a command that came another way meets the same answer. */
function forbiddenFor({ opening }: AdhesionState, type: DecidedType, { actor }: Context): Refused | null {
  const may = type === 'ImportAdhesion' ? actor.role === 'operator' : isEngineCommand(type) ? actor.role === 'engine' : mayRoleSend(actor.role, type);
  const own = actor.role !== 'member' || opening === null || opening.body === actor.body;
  return may && own ? null : refused('FORBIDDEN', onlyFor(type, type === 'ImportAdhesion' ? ['operator'] : isEngineCommand(type) ? ['engine'] : COMMAND_CATALOGUE[type].by));
}

/** What the events of a command change for the migrations of the full track they are told with them. */
function withInforming(state: AdhesionState, verdict: Verdict, context: Context): Verdict {
  if (verdict.kind === 'refused' || verdict.events.length === 0 || !hasToInform(state)) return verdict;
  const after = fold({ evolve: (before: AdhesionState, event: AdhesionEvent) => evolve({ ...before, version: before.version + 1 }, event) }, state, verdict.events);
  return accepted(...verdict.events, ...informing(after, context));
}

type EngineType = Exclude<DecidedType, CommandType>;

function isEngineCommand(type: DecidedType): type is EngineType {
  return !(type in COMMAND_CATALOGUE);
}
