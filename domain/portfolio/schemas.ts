import { z } from 'zod';
import type { PortfolioPolicy } from './portfolio.ts';

/** Most cutovers that a week is taken to carry. */
export const MOST_PER_WEEK = 500;
/** A plan looks no further ahead. */
export const MOST_WEEKS = 260;

/** The policy of the portfolio as its file holds it. */
export const PortfolioPolicyFile = z.strictObject({
  version: z.string().regex(/^\d{4}\.\d+$/),
  perWeek: z.int().min(1).max(MOST_PER_WEEK),
  perWeekOfService: z.int().min(1).max(MOST_PER_WEEK),
  horizonWeeks: z.int().min(1).max(MOST_WEEKS),
  leadDays: z.int().min(0).max(365),
  workingDaysBetweenDependents: z.int().min(0).max(250),
}) satisfies z.ZodType<PortfolioPolicy>;
