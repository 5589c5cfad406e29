import { notBefore, notInFuture } from '../../adhesion/checks.ts';
import type { Bilingual } from '../../shared/bilingual.ts';
import { accepted, refused } from '../../shared/process.ts';
import { countingOf } from '../members.ts';
import { factsOf, type Constitution } from '../state.ts';
import type { Budget, Deed } from '../terms.ts';
import { organWords } from '../words.ts';
import { notYet, reliedOn, rule } from './rule.ts';

const CONSTITUTION: Bilingual = { it: "la costituzione dell'Agenzia", en: 'the constitution of the Agency' };

export const appointOrgan = rule<'AppointOrgan', Deed>({
  ground: ({ evidence: { deed, budget } }) => {
    if (budget !== null) return reliedOn({ it: 'La nomina', en: 'The appointment' }, { it: 'il primo bilancio', en: 'the first budget' });
    return deed ?? notYet('NOT_CONSTITUTED', CONSTITUTION);
  },
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state, ground: { signedOn }, data, context: { now: at } }) => {
    if (state.evidence.acceptances[data.organ] !== undefined) return reliedOn({ it: 'La nomina', en: 'The appointment' }, { it: "l'accettazione", en: 'the acceptance' });
    return notBefore(data.actOn, 'actOn', signedOn, CONSTITUTION) ?? accepted({ type: 'OrganAppointed', data: { ...data, at }, effectiveOn: data.actOn });
  },
});

export const acceptOffice = rule<'AcceptOffice', object>({
  ground: ({ evidence: { appointments, budget } }) => {
    if (budget !== null) return reliedOn({ it: "L'accettazione", en: 'The acceptance' }, { it: 'il primo bilancio', en: 'the first budget' });
    return Object.keys(appointments).length > 0 ? {} : notYet('NOT_APPOINTED', { it: 'la nomina', en: 'the appointment' });
  },
  check: ({ acceptedOn }, context) => notInFuture(context, { acceptedOn }),
  decide: ({ state, data, context: { now: at } }) => {
    const appointment = state.evidence.appointments[data.organ];
    const { it, en } = organWords(data.organ);
    if (appointment === undefined) return notYet('NOT_APPOINTED', { it: `la nomina: ${it}`, en: `the appointment of ${en}` });
    return notBefore(data.acceptedOn, 'acceptedOn', appointment.actOn, { it: 'la nomina', en: 'the appointment' })
      ?? accepted({ type: 'OfficeAccepted', data: { ...data, at }, effectiveOn: data.acceptedOn });
  },
});

export const recordBudget = rule<'RecordBudget', { readonly on: string }>({
  ground: ({ reached, evidence: { auditorsReport } }) => {
    if (auditorsReport !== null) return reliedOn({ it: 'Il bilancio', en: 'The budget' }, { it: 'la relazione del revisore', en: "the auditor's report" });
    return reached.BOARD_APPOINTED ?? notYet('NO_BOARD', { it: 'un consiglio di amministrazione e un revisore in carica', en: 'a board and an auditor in office' });
  },
  check: ({ preparedOn }, context) => notInFuture(context, { preparedOn }),
  decide: ({ ground: { on }, data, context: { now: at } }) =>
    notBefore(data.preparedOn, 'preparedOn', on, { it: "l'accettazione degli organi", en: 'the acceptance of the organs' })
    ?? accepted({ type: 'BudgetPrepared', data: { ...data, at }, effectiveOn: data.preparedOn }),
});

export const recordAuditorsReport = rule<'RecordAuditorsReport', Budget>({
  ground: ({ evidence: { budget } }) => budget ?? notYet('NO_BUDGET', { it: 'lo schema del primo bilancio', en: 'the draft of the first budget' }),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { preparedOn }, data, context: { now: at } }) =>
    notBefore(data.on, 'on', preparedOn, { it: 'lo schema del bilancio', en: 'the draft of the budget' })
    ?? accepted({ type: 'AuditorsReportRecorded', data: { ...data, at }, effectiveOn: data.on }),
});

export const admitLateMember = rule<'AdmitLateMember', Deed>({
  ground: (constitution) => {
    if (constitution.evidence.deed === null) return notYet('NOT_CONSTITUTED', CONSTITUTION);
    return lateAdhesions(constitution).length > 0 ? constitution.evidence.deed : refused('NO_LATE_ADHESION', {
      it: "Nessun comune ha una deliberazione tardiva su cui l'assemblea debba decidere.", en: 'No comune has a resolution that came too late, for the assembly to decide.',
    });
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { signedOn }, data, context: { now: at } }) => {
    if (countingOf(state, data.body) !== 'LATE_ADHESION') {
      return refused('NO_LATE_ADHESION', { it: `Il comune ${data.body} non ha una deliberazione tardiva.`, en: `The comune ${data.body} has no resolution that came too late.` }, 'body');
    }
    return notBefore(data.on, 'on', signedOn, CONSTITUTION)
      ?? notBefore(data.on, 'on', factsOf(state.members, data.body).account?.resolution?.executiveOn ?? null, { it: "l'esecutività della sua deliberazione", en: 'the executive day of its resolution' })
      ?? accepted({ type: 'LateMemberAdmitted', data: { ...data, at }, effectiveOn: data.on });
  },
});

/** Comuni whose resolutions came too late for the constitution, and on which the assembly has not decided. */
export function lateAdhesions(constitution: Constitution): readonly string[] {
  return constitution.territory.bodies.filter(({ body }) => countingOf(constitution, body) === 'LATE_ADHESION').map(({ body }) => body);
}
