import { actTerm, effectTerm, hoursAfter } from '../calendar/terms.ts';
import { addDays, addMonths, civilDateOf } from '../shared/civil-date.ts';
import type { Computation } from '../shared/computation.ts';
import { computation } from './computation.ts';
import { DELIBERATION_COMPUTATIONS } from './deliberation/computations.ts';
import { RESIGNATION_DAYS } from './mandates/terms.ts';
import { MEMBERSHIP_COMPUTATIONS } from './membership/computations.ts';

/**
 * How the dates of an adhesion follow from others, for who asks why. They are not what decides: what was decided stands in the
 * events. Whether both say the same is tried over random cases, and told with each answer.
 */
export const ADHESION_COMPUTATIONS: readonly Computation[] = [
  ...DELIBERATION_COMPUTATIONS,
  ...MEMBERSHIP_COMPUTATIONS,
  computation({
    field: 'recognition.staleOn', rule: 'STALE_RECOGNITION', law: null,
    says: { it: 'I mesi della politica dopo la convalida: da questo giorno la ricognizione va aggiornata.', en: 'The months of the policy after the validation: from this day on the recognition is to be refreshed.' },
    inputs: { validatedOn: 'recognition.validatedOn', months: 'policies.recognition.staleMonths' },
    compute: ({ validatedOn, months }) => addMonths(validatedOn, months),
  }),
  computation({
    field: 'referents.*.from', rule: 'IN_OFFICE', law: null,
    says: { it: "In carica dal giorno dell'accettazione.", en: 'In office from the day of the acceptance.' },
    inputs: { acceptedAt: 'referents.*.acceptedAt' },
    compute: ({ acceptedAt }) => civilDateOf(acceptedAt),
  }),
  computation({
    field: 'vacancies.*.fillBy', rule: 'VACANCY', law: null,
    says: { it: 'I giorni della politica dalla vacanza: poi non comincia alcun nuovo servizio.', en: 'The days of the policy from the vacancy: after them no new service begins.' },
    inputs: { since: 'vacancies.*.since', days: 'policies.mandates.vacancyDays' },
    compute: ({ since, days }) => addDays(since, days),
  }),
  computation({
    field: 'mandates.*.finalFrom', rule: 'RESIGNATION', law: 'art. 53 c.3 TUEL',
    says: { it: 'Le dimissioni sono efficaci e irrevocabili trascorsi venti giorni dalla presentazione: dal giorno dopo.', en: 'A resignation is final once twenty days have gone by from its presentation: from the day after them.' },
    inputs: { on: 'mandates.*.on', calendarVersion: 'policies.calendarVersion' },
    compute: ({ on, calendarVersion }) => addDays(effectTerm(on, RESIGNATION_DAYS, calendarVersion), 1),
  }),
  computation({
    field: 'processing.subprocessors.*.objectBy', rule: 'OBJECTION', law: 'art. 28 c.2 GDPR',
    says: { it: "I giorni dell'accordo dalla comunicazione; un ultimo giorno festivo passa al successivo.", en: 'The days of the agreement from the notice; a last day that is a holiday rolls on.' },
    inputs: { deliveredAt: 'processing.subprocessors.*.deliveredAt', days: 'policies.processing.objectionDays', saturdayRolls: 'policies.saturdayRolls', calendarVersion: 'policies.calendarVersion' },
    compute: ({ deliveredAt, days, saturdayRolls, calendarVersion }) => actTerm(civilDateOf(deliveredAt), days, { saturdayRolls, calendarVersion }),
  }),
  computation({
    field: 'processing.breaches.*.toMember.dueAt', rule: 'BREACH_TO_MEMBER', law: 'art. 33 c.2 GDPR',
    says: { it: "Le ore dell'accordo da quando l'Agenzia ne è venuta a conoscenza; contano anche di festa.", en: 'The hours of the agreement from when the Agency became aware; they run on holidays too.' },
    inputs: { awareAt: 'processing.breaches.*.awareAt', hours: 'policies.processing.breachHours' },
    compute: ({ awareAt, hours }) => hoursAfter(awareAt, hours),
  }),
];
