import type { Bilingual } from '../shared/bilingual.ts';
import { dateInWords } from './date-words.ts';
import type { Ballot, BallotFault, Majority, MajorityReasonCode } from './majority.ts';
import type { Step, StepCode } from './steps.ts';

/** The words for what the rules note. The only place of the legal clock where sentences are made; rules never import it. */

/** Why a step was taken, as a sentence. */
export function stepInWords(step: Step): Bilingual {
  const { name, n = 0, to = step.date } = step;
  return SENTENCES[step.code]({ name: name ?? { it: 'festivo', en: 'a holiday' }, n, to: dateInWords(to) });
}

interface Parts {
  readonly name: Bilingual;
  readonly n: number;
  readonly to: Bilingual;
}

const plain = (it: string, en: string) => (): Bilingual => ({ it, en });
const named = (it: (name: string) => string, en: (name: string) => string) => ({ name }: Parts): Bilingual => ({ it: it(name.it), en: en(name.en) });
const counted = (it: (n: number) => string, en: (n: number) => string) => ({ n }: Parts): Bilingual => ({ it: it(n), en: en(n) });
/** `1 mese`, `2 mesi`. */
const many = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;
const until = (it: (to: string, n: number) => string, en: (to: string, n: number) => string) => ({ to, n }: Parts): Bilingual => ({ it: it(to.it, n), en: en(to.en, n) });

