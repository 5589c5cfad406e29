import { annullableUntil, challengeableUntil, extraordinaryAppealUntil } from '../../calendar/challenge.ts';
import { requestedSessionDueOn } from '../../calendar/elections.ts';
import { boardTerm, executiveDay } from '../../calendar/publication.ts';
import { addDays, civilDateOf, laterDate, startOfDay } from '../../shared/civil-date.ts';
import type { Computation } from '../../shared/computation.ts';
import { computation } from '../computation.ts';
import { isInterruption } from './board-outages.ts';

const CALENDAR = 'policies.calendarVersion';
const BOARD = { firstDay: 'deliberation.firstDay', outages: 'deliberation.outages', count: 'policies.publicationCount' } as const;

const interruptions = (outages: readonly { readonly day: string; readonly hoursDown: number }[]) => outages.filter(isInterruption).map(({ day }) => day);

/** The dates of the deliberation that follow from others. */
export const DELIBERATION_COMPUTATIONS: readonly Computation[] = [
  computation({
    field: 'deliberation.receivedOn', rule: 'DAY_OF_DELIVERY', law: null,
    says: { it: 'Il giorno, in Italia, in cui la PEC è stata consegnata: conta la ricevuta di consegna, non il protocollo.', en: 'The day, in Italy, on which the certified mail was delivered: its receipt counts, not the protocol.' },
    inputs: { deliveredAt: 'deliberation.deliveredAt' },
    compute: ({ deliveredAt }) => civilDateOf(deliveredAt),
  }),
  computation({
    field: 'deliberation.sessionRequest.sessionDueOn', rule: 'REQUESTED_SESSION', law: 'art. 39 c.2 TUEL',
    says: { it: 'Il consiglio si riunisce entro venti giorni dalla richiesta.', en: 'The council meets within twenty days of the request.' },
    inputs: { on: 'deliberation.sessionRequest.on', saturdayRolls: 'policies.saturdayRolls', calendarVersion: CALENDAR },
    compute: ({ on, saturdayRolls, calendarVersion }) => requestedSessionDueOn(on, { saturdayRolls, calendarVersion }),
  }),
  computation({
    field: 'deliberation.publicationEndsOn', rule: 'NOTICE_BOARD', law: 'art. 124 c.1 TUEL',
    says: { it: "Quindici giorni consecutivi all'albo pretorio, festivi compresi; un giorno in cui l'albo è rimasto fermo per 12 ore o più ne aggiunge uno.", en: 'Fifteen consecutive days on the notice board, holidays included; a day on which it was down for 12 hours or more adds one.' },
    inputs: BOARD,
    compute: ({ firstDay, outages, count }) => boardTerm(firstDay, count, interruptions(outages)).endsOn,
  }),
  computation({
    field: 'deliberation.removalOn', rule: 'REMOVAL', law: 'art. 124 c.1 TUEL',
    says: { it: "Il giorno dopo l'ultimo di pubblicazione.", en: 'The day after the last of the publication.' },
    inputs: { publicationEndsOn: 'deliberation.publicationEndsOn' },
    compute: ({ publicationEndsOn }) => addDays(publicationEndsOn, 1),
  }),
  computation({
    field: 'deliberation.executiveOn', rule: 'IMMEDIATE', law: 'art. 134 c.4 TUEL',
    says: { it: "La delibera è immediatamente eseguibile: dal giorno dell'adozione.", en: 'The resolution is immediately executable: from the day of its adoption.' },
    inputs: { executivity: 'deliberation.executivity', adoptedOn: 'deliberation.adoptedOn' },
    applies: ({ executivity }) => executivity === 'IMMEDIATE',
    compute: ({ adoptedOn }) => adoptedOn,
  }),
  computation({
    field: 'deliberation.executiveOn', rule: 'BY_STATUTE', law: 'art. 114 TUEL',
    says: { it: "Gli atti di questo ente sono efficaci dall'adozione, per statuto; non vanno all'albo pretorio.", en: 'The acts of this body take effect from their adoption, by its statute; they go on no notice board.' },
    inputs: { executive: 'competence.executive', adoptedOn: 'deliberation.adoptedOn' },
    applies: ({ executive }) => executive === 'BY_STATUTE',
    compute: ({ adoptedOn }) => adoptedOn,
  }),
  computation({
    field: 'deliberation.executiveOn', rule: 'EXECUTIVITY', law: 'art. 134 c.3 TUEL',
    says: {
      it: "Dopo il decimo giorno dalla pubblicazione, secondo la lettura scelta per la pratica; le interruzioni dell'albo lo spostano, se così si è scelto. Un effetto matura anche di festa.",
      en: 'After the tenth day from the publication, by the reading that the case pinned; outages of the board move it, where that was chosen. An effect ripens on holidays too.',
    },
    inputs: { ...BOARD, publicationEndsOn: 'deliberation.publicationEndsOn', executivity: 'policies.executivity', interruptionShifts: 'policies.interruptionShifts', calendarVersion: CALENDAR },
    compute: ({ firstDay, outages, count, executivity, interruptionShifts, calendarVersion }) =>
      executiveDay(boardTerm(firstDay, count, interruptions(outages)), executivity, interruptionShifts, calendarVersion),
  }),
  computation({
    field: 'deliberation.gateOpensAt', rule: 'IMMEDIATE', law: 'art. 134 c.4 TUEL',
    says: { it: "La delibera è immediatamente eseguibile: si firma dal giorno dell'adozione, senza certificato.", en: 'The resolution is immediately executable: it may be signed from the day of its adoption, without a certificate.' },
    inputs: { executivity: 'deliberation.executivity', adoptedOn: 'deliberation.adoptedOn' },
    applies: ({ executivity }) => executivity === 'IMMEDIATE',
    compute: ({ adoptedOn }) => startOfDay(adoptedOn),
  }),
  computation({
    field: 'deliberation.gateOpensAt', rule: 'BY_STATUTE', law: 'art. 114 TUEL',
    says: { it: "L'atto è efficace dall'adozione, per statuto: si firma da quel giorno, senza certificato.", en: 'The act takes effect from its adoption, by statute: it may be signed from that day, without a certificate.' },
    inputs: { executive: 'competence.executive', adoptedOn: 'deliberation.adoptedOn' },
    applies: ({ executive }) => executive === 'BY_STATUTE',
    compute: ({ adoptedOn }) => startOfDay(adoptedOn),
  }),
  computation({
    field: 'deliberation.gateOpensAt', rule: 'CERTIFIED', law: 'art. 134 c.3 TUEL',
    says: { it: 'Dal giorno che viene dopo, tra quello calcolato e quello certificato dal segretario.', en: 'From the later of the day that was computed and the day that the secretary certified.' },
    inputs: { executiveOn: 'deliberation.executiveOn', certifiedExecutiveOn: 'deliberation.certifiedExecutiveOn' },
    applies: ({ executiveOn, certifiedExecutiveOn }) => certifiedExecutiveOn >= executiveOn,
    compute: ({ executiveOn, certifiedExecutiveOn }) => startOfDay(laterDate(executiveOn, certifiedExecutiveOn)),
  }),
  computation({
    field: 'deliberation.gateOpensAt', rule: 'CERTIFICATE_OVERRIDDEN', law: 'art. 134 c.3 TUEL',
    says: { it: "Il certificato è di un giorno che precede quello calcolato: l'Agenzia lo ha accettato con motivazione, e conta il giorno calcolato.", en: 'The certificate is of a day before the computed one: the Agency took it with a reason, and the computed day counts.' },
    inputs: { executiveOn: 'deliberation.executiveOn', certifiedExecutiveOn: 'deliberation.certifiedExecutiveOn', acceptedAt: 'deliberation.acceptedAt' },
    compute: ({ executiveOn }) => startOfDay(executiveOn),
  }),
  computation({
    field: 'deliberation.challengeableUntil', rule: 'CHALLENGE', law: 'artt. 41, 52, 54 c.p.a.',
    says: {
      it: 'Sessanta giorni dalla fine della pubblicazione per il ricorso al TAR; agosto non si conta, un ultimo giorno festivo o di sabato passa al successivo.',
      en: 'Sixty days from the end of the publication for the administrative court; August is not counted, a last day that is a holiday or a Saturday rolls on.',
    },
    inputs: { publicationEndsOn: 'deliberation.publicationEndsOn', calendarVersion: CALENDAR },
    compute: ({ publicationEndsOn, calendarVersion }) => challengeableUntil(publicationEndsOn, calendarVersion),
  }),
  computation({
    field: 'deliberation.extraordinaryAppealUntil', rule: 'EXTRAORDINARY_APPEAL', law: 'art. 9 DPR 1199/1971',
    says: { it: 'Centoventi giorni dalla fine della pubblicazione per il ricorso straordinario al Presidente della Repubblica.', en: '120 days from the end of the publication for the extraordinary appeal to the President of the Republic.' },
    inputs: { publicationEndsOn: 'deliberation.publicationEndsOn', calendarVersion: CALENDAR },
    compute: ({ publicationEndsOn, calendarVersion }) => extraordinaryAppealUntil(publicationEndsOn, calendarVersion),
  }),
  computation({
    field: 'deliberation.annullableUntil', rule: 'OWN_ANNULMENT', law: 'art. 21-nonies L. 241/1990',
    says: { it: "Sei mesi dall'adozione perché l'ente annulli il proprio atto; informativo.", en: 'Six months from the adoption for the body to annul its own act; for information.' },
    inputs: { adoptedOn: 'deliberation.adoptedOn', calendarVersion: CALENDAR },
    compute: ({ adoptedOn, calendarVersion }) => annullableUntil(adoptedOn, calendarVersion),
  }),
];
