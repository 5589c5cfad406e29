import { z } from 'zod';
import { MOST_PER_WEEK, MOST_WEEKS } from '../../domain/portfolio/schemas.ts';
import { instant, ipaCode, Reason } from './schemas.ts';

/** Shapes of the portfolio's answers, for the document. */

const day = z.string().max(10).meta({ format: 'date' });
const int32 = (least: number, most = 2_147_483_647) => z.int().min(least).max(most).meta({ format: 'int32' });
const service = z.string().max(50).describe('Name of a service of the catalogue');
const name = z.string().max(100).describe('Name of the comune');
const MOST_COMUNI = 1_000;

export const PortfolioRow = z.object({
  body: ipaCode, istatCode: z.string().regex(/^\d{6}$/), name, population: int32(1),
  adhesion: z.string().max(100).nullable().describe('Id of its newest adhesion; null: there is none'), phase: z.string().max(40).nullable(),
  cells: z.array(z.object({
    service, migration: z.string().max(100).describe('Id of the newest migration of that service'), state: z.string().max(40), since: instant.describe('When that state became known'), late: z.boolean(),
  })).max(300).describe('Services that were asked for'),
}).meta({ id: 'PortfolioRow', description: 'A comune with how its services stand' });

export const CutoverInCalendar = z.object({
  migration: z.string().max(100), body: ipaCode, name, service,
  kind: z.enum(['PLANNED', 'SCHEDULED', 'DONE']).describe('PLANNED: for a day, by the approved plan; SCHEDULED: its window is set; DONE: it went well'),
  from: instant, to: instant, week: day.describe('Monday of its week'),
  conflicts: z.array(Reason).max(100).describe('Forbidden windows that it touches by now, a week over its capacity, another service of the comune at the same time'),
}).meta({ id: 'CutoverInCalendar', description: 'A cutover with what stands against it' });

const Explained = z.object({ body: ipaCode, name, reasons: z.array(Reason).max(100) });
const Wave = z.object({
  wave: int32(1), from: instant, to: instant, week: day.describe('Monday of its week'), inWeek: int32(0).describe('Cutovers of all services that begin in that week, these included'),
  comuni: z.array(Explained).max(MOST_COMUNI).describe('With why not in the first window; no reason: it is'),
}).meta({ id: 'Wave', description: 'Comuni whose service is cut over in the same window' });

export const MigrationPlan = z.object({
  service, from: day.describe('First day on which a cutover may begin'), until: day.describe('Last day on which a window was looked for'),
  capacity: z.object({
    perWeek: int32(1, MOST_PER_WEEK).describe('Cutovers of all services in a week'), perWeekOfService: int32(1, MOST_PER_WEEK).describe('The same of one service'), horizonWeeks: int32(1, MOST_WEEKS),
    policy: z.string().max(20).describe('Version of the policy that says what the query does not'),
  }),
  order: z.string().max(500).describe('Who comes first, in words'),
  plans: z.array(z.object({ service, waves: z.array(Wave).max(MOST_WEEKS), unplaced: z.array(Explained).max(MOST_COMUNI).describe('Comuni without a window, and why') })).max(30)
    .describe('One for each service: what it depends on first, where that was asked for'),
}).meta({ id: 'MigrationPlan', description: 'Waves proposed for a service' });