const SENTENCES: Readonly<Record<StepCode, (parts: Parts) => Bilingual>> = {
  START_EXCLUDED: plain('Il giorno iniziale non si conta (art. 2963 c.2 c.c.)', 'The first day is not counted (art. 2963 c.2 c.c.)'),
  START_COUNTED: plain('Il giorno iniziale è il primo che si conta', 'The first day is counted as day one'),
  LAST_DAY: counted((n) => `Ultimo giorno: il ${n}º, festivi compresi`, (n) => `Last day: day ${n}, holidays included`),
  LAST_MONTH: counted((n) => `Ultimo giorno: quello con lo stesso numero dopo ${many(n, 'mese', 'mesi')} (art. 2963 c.4 c.c.)`, (n) => `Last day: the one with the same number after ${many(n, 'month', 'months')} (art. 2963 c.4 c.c.)`),
  MONTH_CLAMPED: counted((n) => `Il mese non ha il giorno ${n}: vale l'ultimo (art. 2963 c.5 c.c.)`, (n) => `The month has no day ${n}: its last day counts (art. 2963 c.5 c.c.)`),

  ROLLED_HOLIDAY: named((name) => `È festivo (${name}): si passa al giorno dopo (art. 2963 c.3 c.c.)`, (name) => `A holiday (${name}): it moves to the next day (art. 2963 c.3 c.c.)`),
  ROLLED_SATURDAY: plain('È sabato: si passa al giorno dopo', 'A Saturday: it moves to the next day'),
  ROLLED_BACK_HOLIDAY: named((name) => `È festivo (${name}): si torna al giorno prima, per non accorciare l'intervallo`, (name) => `A holiday (${name}): it moves to the day before, so that the interval is not shortened`),
  ROLLED_BACK_SATURDAY: plain("È sabato: si torna al giorno prima, per non accorciare l'intervallo", 'A Saturday: it moves to the day before, so that the interval is not shortened'),
  HOLIDAY_STANDS: named((name) => `È festivo (${name}), ma non si sposta: gli effetti maturano anche nei festivi`, (name) => `A holiday (${name}), but it stands: effects ripen on holidays too`),
  SATURDAY_STANDS: plain('È sabato e resta: per gli atti amministrativi è un giorno ordinario', 'A Saturday, and it stands: for administrative acts it is an ordinary day'),

  SKIPPED_HOLIDAY: named((name) => `Non si conta: festivo (${name})`, (name) => `Not counted: a holiday (${name})`),
  SKIPPED_SATURDAY: plain('Non si conta: sabato', 'Not counted: a Saturday'),
  SKIPPED_PATRON: named((name) => `Non si conta: festa patronale (${name})`, (name) => `Not counted: the patron's day (${name})`),
  LAST_WORKING_DAY: counted((n) => `Giorno lavorativo n. ${n}`, (n) => `Working day no. ${n}`),
  PATRON_UNKNOWN: plain('La festa patronale di questo comune non è nota: non se ne tiene conto', "This comune's patron is not known: no day is left out for it"),
  NO_COMUNE: plain('Nessun comune indicato: nessuna festa patronale', 'No comune given: no patron'),

  IS_HOLIDAY: named((name) => `Festivo (${name})`, (name) => `A legal holiday (${name})`),
  IS_SATURDAY: plain('Sabato: non festivo, ma gli uffici sono chiusi', 'A Saturday: no legal holiday, but offices are shut'),
  IS_PATRON: named((name) => `Festa patronale (${name}): uffici chiusi, ma non è festivo per i termini`, (name) => `The patron's day (${name}): offices are shut, but no legal holiday for terms`),
  IS_WORKING_DAY: plain('Giorno lavorativo', 'A working day'),

  DELIVERY_EXCLUDED: plain("Il giorno della consegna dell'avviso non si conta", 'The day on which the notice is delivered is not counted'),
  SESSION_EXCLUDED: plain('Il giorno della seduta non si conta', 'The day of the session is not counted'),
  CLEAR_DAYS: until((to, n) => `${many(n, 'giorno libero', 'giorni liberi')}, fino a ${to}`, (to, n) => `${many(n, 'clear day', 'clear days')}, up to ${to}`),
  EARLIEST_SESSION: plain('Primo giorno utile per la seduta', 'Earliest day for the session'),
  LATEST_DELIVERY: plain("Ultimo giorno utile per la consegna dell'avviso", 'Latest day for the delivery of the notice'),

  HOURS_ELAPSED: counted((n) => `Ore effettive trascorse: ${n}`, (n) => `Hours elapsed: ${n}`),
  CLOCK_FORWARD: plain("Inizia l'ora legale: l'orologio segna un'ora in più di quelle trascorse", 'Summer time begins: clocks show one hour more than has elapsed'),
  CLOCK_BACK: plain("Finisce l'ora legale: l'orologio segna un'ora in meno di quelle trascorse", 'Summer time ends: clocks show one hour less than has elapsed'),

  BOARD_FIRST_COUNTED: plain("Primo giorno all'albo, compreso nei 15 (Cass. 2563/2009)", 'First day on the notice board, one of the 15 (Cass. 2563/2009)'),
  BOARD_FIRST_EXCLUDED: plain("Primo giorno all'albo, non compreso nei 15", 'First day on the notice board, not one of the 15'),
  BOARD_ENDS: counted((n) => `Ultimo giorno all'albo: ${n} giorni consecutivi, festivi compresi (art. 124 TUEL)`, (n) => `Last day on the notice board: ${n} consecutive days, holidays included (art. 124 TUEL)`),
  OUTAGE_EXTENDS: until((to) => `Albo interrotto: la pubblicazione si allunga fino a ${to}`, (to) => `Board down: the publication goes on until ${to}`),
  OUTAGE_OUTSIDE: plain('Albo interrotto fuori dalla pubblicazione: non conta', 'Board down outside the publication: it does not count'),
  REMOVED: plain('Defissione', 'Removal from the notice board'),
  TENTH_DAY: counted((n) => `Decimo giorno dalla pubblicazione (${n} giorni, art. 134 c.3 TUEL)`, (n) => `Tenth day from publication (${n} days, art. 134 c.3 TUEL)`),
  TENTH_DAY_AFTER_END: counted((n) => `Decimo giorno dalla fine della pubblicazione (${n} giorni, art. 134 c.3 TUEL)`, (n) => `Tenth day from the end of publication (${n} days, art. 134 c.3 TUEL)`),
  OUTAGE_SHIFTS: until((to) => `Albo interrotto: l'esecutività passa a ${to}`, (to) => `Board down: executivity moves to ${to}`),
  OUTAGE_DOES_NOT_SHIFT: plain("Albo interrotto: per questa regola l'esecutività non si sposta", 'Board down: by this policy executivity does not move'),
  EXECUTIVE: plain('Esecutiva dalle ore 00:00', 'Executive from 00:00'),

  CHALLENGE_DAYS: counted((n) => `Ricorso al TAR: ${n} giorni dalla fine della pubblicazione (art. 41 c.2 c.p.a.)`, (n) => `Challenge before the TAR: ${n} days from the end of publication (art. 41 c.2 c.p.a.)`),
  AUGUST_LEFT_OUT: until((to, n) => `Agosto non si conta: ${many(n, 'giorno', 'giorni')}, fino a ${to} (art. 54 c.p.a.)`, (to, n) => `August does not count: ${many(n, 'day', 'days')}, up to ${to} (art. 54 c.p.a.)`),
  CHALLENGE_ENDS: plain('Ultimo giorno per il ricorso', 'Last day for the challenge'),

};

