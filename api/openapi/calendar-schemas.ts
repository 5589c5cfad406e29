import { z } from 'zod';
import { CALENDAR_VERSIONS } from '../../domain/calendar/calendars.ts';
import { TERM_KINDS } from '../../domain/calendar/calculator.ts';
import { Reason } from './schemas.ts';

/** Shapes of the calculator's answers, for the document. */

const day = z.string().max(10).meta({ format: 'date' });
const instant = z.string().max(35).meta({ format: 'date-time' });
const int32 = (least: number, most: number) => z.int().min(least).max(most).meta({ format: 'int32' });
const sentence = z.string().max(500);
const calendarVersion = z.enum(CALENDAR_VERSIONS).describe('Version of the calendar that was applied');
const rule = z.string().max(300).describe('Articles that were applied');
const POLICIES = ['START_EXCLUSIVE', 'START_INCLUSIVE', 'END'] as const;
const byPolicy = <Value extends z.ZodType>(value: Value) => z.object({ START_EXCLUSIVE: value, START_INCLUSIVE: value, END: value });

const Step = z.object({
  date: day, why: sentence.describe('What happened to that day, in words'), code: z.string().max(40).regex(/^[A-Z][A-Z_]*$/).describe('Stable code'),
  policy: z.enum(POLICIES).optional().describe('Reading of the ten days that the step belongs to'),
}).meta({ id: 'CalendarStep', description: 'A day that was counted, skipped or rolled, and why' });
const steps = z.array(Step).max(2_000);

export const CalendarDay = z.object({
  date: day, legalHoliday: z.boolean(), holidayName: z.string().max(100).nullable(),
  workingDay: z.boolean().describe('Whether the office of the comune works: no Saturday, no holiday, not its patron'),
  patron: z.object({ known: z.boolean().describe('False: nobody verified it, and no day is left out for it'), date: day.nullable(), name: z.string().max(100).nullable() })
    .nullable().describe('Null when no comune was given'),
  calendarVersion, rule, steps,
}).meta({ id: 'CalendarDay', description: 'What a civil day is' });

export const CalendarPublication = z.object({
  firstDay: day, count: z.enum(['INCLUDE_FIRST', 'EXCLUDE_FIRST']), endsOn: day.describe('Last day on the notice board'), removalOn: day,
  challengeableUntil: day.describe('Last day for a challenge before the TAR'),
  executiveOn: byPolicy(day).describe('First day on which the act is executive, by each reading of art. 134 c.3 TUEL'),
  gateOpensAt: byPolicy(instant).describe('00:00 in Rome of those days'),
  interruptedOn: z.array(day).max(100).describe('Outages that counted'),
  calendarVersion, rule, steps,
}).meta({ id: 'CalendarPublication', description: 'The days of an act on the notice board' });

export const CalendarTerm = z.object({
  kind: z.enum(TERM_KINDS), from: z.string().max(35).describe('Civil date; for HOURS an instant'), n: int32(0, 10_000),
  dueOn: day.optional().describe('Every kind but HOURS'), dueAt: instant.optional().describe('HOURS'),
  rolledFrom: day.optional().describe('The day that the count alone gave, where a holiday moved it'),
  calendarVersion, rule, steps,
}).meta({ id: 'CalendarTerm', description: 'When a term ends' });

export const CalendarMajority = z.object({
  members: int32(1, 101).describe('Councillors and mayor'), quorumFloor: int32(0, 100).describe('Fewest councillors, the mayor left out'), quorum: z.boolean(),
  needed: int32(1, 101).describe('Favourable votes needed'), approved: z.boolean(),
  reasons: z.array(Reason).max(10).describe('Why it is not approved'), steps: z.array(z.object({ why: sentence })).max(10).describe('How it was counted'),
}).meta({ id: 'CalendarMajority', description: 'Whether a vote of the council is carried' });
