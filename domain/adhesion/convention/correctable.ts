import type { Bilingual } from '../../shared/bilingual.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { actNumber, date, flag, optional, shape, text } from '../shape.ts';
import type { AdhesionState } from '../state.ts';
import { endOf } from '../membership/standing.ts';
import { HTTPS_ADDRESS, MAX_ADDRESS } from './bounds.ts';
import type { CONVENTION_CORRECTED_BY } from './catalogue.ts';
import { recordBudgetCover } from './rules/budget.ts';
import { publishConvention } from './rules/publication.ts';
import { registerConvention } from './rules/registration.ts';
import { budgetOf } from './standing.ts';

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  RecordBudgetCover: shape<CommandData['RecordBudgetCover']>({ covered: flag, actNo: optional(actNumber) }),
  RegisterConvention: shape<CommandData['RegisterConvention']>({
    repertoryNo: actNumber, protocolNo: actNumber, registeredOn: date, inForceOn: date, preservationNo: optional(actNumber),
  }),
  PublishConvention: shape<CommandData['PublishConvention']>({ on: date, url: text((address) => address.length <= MAX_ADDRESS && HTTPS_ADDRESS.test(address)) }),
};

/** A convention that had come into force by the date of a fact is taken back with it. */
export const CONVENTION_CORRECTABLES: CorrectablesOf<keyof typeof CONVENTION_CORRECTED_BY> = {
  BudgetCoverRecorded: {
    rewind: (state, version) => ({
      ...state, convention: { ...state.convention, budget: state.convention.budget.filter((known) => known.version !== version) },
    }),
    decide: byRule(SHAPES.RecordBudgetCover, recordBudgetCover),
  },
  ConventionRegistered: {
    rewind: (state) => ({ ...state, convention: { ...state.convention, registration: null, inForce: false } }),
    takesAlong: () => ['ConventionEnteredIntoForce'],
    decide: byRule(SHAPES.RegisterConvention, registerConvention),
  },
  ConventionPublished: {
    rewind: (state) => ({ ...state, convention: { ...state.convention, publication: null } }),
    decide: byRule(SHAPES.PublishConvention, publishConvention),
  },
};

/** The facts of the convention that stand, each with what stands on it. */
export function conventionFacts(state: AdhesionState): readonly CorrectableFact[] {
  const { publication } = state.convention;
  return [
    ...ofBudget(state), ...ofRegistration(state),
    ...(publication === null ? [] : [{ type: 'ConventionPublished', version: publication.version, underneath: null } as const]),
  ];
}

/** The last word on the budget; one that an earlier signature did not need is corrected without touching it. */
function ofBudget(state: AdhesionState): readonly CorrectableFact[] {
  const last = budgetOf(state);
  const { signature, voided } = state.convention;
  if (last === null) return [];
  const signed = [signature, voided].some((later) => later !== null && later.version > last.version);
  return [{ type: 'BudgetCoverRecorded', version: last.version, underneath: signed ? { it: 'una firma', en: 'a signature' } : null }];
}

function ofRegistration(state: AdhesionState): readonly CorrectableFact[] {
  const { registration } = state.convention;
  return registration === null ? [] : [{ type: 'ConventionRegistered', version: registration.version, underneath: standingOnForce(state) }];
}

/** What counts from the day in force, or needs it. */
function standingOnForce(state: AdhesionState): Bilingual | null {
  const { convention: { addendum, amendments }, membership: { renewal, withdrawal, regulations }, migrations } = state;
  if (migrations.length > 0) return { it: 'la richiesta di un servizio', en: 'the request of a service' };
  if (endOf(state) !== null) return { it: 'la fine della convenzione', en: 'the end of the convention' };
  if (withdrawal !== null) return { it: 'il recesso', en: 'the withdrawal' };
  if (renewal !== null) return { it: 'il rinnovo', en: 'the renewal' };
  if (addendum !== null || amendments.length > 0) return { it: 'un atto aggiuntivo', en: 'an addendum' };
  return regulations.length > 0 ? { it: 'un regolamento', en: 'a regulation' } : null;
}
