import { computePublication } from '../calendar/publication.ts';
import { addDays, daysBetween } from '../shared/civil-date.ts';
import type { Computation } from '../shared/computation.ts';
import { computation } from './computation.ts';
import { COURT_DAYS, ruleOfForm } from './legal-form.ts';
import { MEMBER_COMPUTATIONS } from './member-computations.ts';
import { THRESHOLD_COMPUTATIONS } from './threshold-computations.ts';

const REACHED = {
  says: { it: "Il giorno dell'atto che la raggiunge.", en: 'The day of the act that reaches it.' }, law: null,
} as const;
const RESOLUTION = {
  field: 'gates.CMM_RESOLUTION.reachedOn', rule: 'ADOPTED_AND_EXECUTIVE', law: null,
  says: { it: 'Il giorno in cui il Consiglio metropolitano ha deliberato, da quando si sa il giorno in cui la deliberazione è esecutiva.', en: 'The day on which the metropolitan council resolved, once it is known from when the resolution is executive.' },
} as const;

/** When each gate was reached: the acts on record. */
const DAYS: readonly Computation[] = [
  computation({ field: 'gates.PROJECT_SHOWN.reachedOn', rule: 'CONFERENCE', ...REACHED, inputs: { heldOn: 'evidence.conference.heldOn' }, compute: ({ heldOn }) => heldOn }),
  computation({
    field: 'gates.TEMPLATES_SENT.reachedOn', rule: 'LAST_RECEIPT', law: null,
    says: { it: "Il giorno dell'ultima ricevuta di consegna, quando nessun comune ne è senza.", en: 'The day of the last receipt, when no comune is without one.' },
    inputs: { withoutReceipt: 'withoutReceipt', lastReceiptOn: 'lastReceiptOn' },
    applies: ({ withoutReceipt }) => withoutReceipt.length === 0,
    compute: ({ lastReceiptOn }) => lastReceiptOn,
  }),
  computation({
    field: 'gates.MUNICIPAL_RESOLUTIONS.reachedOn', rule: 'THRESHOLD', law: null,
    says: { it: 'Il giorno in cui le deliberazioni esecutive hanno raggiunto la soglia.', en: 'The day on which executive resolutions reached the threshold.' },
    inputs: { metOn: 'threshold.metOn' }, compute: ({ metOn }) => metOn,
  }),
  computation({ ...RESOLUTION, inputs: { adoptedOn: 'evidence.resolution.adoptedOn', executiveOn: 'evidence.resolution.executiveOn' }, compute: ({ adoptedOn }) => adoptedOn }),
  computation({ ...RESOLUTION, inputs: { adoptedOn: 'evidence.resolution.adoptedOn', executiveOn: 'evidence.publication.executiveOn' }, compute: ({ adoptedOn }) => adoptedOn }),
  computation({ field: 'gates.CONSTITUTED.reachedOn', rule: 'DEED', ...REACHED, inputs: { signedOn: 'evidence.deed.signedOn' }, compute: ({ signedOn }) => signedOn }),
  computation({
    field: 'gates.BOARD_APPOINTED.reachedOn', rule: 'LAST_ACCEPTANCE', law: null,
    says: { it: "L'ultima fra l'accettazione del consiglio di amministrazione e quella del revisore.", en: 'The later of the acceptances of the board and of the auditor.' },
    inputs: { board: 'evidence.acceptances.BOARD_OF_DIRECTORS.acceptedOn', auditor: 'evidence.acceptances.AUDITOR.acceptedOn' },
    compute: ({ board, auditor }) => later(board, auditor),
  }),
  computation({
    field: 'gates.FIRST_BUDGET_PREPARED.reachedOn', rule: 'BUDGET_AND_REPORT', law: null,
    says: { it: "L'ultimo fra il giorno dello schema di bilancio e quello della relazione del revisore.", en: "The later of the days of the draft budget and of the auditor's report." },
    inputs: { preparedOn: 'evidence.budget.preparedOn', reportOn: 'evidence.auditorsReport.on' },
    compute: ({ preparedOn, reportOn }) => later(preparedOn, reportOn),
  }),
];

function later(one: string, other: string): string {
  return one > other ? one : other;
}

