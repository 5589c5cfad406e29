import { notInFuture } from '../../adhesion/checks.ts';
import { civilDateOf } from '../../shared/civil-date.ts';
import { accepted, refused, type Decision, type Refused } from '../../shared/process.ts';
import type { ConstitutionEvent } from '../events.ts';
import { revised } from '../evolve.ts';
import { gatesInQuestion, isInQuestion } from '../gates.ts';
import { ruleOfForm } from '../legal-form.ts';
import { countExecutive } from '../members.ts';
import { GATES, outOfOrder, type Gate } from '../plan.ts';
import type { Constitution } from '../state.ts';
import { isReachable, resolveThreshold, type Territory, type Threshold } from '../threshold.ts';
import { formWords, gateWords } from '../words.ts';
import { thresholdNotMet } from './metropolitan.ts';
import { reliedOn, rule } from './rule.ts';

const NOTHING = refused('NOTHING_TO_DECIDE', {
  it: 'Nessuna tappa è mancata o riaperta senza una decisione.', en: 'No gate was missed or opened again without a decision.',
});

export const decideMilestone = rule<'DecideMilestone', object>({
  ground: (constitution) => (gatesInQuestion(constitution).length > 0 ? {} : NOTHING),
  check: ({ decision, to, threshold }) => {
    if (decision === 'EXTEND' && to === undefined) return refused('DAY_NEEDED', { it: 'Una proroga dice fino a quale giorno (to).', en: 'An extension says until which day (to).' }, 'to');
    if (decision !== 'EXTEND' && to !== undefined) return refused('DAY_NOT_NEEDED', { it: 'Solo una proroga ha un giorno (to).', en: 'Only an extension has a day (to).' }, 'to');
    if (decision !== 'PROCEED_WITH_THRESHOLD' && threshold !== undefined) {
      return refused('THRESHOLD_NOT_NEEDED', { it: 'Una soglia (threshold) si indica solo per procedere con essa.', en: 'A threshold is said only to go on with it.' }, 'threshold');
    }
    return null;
  },
  decide: ({ state, data, context: { now: at } }) => {
    const { gate, decision, to = null, reasons = null } = data;
    if (!isInQuestion(state, gate)) {
      const { it, en } = gateWords(gate);
      return refused('NOTHING_TO_DECIDE', { it: `«${it}»: tappa né mancata né riaperta, o già decisa.`, en: `"${en}" was neither missed nor opened again, or is decided.` }, 'gate');
    }
    const threshold = data.threshold === undefined ? null : resolveThreshold(data.threshold);
    const obstacle = decision === 'EXTEND' ? extensionObstacle(state, gate, to, at) : decision === 'STOP' ? null : proceedingObstacle(state, threshold);
    return obstacle ?? accepted({ type: 'MilestoneDecided', data: { gate, decision, to, threshold, reasons, at } });
  },
});

function extensionObstacle({ evidence }: Constitution, gate: Gate, to: string | null, at: string): Refused | null {
  if (gate === 'MUNICIPAL_RESOLUTIONS' && evidence.resolution !== null) {
    return refused('METROPOLITAN_HAS_RESOLVED', {
      it: 'Il Consiglio metropolitano ha già deliberato: altre deliberazioni non contano più, nessuna proroga le farebbe contare.', en: 'The metropolitan council has resolved: later resolutions do not count, whatever the extension.',
    }, 'decision');
  }
  const today = civilDateOf(at);
  return to !== null && to <= today ? refused('EXTENSION_IN_PAST', { it: `La proroga va oltre oggi, ${today}.`, en: `An extension goes beyond today, ${today}.` }, 'to') : null;
}

/** One goes on with a threshold that is met by those there are. */
function proceedingObstacle(constitution: Constitution, threshold: Threshold | null): Refused | null {
  if (threshold !== null) {
    const unreachable = thresholdFault(threshold, constitution.territory);
    if (unreachable !== null) return unreachable;
  }
  const count = countExecutive({ ...constitution, threshold: threshold ?? constitution.threshold });
  return count.met ? null : thresholdNotMet(count, null);
}

/** A threshold that all comuni of the territory together do not reach. */
export function thresholdFault(threshold: Threshold, territory: Territory): Refused | null {
  return isReachable(threshold, territory) ? null : refused('THRESHOLD_UNREACHABLE', {
    it: 'Nemmeno tutti i comuni del territorio insieme raggiungono questa soglia.', en: 'All comuni of the territory together do not reach this threshold.',
  }, 'threshold');
}

/** A plan whose gates do not end in their order. */
export function planFault(plan: Constitution['plan'], path: string): Refused | null {
  const gate = outOfOrder(plan);
  if (gate === undefined) return null;
  const { it, en } = gateWords(gate);
  return refused('PLAN_OUT_OF_ORDER', {
    it: `«${it}» finisce prima del proprio inizio o della tappa precedente.`, en: `"${en}" ends before its own beginning, or before the gate that goes before it.`,
  }, `${path}.${gate}`);
}

export const replan = rule<'Replan', object>({
  ground: ({ reached }) => (GATES.some((gate) => reached[gate] === undefined) ? {} : refused('ALL_REACHED', { it: 'Tutte le tappe sono raggiunte.', en: 'All gates are reached.' })),
  decide: ({ state, data: { gates, reasons }, context: { now: at } }): Decision<ConstitutionEvent> => {
    const chosen = revised(gates);
    const today = civilDateOf(at);
    if (Object.keys(chosen).length === 0) return refused('NOTHING_REVISED', { it: 'Si indichi almeno una tappa.', en: 'Name a gate at least.' }, 'gates');
    for (const gate of GATES) {
      const period = chosen[gate];
      if (period === undefined) continue;
      const { it, en } = gateWords(gate);
      if (state.reached[gate] !== undefined) return refused('GATE_REACHED', { it: `«${it}» è già raggiunta.`, en: `"${en}" is reached already.` }, `gates.${gate}`);
      if (period.to < today) return refused('PLAN_IN_PAST', { it: `«${it}»: il nuovo giorno è già passato.`, en: `"${en}": the new day is past.` }, `gates.${gate}.to`);
    }
    return planFault({ ...state.plan, ...chosen }, 'gates') ?? accepted({ type: 'PlanRevised', data: { gates: chosen, reasons, at } });
  },
});

export const changeLegalForm = rule<'ChangeLegalForm', object>({
  ground: ({ evidence: { resolution } }) => (resolution === null ? {} : reliedOn({ it: 'La forma giuridica', en: 'The legal form' }, { it: 'la deliberazione del Consiglio metropolitano', en: 'the resolution of the metropolitan council' })),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { form, ...act }, context: { now: at } }) => {
    if (form === state.form) {
      const { it, en } = formWords(form);
      return refused('SAME_FORM', { it: `La forma giuridica è già questa: ${it}.`, en: `The legal form is this one already: ${en}.` }, 'form');
    }
    const { majority, authorities } = ruleOfForm(form);
    return accepted({ type: 'LegalFormChanged', data: { from: state.form, to: form, majority, authorities, ...act, at }, effectiveOn: act.on });
  },
});
