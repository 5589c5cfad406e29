import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { Body } from '../api/bodies.ts';
import { FIRST_YEAR, isSensibleDate, isSensibleInstant, LAST_YEAR } from '../domain/adhesion/bounds.ts';
import { dayJson, majorityJson, publicationJson, termJson } from '../domain/calendar/answers.ts';
import { explainDay, explainPublication, explainTerm, TERM_KINDS, TERM_LIMITS, type TermKind } from '../domain/calendar/calculator.ts';
import { ballotFault } from '../domain/calendar/majority.ts';
import { ballotFaultInWords } from '../domain/calendar/words.ts';
import { dayText, majorityText, publicationText, termText } from './calendar-text.ts';
import { comuneOf } from './comune.ts';
import type { Io } from './io.ts';
import { example, globalOptions, optionsOf, wholeNumber } from './options.ts';
import { CannotRun, DoesNotHold } from './outcome.ts';

const MOST_MEMBERS = 101;
const COUNTS = ['INCLUDE_FIRST', 'EXCLUDE_FIRST'] as const;
const READINGS = ['START_EXCLUSIVE', 'START_INCLUSIVE', 'END'] as const;
const RULES = ['ABSOLUTE_OF_MEMBERS', 'SIMPLE_OF_VOTERS'] as const;
const ABSTENTIONS = ['NOT_VOTERS', 'VOTERS'] as const;

const calendarOptions = globalOptions.extend({ lang: z.enum(['it', 'en']).default('it') });
const ofComune = calendarOptions.extend({ comune: z.string().optional() });

/** `calendar`: the legal clock as a calculator. Pure: it needs no instance, no database and no network. */
export function addCalendar(program: Command, io: Io): void {
  const calendar = program.command('calendar').description('the legal clock: holidays, terms, publication and executivity, majorities; needs no running instance');
  addDay(calendar, io);
  addPublication(calendar, io);
  addTerm(calendar, io);
  addMajority(calendar, io);
}

function addDay(calendar: Command, io: Io): void {
  withComune(calendar.command('day').argument('<date>', 'civil date'))
    .description('say whether a day is a legal holiday, and a working day of a comune')
    .addHelpText('after', example('calendar day 2026-10-04', 'calendar day 2026-12-07 --comune Milano'))
    .action((date: string, _options: unknown, command: Command) => {
      const { json, lang, comune: named } = optionsOf(command, ofComune);
      const comune = given(named);
      const answer = dayJson(explainDay(dateOf(date), comune?.istatCode ?? null), lang);
      io.out(json ? line(answer) : dayText(answer, comune, lang));
    });
}

function addPublication(calendar: Command, io: Io): void {
  calendar.command('publication').argument('<firstDay>', 'first day on the notice board')
    .description('publication on the notice board, executivity by each reading of the law, challenge')
    .addOption(new Option('--count <how>', 'whether the first day is one of the 15').choices(COUNTS).default(COUNTS[0]))
    .addOption(new Option('--reading <policy>', 'reading of the ten days that is drawn and explained').choices(READINGS).default(READINGS[0]))
    .option('--outages <dates>', 'days on which the board was down 12 hours or more, separated by commas', '')
    .option('--no-shift', 'outages do not move the executive day')
    .addHelpText('after', example('calendar publication 2026-06-25', 'calendar publication 2026-06-25 --outages 2026-06-26,2026-06-30 --lang en'))
    .action((firstDay: string, _options: unknown, command: Command) => {
      const { json, lang, count, reading, outages, shift } = optionsOf(command, calendarOptions.extend({
        count: z.enum(COUNTS), reading: z.enum(READINGS), outages: z.string(), shift: z.boolean(),
      }));
      const down = outages === '' ? [] : outages.split(',').map(dateOf);
      const answer = publicationJson(explainPublication({ firstDay: dateOf(firstDay), count, outages: down, interruptionShifts: shift }), lang);
      io.out(json ? line(answer) : publicationText(answer, reading, lang));
    });
}

const KINDS_HELP = `
Kinds: ${TERM_KINDS.join(', ')}.
EFFECT_… are terms on which an effect ripens and never roll; ACT_… are terms for doing an act and roll off holidays.
CLEAR_DAYS gives the earliest session after a delivery, CLEAR_DAYS_BACK the latest delivery before a session.`;

