import { z } from 'zod';
import type { Db } from '../../db/client.ts';
import { versionAsOf } from '../../db/queries/cases.ts';
import { addHours, compareInstants, isCivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import { queryNumber } from '../http/paging.ts';
import { Problem } from '../problems.ts';

/** Which view of a case is asked for: what was known (to a version or at an instant), and what of it was in force on a day. */
export const momentQuery = z.strictObject({
  asOfVersion: queryNumber(1, 1_000_000_000).optional().describe('By what was known at this version'),
  asOf: z.string().max(35).refine(isInstant, 'Must be an instant by RFC 3339 with offset').meta({ format: 'date-time' }).optional()
    .describe('By what was known (recorded) at this instant; not in the future'),
  validOn: z.string().max(10).refine(isCivilDate, 'Must be a civil date, YYYY-MM-DD').meta({ format: 'date' }).optional()
    .describe('As it was in force on this civil day: the facts that counted by then, with the corrections known at asOf'),
});

/** Hosts whose clocks differ by less are of one time. */
const CLOCK_TOLERANCE_HOURS = 1 / 60;

/**
 * The version of a case up to which its events were known at the moment asked for. Throws Problem: for two ways of naming it, for
 * a moment that is still to come (its answer could still change), and where the case was not known yet.
 */
export async function versionKnown(
  db: Db, stream: string, head: number, { asOfVersion, asOf }: z.output<typeof momentQuery>, now: Instant,
): Promise<number> {
  if (asOf === undefined) {
    if (asOfVersion !== undefined && asOfVersion > head) throw Problem.of('NOT_FOUND', { detail: 'The case has no such version.' });
    return asOfVersion ?? head;
  }
  if (asOfVersion !== undefined) {
    throw Problem.validation([{ code: 'ONE_OF', message: 'asOfVersion and asOf are two ways to ask for one moment: give one.', path: 'asOf' }]);
  }
  if (compareInstants(asOf, addHours(now, CLOCK_TOLERANCE_HOURS)) > 0) {
    throw Problem.validation([{ code: 'IN_FUTURE', message: 'asOf lies in the future: what will be known then is not known yet.', path: 'asOf' }]);
  }
  const version = await versionAsOf(db, stream, asOf);
  if (version === 0) throw Problem.of('NOT_FOUND', { detail: 'The case was not known yet at this instant.' });
  return version;
}