/** How a vote was counted, in sentences. */
export function majorityInWords({ councillors, councillorsPresent, votes, rule, abstentions }: Ballot, { members, quorumFloor, voters, needed }: Majority): Bilingual[] {
  const [counts, count] = abstentions === 'VOTERS' ? ['compresi gli astenuti', 'those who abstained included'] : ['gli astenuti non contano', 'those who abstained do not count'];
  return [
    { it: `Componenti: ${members} (${councillors} consiglieri e il sindaco)`, en: `Members: ${members} (${councillors} councillors and the mayor)` },
    {
      it: `Numero legale: almeno ${quorumFloor} consiglieri, senza il sindaco (art. 38 c.2 TUEL); presenti ${councillorsPresent}`,
      en: `Quorum: at least ${quorumFloor} councillors, the mayor left out (art. 38 c.2 TUEL); present ${councillorsPresent}`,
    },
    rule === 'ABSOLUTE_OF_MEMBERS'
      ? { it: `Maggioranza assoluta dei componenti: ${needed} voti favorevoli su ${members}`, en: `Absolute majority of the members: ${needed} votes in favour of ${members}` }
      : { it: `Maggioranza dei votanti: ${needed} voti favorevoli su ${voters} (${counts})`, en: `Majority of the voters: ${needed} votes in favour of ${voters} (${count})` },
    { it: `Voti favorevoli: ${votes.for}`, en: `Votes in favour: ${votes.for}` },
  ];
}

/** Why a resolution is not approved, in a sentence. */
export function majorityReasonInWords(code: MajorityReasonCode, { councillorsPresent, votes }: Ballot, { quorumFloor, needed }: Majority): Bilingual {
  if (code === 'QUORUM_NOT_REACHED') {
    return {
      it: `Manca il numero legale: presenti ${councillorsPresent} consiglieri, ne servono ${quorumFloor} senza il sindaco.`,
      en: `No quorum: ${councillorsPresent} councillors are present, ${quorumFloor} are needed without the mayor.`,
    };
  }
  return { it: `Maggioranza non raggiunta: ${votes.for} voti favorevoli, ne servono ${needed}.`, en: `Majority not reached: ${votes.for} votes in favour, ${needed} are needed.` };
}

/** What is impossible about the counts of a vote, in a sentence. */
export function ballotFaultInWords({ path, given, most }: BallotFault): Bilingual {
  return path === 'votes'
    ? { it: `I voti sono ${given}, ma i presenti sono ${most}: i voti non possono superare i presenti.`, en: `${given} votes from ${most} members present: there are at most as many votes as members present.` }
    : { it: `I consiglieri presenti sono ${given}, ma il consiglio ne ha ${most}.`, en: `${given} councillors are present, but the council has ${most}.` };
}