function addTerm(calendar: Command, io: Io): void {
  withComune(calendar.command('term'))
    .argument('<kind>', 'kind of term, e.g. ACT_DAYS').argument('<from>', 'day from which it runs; for HOURS an instant').argument('<n>', 'how many')
    .description('when a term ends, and which day was skipped or rolled')
    .option('--saturday-rolls', 'a last day that is a Saturday rolls too')
    .addHelpText('after', KINDS_HELP + example(
      'calendar term ACT_DAYS 2026-11-28 10', 'calendar term WORKING_DAYS 2026-12-04 2 --comune Milano', 'calendar term HOURS 2026-10-24T20:00:00+02:00 24',
    ))
    .action((kindText: string, fromText: string, nText: string, _options: unknown, command: Command) => {
      const { json, lang, comune: named, saturdayRolls } = optionsOf(command, ofComune.extend({ saturdayRolls: z.boolean().default(false) }));
      const kind = kindOf(kindText);
      const from = kind === 'HOURS' ? instantOf(fromText) : dateOf(fromText);
      const comune = given(named);
      const answer = termJson(explainTerm({ kind, from, n: countOf(nText, kind), istatCode: comune?.istatCode ?? null, saturdayRolls }), lang);
      io.out(json ? line(answer) : termText(answer, { kind, comune }, lang));
    });
}

function addMajority(calendar: Command, io: Io): void {
  calendar.command('majority')
    .description('whether a vote of the council is valid and carried')
    .requiredOption('--councillors <n>', 'councillors of the council, the mayor left out')
    .requiredOption('--present <n>', 'councillors present, the mayor left out')
    .option('--mayor', 'the mayor is present too')
    .requiredOption('--for <n>', 'votes in favour')
    .requiredOption('--against <n>', 'votes against')
    .option('--abstained <n>', 'abstentions', '0')
    .addOption(new Option('--rule <rule>', 'majority that is needed').choices(RULES).default(RULES[0]))
    .addOption(new Option('--abstentions <how>', 'whether those who abstain count as voters').choices(ABSTENTIONS).default(ABSTENTIONS[0]))
    .addHelpText('after', example('calendar majority --councillors 12 --present 8 --for 7 --against 0 --abstained 1'))
    .action((_options: unknown, command: Command) => {
      const votes = wholeNumber(0, MOST_MEMBERS);
      const { json, lang, councillors, present, mayor, for: inFavour, against, abstained, rule, abstentions } = optionsOf(command, calendarOptions.extend({
        councillors: wholeNumber(1, MOST_MEMBERS - 1), present: wholeNumber(0, MOST_MEMBERS - 1), mayor: z.boolean().default(false),
        for: votes, against: votes, abstained: votes, rule: z.enum(RULES), abstentions: z.enum(ABSTENTIONS),
      }));
      const ballot = { councillors, councillorsPresent: present, mayorPresent: mayor, votes: { for: inFavour, against, abstained }, rule, abstentions };
      const fault = ballotFault(ballot);
      if (fault !== null) throw new DoesNotHold(`VOTES_INCONSISTENT: ${ballotFaultInWords(fault)[lang]}`, { json: { code: 'VOTES_INCONSISTENT', ...fault } });
      const answer = majorityJson(ballot, lang);
      io.out(json ? line(answer) : majorityText(answer, lang));
    });
}

function withComune(command: Command): Command {
  return command.option('--comune <name>', 'name, ISTAT code or IPA code of a comune, for its patron');
}

function given(comune: string | undefined): Body | null {
  return comune === undefined ? null : comuneOf(comune);
}

function dateOf(text: string): string {
  if (isSensibleDate(text)) return text;
  throw new CannotRun(`${JSON.stringify(text)} is no date: give a civil date from ${FIRST_YEAR} to ${LAST_YEAR}, like 2026-06-25.`);
}

function instantOf(text: string): string {
  if (isSensibleInstant(text)) return text;
  throw new CannotRun(`${JSON.stringify(text)} is no instant: HOURS run from one with offset, like 2026-06-25T10:30:00+02:00.`);
}

function kindOf(text: string): TermKind {
  const name = text.toUpperCase().replaceAll('-', '_');
  const kind = TERM_KINDS.find((one) => one === name);
  if (kind === undefined) throw new CannotRun(`${JSON.stringify(text)} is no kind of term: give one of ${TERM_KINDS.join(', ')}.`);
  return kind;
}

function countOf(text: string, kind: TermKind): number {
  const n = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (n <= TERM_LIMITS[kind]) return n;
  throw new CannotRun(`${kind} takes a whole number from 0 to ${TERM_LIMITS[kind]}, not ${JSON.stringify(text)}.`);
}

function line(answer: object): string {
  return `${JSON.stringify(answer)}\n`;
}