/** How a gate stands by its day: the published one for met or late, the one by which it is awaited now for missed. */
const STATES: readonly Computation[] = [
  computation({
    field: 'gates.MUNICIPAL_RESOLUTIONS.state', rule: 'ADOPTED_IN_TIME', law: null,
    says: {
      it: 'In tempo se le deliberazioni adottate entro il giorno del piano pubblicato raggiungono la soglia: possono diventare esecutive dopo.',
      en: 'In time where the resolutions adopted by the day of the published plan reach the threshold: they may become executive after it.',
    },
    inputs: { resolutions: 'resolutions', members: 'threshold.required.members', population: 'threshold.required.population', plannedTo: 'gates.MUNICIPAL_RESOLUTIONS.planned.to' },
    applies: (_values, state) => state === 'MET' || state === 'LATE',
    compute: ({ resolutions, members, population, plannedTo }) => {
      const inTime = resolutions.filter(({ adoptedOn }) => adoptedOn <= plannedTo);
      return inTime.length >= members && inTime.reduce((sum, one) => sum + one.population, 0) >= population ? 'MET' : 'LATE';
    },
  }),
  computation({
    field: 'gates.*.state', rule: 'BY_PUBLISHED_DAY', law: null,
    says: { it: 'Raggiunta entro le 24 del giorno del piano pubblicato, o in ritardo: anche dove fu prorogata o rivista.', en: 'Reached by 24:00 of the day of the published plan, or late: also where it was extended or revised.' },
    inputs: { reachedOn: 'gates.*.reachedOn', plannedTo: 'gates.*.planned.to' },
    applies: (_values, state) => state === 'MET' || state === 'LATE',
    compute: ({ reachedOn, plannedTo }) => (reachedOn <= plannedTo ? 'MET' : 'LATE'),
  }),
  computation({
    field: 'gates.*.state', rule: 'DAY_PASSED', law: null,
    says: { it: 'Il giorno entro il quale è attesa è trascorso, alle 24 di Roma, senza che fosse raggiunta. Nessun giorno si sposta da sé.', en: 'The day by which it is awaited passed, at 24:00 in Rome, without it. No day moves by itself.' },
    inputs: { missedOn: 'gates.*.missedOn', awaitedBy: 'gates.*.awaitedBy' },
    applies: (_values, state) => state === 'MISSED',
    compute: ({ missedOn, awaitedBy }) => (missedOn === awaitedBy ? 'MISSED' : 'NOT_YET'),
  }),
  computation({
    field: 'gates.*.state', rule: 'LOST_AGAIN', law: null,
    says: { it: 'La soglia era raggiunta e non lo è più: la questione è riaperta.', en: 'The threshold was met and is no more: the question is open again.' },
    inputs: { lostAt: 'threshold.lostAt' },
    applies: (_values, state) => state === 'REOPENED',
    compute: () => 'REOPENED',
  }),
  computation({
    field: 'gates.*.state', rule: 'STILL_AWAITED', law: null,
    says: { it: 'Attesa: oltre il giorno del piano pubblicato si dice prorogata.', en: 'Awaited: beyond the day of the published plan it is called extended.' },
    inputs: { awaitedBy: 'gates.*.awaitedBy', plannedTo: 'gates.*.planned.to' },
    applies: (_values, state) => state === 'NOT_YET' || state === 'EXTENDED',
    compute: ({ awaitedBy, plannedTo }) => (awaitedBy > plannedTo ? 'EXTENDED' : 'NOT_YET'),
  }),
  computation({
    field: 'gates.*.awaitedBy', rule: 'EXTENSION', law: null,
    says: { it: 'Il giorno della proroga decisa per ultima.', en: 'The day of the extension that was decided last.' },
    inputs: { extendedTo: 'gates.*.extendedTo' }, compute: ({ extendedTo }) => extendedTo,
  }),
  computation({
    field: 'gates.*.awaitedBy', rule: 'PLAN', law: null,
    says: { it: "L'ultimo giorno del piano, come è stato rivisto da ultimo.", en: 'The last day of the plan, as it was revised last.' },
    inputs: { to: 'gates.*.revised.to' }, compute: ({ to }) => to,
  }),
  computation({
    field: 'gates.*.delayDays', rule: 'DAYS_APART', law: null,
    says: { it: 'I giorni dal piano pubblicato al giorno effettivo; prima del piano, negativi.', en: 'The days from the published plan to the actual day; before the plan, negative.' },
    inputs: { plannedTo: 'gates.*.planned.to', reachedOn: 'gates.*.reachedOn' },
    compute: ({ plannedTo, reachedOn }) => daysBetween(plannedTo, reachedOn),
  }),
];

const BOARD = { firstDay: 'evidence.publication.firstDay', executivity: 'policies.executivity', calendarVersion: 'policies.calendarVersion' } as const;

