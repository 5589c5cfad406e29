import type { Body } from '../api/bodies.ts';
import type { DayJson, MajorityJson, PublicationJson, StepJson, TermJson } from '../domain/calendar/answers.ts';
import type { Bilingual, Language } from '../domain/shared/bilingual.ts';
import type { TermKind } from '../domain/calendar/calculator.ts';
import type { ExecutivityPolicy } from '../domain/calendar/publication.ts';
import { dateInWords } from '../domain/calendar/date-words.ts';
import type { CivilDate } from '../domain/shared/civil-date.ts';
import { monthPicture } from './month-picture.ts';
import { aligned, section, wallTime } from './text.ts';

/** Answers of the calculator as a secretary reads them: dates in words, a small calendar, why each day is what it is. */

const LABELS = {
  holiday: { it: 'festivo', en: 'legal holiday' }, working: { it: 'lavorativo', en: 'working day' }, yes: { it: 'sì', en: 'yes' }, no: { it: 'no', en: 'no' },
  why: { it: 'Perché', en: 'Why' }, calendar: { it: 'Calendario', en: 'Calendar' }, from: { it: 'da', en: 'from' }, due: { it: 'scade', en: 'due' }, rolledFrom: { it: 'spostato da', en: 'moved from' },
  board: { it: "Pubblicazione all'albo pretorio", en: 'Publication on the notice board' }, firstDay: { it: 'primo giorno', en: 'first day' },
  endsOn: { it: 'ultimo giorno', en: 'last day' }, removalOn: { it: 'defissione', en: 'removal' }, executiveOn: { it: 'esecutiva', en: 'executive' }, executivity: { it: 'Esecutività', en: 'Executivity' },
  challenge: { it: 'ricorso al TAR fino a', en: 'challenge until' },
  legend: { it: "• all'albo   × albo interrotto   E esecutiva   D defissione", en: '• on the board   × board down   E executive   D removal' },
  members: { it: 'componenti', en: 'members' }, quorum: { it: 'numero legale', en: 'quorum' }, needed: { it: 'voti necessari', en: 'votes needed' },
  approved: { it: 'approvata', en: 'approved' },
} as const satisfies Readonly<Record<string, Bilingual>>;

const KINDS: Readonly<Record<TermKind, Bilingual>> = {
  EFFECT_DAYS: { it: 'giorni per un effetto', en: 'days until an effect' }, ACT_DAYS: { it: 'giorni per un atto', en: 'days for an act' },
  WORKING_DAYS: { it: 'giorni lavorativi', en: 'working days' }, CLEAR_DAYS: { it: "giorni liberi dopo la consegna dell'avviso", en: 'clear days after the delivery of the notice' },
  CLEAR_DAYS_BACK: { it: 'giorni liberi prima della seduta', en: 'clear days before the session' }, HOURS: { it: 'ore', en: 'hours' },
  EFFECT_MONTHS: { it: 'mesi per un effetto', en: 'months until an effect' }, ACT_MONTHS: { it: 'mesi per un atto', en: 'months for an act' },
};

/** What a term was asked about. */
export interface TermAsked {
  readonly kind: TermKind;
  readonly comune: Body | null;
}

export function dayText({ date, legalHoliday, holidayName, workingDay, steps, rule, calendarVersion }: DayJson, comune: Body | null, language: Language): string {
  return [
    `${dateInWords(date)[language]}${comune === null ? '' : `, ${comune.name}`}\n`,
    ...facts([
      [LABELS.holiday[language], `${yesNo(legalHoliday, language)}${holidayName === null ? '' : ` (${holidayName})`}`],
      [LABELS.working[language], yesNo(workingDay, language)],
    ]),
    why(steps, language), source(rule, calendarVersion, language),
  ].join('');
}

export function termText({ from, n, dueOn, dueAt, rolledFrom, steps, rule, calendarVersion }: TermJson, { kind, comune }: TermAsked, language: Language): string {
  const begins = kind === 'HOURS' ? wallTime(from) : dateInWords(from)[language];
  return [
    `${KINDS[kind][language]}: ${n}, ${LABELS.from[language]} ${begins}${comune === null ? '' : `, ${comune.name}`}\n`,
    ...facts([
      [LABELS.due[language], dueOn === undefined ? wallTime(dueAt ?? '') : `${dueOn}  ${dateInWords(dueOn)[language]}`],
      ...(rolledFrom === undefined ? [] : [[LABELS.rolledFrom[language], `${rolledFrom}  ${dateInWords(rolledFrom)[language]}`]]),
    ]),
    why(steps, language), source(rule, calendarVersion, language),
  ].join('');
}

/** The days of a publication, drawn with the reading of the ten days that is asked for. */
export function publicationText(answer: PublicationJson, reading: ExecutivityPolicy, language: Language): string {
  const { firstDay, endsOn, removalOn, executiveOn, challengeableUntil, steps, rule, calendarVersion } = answer;
  const line = (label: Bilingual | null, date: CivilDate, note = ''): string[] => [label?.[language] ?? '', date, dateInWords(date)[language], note];
  const others = (Object.keys(executiveOn) as ExecutivityPolicy[]).filter((policy) => policy !== reading);
  return [
    `${LABELS.board[language]}\n`,
    ...facts([
      line(LABELS.firstDay, firstDay), line(LABELS.endsOn, endsOn), line(LABELS.removalOn, removalOn),
      line(LABELS.executiveOn, executiveOn[reading], reading), ...others.map((policy) => line(null, executiveOn[policy], `(${policy})`)),
      line(LABELS.challenge, challengeableUntil),
    ]),
    picture(answer, reading, language),
    why(steps.filter(({ policy }) => policy === undefined), language),
    why(steps.filter(({ policy }) => policy === reading), language, `${LABELS.executivity[language]} (${reading})`), source(rule, calendarVersion, language),
  ].join('');
}

function picture({ firstDay, endsOn, removalOn, executiveOn, interruptedOn }: PublicationJson, reading: ExecutivityPolicy, language: Language): string {
  const executive = executiveOn[reading];
  const markOf = (date: CivilDate): string => {
    if (date === executive) return 'E';
    if (interruptedOn.includes(date)) return '×';
    if (date === removalOn) return 'D';
    return firstDay <= date && date <= endsOn ? '•' : ' ';
  };
  const lines = monthPicture(firstDay, executive > removalOn ? executive : removalOn, markOf, language);
  return `\n${[...lines, '', LABELS.legend[language]].map((text) => (text === '' ? '\n' : `  ${text}\n`)).join('')}`;
}

export function majorityText({ members, quorumFloor, quorum, needed, approved, reasons, steps }: MajorityJson, language: Language): string {
  return [
    ...facts([
      [LABELS.members[language], String(members)], [LABELS.quorum[language], `${yesNo(quorum, language)} (${quorumFloor})`],
      [LABELS.needed[language], String(needed)], [LABELS.approved[language], yesNo(approved, language)],
    ]),
    section(LABELS.why[language], [...steps.map((step) => step.why), ...reasons.map(({ message }) => message)]),
  ].join('');
}

function facts(rows: readonly (readonly string[])[]): string[] {
  return aligned(rows).map((line) => `  ${line}\n`);
}

function why(steps: readonly StepJson[], language: Language, title: string = LABELS.why[language]): string {
  return section(title, aligned(steps.map((step) => [step.date, step.why])));
}

function source(rule: string, calendarVersion: string, language: Language): string {
  return `\n${LABELS.calendar[language]} ${calendarVersion}: ${rule}\n`;
}

function yesNo(holds: boolean, language: Language): string {
  return LABELS[holds ? 'yes' : 'no'][language];
}
