import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { FIRST_YEAR, isSensibleDate, isSensibleInstant, LAST_YEAR } from '../../domain/adhesion/bounds.ts';
import { dayJson, majorityJson, publicationJson, termJson } from '../../domain/calendar/answers.ts';
import { explainDay, explainPublication, explainTerm, TERM_KINDS, TERM_LIMITS, type TermKind } from '../../domain/calendar/calculator.ts';
import { CALENDAR_VERSIONS, CURRENT_CALENDAR } from '../../domain/calendar/calendars.ts';
import { ballotFault } from '../../domain/calendar/majority.ts';
import { ballotFaultInWords } from '../../domain/calendar/words.ts';
import type { Bilingual, Language } from '../../domain/shared/bilingual.ts';
import { says } from '../../domain/shared/says.ts';
import type { Context } from '../context.ts';
import { COMPUTED_CACHE } from '../http/cache.ts';
import { answerLanguage } from '../http/language.ts';
import { queryNumber } from '../http/paging.ts';
import { CalendarDay, CalendarMajority, CalendarPublication, CalendarTerm } from '../openapi/calendar-schemas.ts';
import { problems, type Documented } from '../openapi/schemas.ts';
import { Problem } from '../problems.ts';

const MOST_OUTAGES = 100;
const MOST_MEMBERS = 101;

const A_DATE: Bilingual = { it: `una data dal ${FIRST_YEAR} al ${LAST_YEAR}`, en: `a civil date from ${FIRST_YEAR} to ${LAST_YEAR}` };
const AN_INSTANT: Bilingual = {
  it: `un istante con offset dal ${FIRST_YEAR} al ${LAST_YEAR}`,
  en: `an instant with offset from ${FIRST_YEAR} to ${LAST_YEAR}`,
};

// One sentence for whatever is wrong with a date: a calculator is asked by hand.
const DATE = says(`deve essere ${A_DATE.it}`, `must be ${A_DATE.en}`);
const civilDate = z.string(DATE).refine(isSensibleDate, DATE).meta({ format: 'date', maxLength: 10, examples: ['2026-06-25'] });
const flag = z.enum(['true', 'false']);
const istat = z.string().regex(/^\d{6}$/, says('deve essere un codice ISTAT di sei cifre, ad esempio 015146', 'must be an ISTAT code of six digits, like 015146')).optional().describe('ISTAT code of a comune, for its patron');
/** What every question may also say. */
const common = {
  calendarVersion: z.enum(CALENDAR_VERSIONS).optional().describe('Version of the calendar; default: the current one'),
  lang: z.enum(['it', 'en']).optional().describe('Language of the words; default: by Accept-Language, else Italian'),
};

const outages = z.string().max(MOST_OUTAGES * 11 - 1, says(`può avere al massimo ${MOST_OUTAGES} date`, `must be ${MOST_OUTAGES} dates at most`))
  .refine((text) => listOf(text).every(isSensibleDate), says('deve essere un elenco di date separate da virgole, ad esempio 2026-06-26,2026-06-27', 'must be civil dates separated by commas, like 2026-06-26,2026-06-27'))
  .optional().describe('Days on which the notice board was down 12 hours or more, separated by commas');

