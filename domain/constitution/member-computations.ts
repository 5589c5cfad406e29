import { addDays, daysBetween } from '../shared/civil-date.ts';
import type { Computation } from '../shared/computation.ts';
import { computation } from './computation.ts';

const OWN_WINDOW = {
  rule: 'OWN_WINDOW', law: null,
  says: { it: "Gli atti sono arrivati dopo il loro invio a tutti: il comune ha tanti giorni quanti ne hanno tutti, dal giorno dopo la ricevuta.", en: 'The acts came after they were sent to all: the comune has as many days as all have, from the day after its receipt.' },
} as const;
const WINDOW_OF_ALL = { rule: 'WINDOW_OF_ALL', law: null, says: { it: 'Il periodo che il piano ha per tutti.', en: 'The period that the plan has for all.' } } as const;
const WINDOW = { receivedOn: 'members.*.receivedOn', sentBy: 'gates.TEMPLATES_SENT.revised.to' } as const;

/** What a comune's resolution is to the constitution, and the window that it has. */
export const MEMBER_COMPUTATIONS: readonly Computation[] = [
  computation({
    field: 'members.*.counting', rule: 'BY_METROPOLITAN_DAY', law: null,
    says: { it: 'Conta se è esecutiva non oltre il giorno in cui ha deliberato il Consiglio metropolitano; altrimenti decide l\'assemblea.', en: 'It counts where it is executive not later than the day on which the metropolitan council resolved; else the assembly decides.' },
    inputs: { executiveOn: 'members.*.executiveOn', metropolitanOn: 'evidence.resolution.adoptedOn' },
    applies: (_values, counting) => counting === 'COUNTED' || counting === 'LATE_ADHESION',
    compute: ({ executiveOn, metropolitanOn }) => (executiveOn > metropolitanOn ? 'LATE_ADHESION' : 'COUNTED'),
  }),
  computation({
    field: 'members.*.counting', rule: 'EXECUTIVE', law: null,
    says: { it: 'È esecutiva, e il Consiglio metropolitano non ha ancora deliberato.', en: 'It is executive, and the metropolitan council has not resolved yet.' },
    inputs: { executiveOn: 'members.*.executiveOn' },
    applies: (_values, counting) => counting === 'COUNTED',
    compute: () => 'COUNTED',
  }),
  computation({
    field: 'members.*.counting', rule: 'NOT_EXECUTIVE_YET', law: null,
    says: { it: 'È adottata e non è ancora esecutiva, o un emendamento attende la decisione dell\'Agenzia.', en: 'It is adopted and not executive yet, or an amendment waits for the decision of the Agency.' },
    inputs: { standing: 'members.*.standing' },
    applies: (_values, counting) => counting === 'OPEN',
    compute: ({ standing }) => (standing === 'ADOPTED' || standing === 'AMENDED' ? 'OPEN' : 'COUNTED'),
  }),
  computation({
    field: 'members.*.counting', rule: 'WITHOUT_EFFECT', law: null,
    says: { it: 'È annullata, revocata o sospesa: dopo la costituzione conta solo ciò che risale a prima.', en: 'It is annulled, revoked or suspended: after the constitution only what reaches back before it counts.' },
    inputs: { standing: 'members.*.standing' },
    applies: (_values, counting) => counting === 'LOST',
    compute: ({ standing }) => (['ANNULLED', 'REVOKED', 'SUSPENDED'].includes(standing) ? 'LOST' : 'COUNTED'),
  }),
  computation({
    field: 'members.*.counting', rule: 'FOR_ANOTHER_FORM', law: null,
    says: { it: 'È adottata per un\'altra forma giuridica.', en: 'It was adopted for another legal form.' },
    inputs: { form: 'members.*.form', asked: 'legalForm.form' },
    applies: (_values, counting) => counting === 'OTHER_FORM',
    compute: ({ form, asked }) => (form === asked ? 'COUNTED' : 'OTHER_FORM'),
  }),
  computation({
    field: 'members.*.counting', rule: 'TAKEN_IN', law: null,
    says: { it: "L'assemblea lo ha ammesso.", en: 'The assembly took it in.' },
    inputs: { on: 'lateMembers.*.on' },
    applies: (_values, counting) => counting === 'ADMITTED',
    compute: () => 'ADMITTED',
  }),
  computation({
    field: 'members.*.window.from', ...OWN_WINDOW, inputs: WINDOW,
    applies: ({ receivedOn, sentBy }) => receivedOn > sentBy,
    compute: ({ receivedOn }) => addDays(receivedOn, 1),
  }),
  computation({
    field: 'members.*.window.to', ...OWN_WINDOW, inputs: { ...WINDOW, from: 'gates.MUNICIPAL_RESOLUTIONS.revised.from', to: 'gates.MUNICIPAL_RESOLUTIONS.revised.to' },
    applies: ({ receivedOn, sentBy }) => receivedOn > sentBy,
    compute: ({ receivedOn, from, to }) => addDays(receivedOn, daysBetween(from, to) + 1),
  }),
  computation({ field: 'members.*.window.from', ...WINDOW_OF_ALL, inputs: { from: 'gates.MUNICIPAL_RESOLUTIONS.revised.from' }, compute: ({ from }) => from }),
  computation({ field: 'members.*.window.to', ...WINDOW_OF_ALL, inputs: { to: 'gates.MUNICIPAL_RESOLUTIONS.revised.to' }, compute: ({ to }) => to }),
];