/** What the law makes of the legal form, and the days of the metropolitan resolution. */
const LAW: readonly Computation[] = [
  computation({
    field: 'legalForm.majority', rule: 'ABSOLUTE_MAJORITY', law: 'art. 31 c.1 TUEL',
    says: { it: 'Per un consorzio i consigli approvano a maggioranza assoluta dei componenti.', en: 'For a consortium the councils approve by the absolute majority of their members.' },
    inputs: { form: 'legalForm.form' },
    applies: (_values, majority) => majority === 'ABSOLUTE_OF_MEMBERS',
    compute: ({ form }) => ruleOfForm(form).majority,
  }),
  computation({
    field: 'legalForm.majority', rule: 'MAJORITY_OF_FORM', law: null,
    says: { it: 'La maggioranza con cui i consigli approvano dipende dalla forma giuridica.', en: 'The majority by which the councils approve depends on the legal form.' },
    inputs: { form: 'legalForm.form' }, compute: ({ form }) => ruleOfForm(form).majority,
  }),
  computation({
    field: 'legalForm.authorities', rule: 'AUTHORITIES', law: 'art. 5 c.3 D.Lgs. 175/2016',
    says: { it: "L'atto costitutivo di una società va alla Corte dei conti e all'Autorità garante della concorrenza; quello delle altre forme a nessuno.", en: 'The act that sets up a company goes to the Corte dei conti and to the competition authority; that of other forms to nobody.' },
    inputs: { form: 'legalForm.form' }, compute: ({ form }) => ruleOfForm(form).authorities,
  }),
  computation({
    field: 'evidence.submissions.COURT_OF_AUDITORS.answerDueOn', rule: 'COURT_DAYS', law: 'art. 5 c.3 D.Lgs. 175/2016',
    says: { it: 'Sessanta giorni dal ricevimento.', en: 'Sixty days from its receipt.' },
    inputs: { sentOn: 'evidence.submissions.COURT_OF_AUDITORS.sentOn' }, compute: ({ sentOn }) => addDays(sentOn, COURT_DAYS),
  }),
  computation({
    field: 'evidence.resolution.executiveOn', rule: 'IMMEDIATE', law: 'art. 134 c.4 TUEL',
    says: { it: 'Immediatamente eseguibile: dal giorno in cui è adottata.', en: 'Immediately executable: from the day of its adoption.' },
    inputs: { immediate: 'evidence.resolution.immediate', adoptedOn: 'evidence.resolution.adoptedOn' }, compute: ({ adoptedOn }) => adoptedOn,
  }),
  computation({
    field: 'evidence.publication.publicationEndsOn', rule: 'NOTICE_BOARD', law: 'art. 124 c.1 TUEL',
    says: { it: "Quindici giorni consecutivi all'albo pretorio, festivi compresi.", en: 'Fifteen consecutive days on the notice board, holidays included.' },
    inputs: BOARD, compute: ({ firstDay, executivity, calendarVersion }) => computePublication(firstDay, 'INCLUDE_FIRST', executivity, calendarVersion).endsOn,
  }),
  computation({
    field: 'evidence.publication.executiveOn', rule: 'EXECUTIVITY', law: 'art. 134 c.3 TUEL',
    says: { it: "Dopo il decimo giorno dalla pubblicazione, secondo la lettura dell'Agenzia.", en: "After the tenth day of publication, by the Agency's reading." },
    inputs: BOARD, compute: ({ firstDay, executivity, calendarVersion }) => computePublication(firstDay, 'INCLUDE_FIRST', executivity, calendarVersion).executiveOn,
  }),
  computation({
    field: 'feesBillable', rule: 'FROM_FIRST_BUDGET', law: null,
    says: { it: 'I canoni sono esigibili dal primo bilancio in poi.', en: 'Fees are due from the first budget on.' },
    inputs: { reachedOn: 'gates.FIRST_BUDGET_PREPARED.reachedOn' }, compute: () => true,
  }),
  computation({
    field: 'countersignedBy', rule: 'CONSTITUTED', law: null,
    says: { it: "Dall'atto costitutivo in poi controfirma l'Agenzia.", en: 'From the constitutive act on the Agency countersigns.' },
    inputs: { signedOn: 'evidence.deed.signedOn' }, compute: () => 'AGENCY',
  }),
];

/** How the dates, states and counts of a constitution follow from others, for who asks why. They decide nothing (ADR 28). */
export const CONSTITUTION_COMPUTATIONS: readonly Computation[] = [...DAYS, ...STATES, ...THRESHOLD_COMPUTATIONS, ...MEMBER_COMPUTATIONS, ...LAW];