/** The legal clock as a calculator: pure, it reads nothing of any case. */
export function calendarRoutes({ bodies }: Context): FastifyPluginAsyncZod {
  const [Day, Publication, Term, Majority]: readonly Documented[] = [CalendarDay, CalendarPublication, CalendarTerm, CalendarMajority];
  const tags = ['calendar'];

  /** The ISTAT code of a comune that there is, or null when none was given. */
  const knownComune = (istatCode: string | undefined): string | null => {
    if (istatCode === undefined) return null;
    if (bodies.findByIstat(istatCode) === undefined) throw Problem.of('NOT_FOUND', {
      detail: { it: `Nessun comune del territorio ha il codice ISTAT ${istatCode}.`, en: `No comune of the territory has the ISTAT code ${istatCode}.` },
    });
    return istatCode;
  };

  return async (app) => {
    app.get('/v1/calendar/days/:date', {
      schema: {
        tags, operationId: 'calendar-day', summary: 'What a civil day is: legal holiday, working day of a comune',
        params: z.strictObject({ date: civilDate.describe('Civil date') }), querystring: z.strictObject({ istat, ...common }),
        response: { 200: Day, ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { istat: code, calendarVersion = CURRENT_CALENDAR } = request.query;
      return dayJson(explainDay(request.params.date, knownComune(code), calendarVersion), languageFor(request, reply));
    });

    app.get('/v1/calendar/publication', {
      schema: {
        tags, operationId: 'calendar-publication', summary: 'Publication on the notice board, executivity by each reading of the law, challenge',
        querystring: z.strictObject({
          firstDay: civilDate.describe('First day on the notice board'),
          count: z.enum(['INCLUDE_FIRST', 'EXCLUDE_FIRST']).optional().describe('Whether the first day is one of the 15; default INCLUDE_FIRST'),
          outages,
          interruptionShifts: flag.optional().describe('Whether outages move the executive day too; default true'),
          ...common,
        }),
        response: { 200: Publication, ...problems(400) },
      },
    }, async (request, reply) => {
      const { firstDay, count = 'INCLUDE_FIRST', outages: down = '', interruptionShifts = 'true', calendarVersion = CURRENT_CALENDAR } = request.query;
      const answer = explainPublication({ firstDay, count, outages: listOf(down), interruptionShifts: interruptionShifts === 'true', calendar: calendarVersion });
      return publicationJson(answer, languageFor(request, reply));
    });

    app.get('/v1/calendar/term', {
      schema: {
        tags, operationId: 'calendar-term', summary: 'When a term ends',
        querystring: z.strictObject({
          kind: z.enum(TERM_KINDS).describe('What kind of term'),
          from: z.string(says(`deve essere ${A_DATE.it}, o per HOURS ${AN_INSTANT.it}`, `must be ${A_DATE.en}, or for HOURS ${AN_INSTANT.en}`)).max(35).describe('Day from which it runs; for CLEAR_DAYS_BACK the day of the session, for HOURS an instant').meta({ examples: ['2026-11-28'] }),
          n: queryNumber(0, Math.max(...Object.values(TERM_LIMITS))).describe('How many days, working days, hours or months'),
          istat,
          saturdayRolls: flag.optional().describe('Whether a last day that is a Saturday rolls too, for terms of acts; default false'),
          ...common,
        }),
        response: { 200: Term, ...problems(400, 404) },
      },
    }, async (request, reply) => {
      const { kind, from: given, n, istat: code, saturdayRolls = 'false', calendarVersion = CURRENT_CALENDAR } = request.query;
      const from = withPlus(given);
      checkTerm(kind, from, n);
      const answer = explainTerm({ kind, from, n, istatCode: knownComune(code), saturdayRolls: saturdayRolls === 'true', calendar: calendarVersion });
      return termJson(answer, languageFor(request, reply));
    });

    app.get('/v1/calendar/majority', {
      schema: {
        tags, operationId: 'calendar-majority', summary: 'Whether a vote of the council is valid and carried',
        querystring: z.strictObject({
          councillors: queryNumber(1, MOST_MEMBERS - 1).describe('Councillors of the council, the mayor left out'),
          councillorsPresent: queryNumber(0, MOST_MEMBERS - 1).describe('Those present, the mayor left out'),
          mayorPresent: flag.optional().describe('Whether the mayor is present too; default false'),
          for: queryNumber(0, MOST_MEMBERS).describe('Votes in favour'),
          against: queryNumber(0, MOST_MEMBERS).describe('Votes against'),
          abstained: queryNumber(0, MOST_MEMBERS).optional().describe('Abstentions; default 0'),
          rule: z.enum(['ABSOLUTE_OF_MEMBERS', 'SIMPLE_OF_VOTERS']).optional().describe('Majority; default ABSOLUTE_OF_MEMBERS'),
          abstentions: z.enum(['NOT_VOTERS', 'VOTERS']).optional().describe('Whether those who abstain count as voters; default NOT_VOTERS'),
          lang: common.lang,
        }),
        response: { 200: Majority, ...problems(400, 409) },
      },
    }, async (request, reply) => {
      const { for: inFavour, against, abstained = 0, mayorPresent = 'false', rule = 'ABSOLUTE_OF_MEMBERS', abstentions = 'NOT_VOTERS', councillors, councillorsPresent } = request.query;
      const ballot = { councillors, councillorsPresent, mayorPresent: mayorPresent === 'true', votes: { for: inFavour, against, abstained }, rule, abstentions };
      const fault = ballotFault(ballot);
      if (fault !== null) {
        const path = fault.path === 'votes' ? 'for' : fault.path;
        throw Problem.refused('VOTES_INCONSISTENT', [{ code: 'VOTES_INCONSISTENT', message: ballotFaultInWords(fault), path }]);
      }
      return majorityJson(ballot, languageFor(request, reply));
    });
  };
}

/** An answer of the clock is the same for as long as its calendar: it may be kept, in the language it is in. */
function languageFor(request: FastifyRequest, reply: FastifyReply): Language {
  reply.headers(COMPUTED_CACHE);
  return answerLanguage(request, reply);
}

/** What depends on the kind of term. Throws Problem. */
function checkTerm(kind: TermKind, from: string, n: number): void {
  const reasons = [
    ...(kind === 'HOURS' || isSensibleDate(from) ? [] : [{ code: 'NOT_VALID', message: runsFrom(kind, A_DATE, '2026-06-25'), path: 'from' }]),
    ...(kind !== 'HOURS' || isSensibleInstant(from) ? [] : [{ code: 'NOT_VALID', message: runsFrom(kind, AN_INSTANT, '2026-06-25T10:30:00+02:00'), path: 'from' }]),
    ...(n <= TERM_LIMITS[kind] ? [] : [{ code: 'TOO_BIG', message: { it: `${kind} ammette un numero intero da 0 a ${TERM_LIMITS[kind]}.`, en: `${kind} takes a whole number from 0 to ${TERM_LIMITS[kind]}.` }, path: 'n' }]),
  ];
  if (reasons.length > 0) throw Problem.validation(reasons);
}

function runsFrom(kind: TermKind, { it, en }: Bilingual, example: string): Bilingual {
  return { it: `${kind} decorre da ${it}, ad esempio ${example}.`, en: `${kind} runs from ${en}, like ${example}.` };
}

/** A plus that was not encoded arrives as a space: `…T10:30:00 02:00` can only mean one thing. */
function withPlus(from: string): string {
  return from.replace(/ (\d{2}:\d{2})$/, '+$1');
}

function listOf(text: string): string[] {
  return text === '' ? [] : text.split(',');
}
