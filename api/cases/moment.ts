import { z } from 'zod';
import type { Db } from '../../db/client.ts';
import { getCaseAt, stateInForce, versionAsOf, type CaseAt } from '../../db/queries/cases.ts';
import { addHours, compareInstants, isCivilDate, startOfDay, type Instant } from '../../domain/shared/civil-date.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import { says } from '../../domain/shared/says.ts';
import { queryNumber } from '../http/paging.ts';
import { Problem } from '../problems.ts';

const INSTANT = says('deve essere un istante RFC 3339 con offset, ad esempio 2026-06-25T10:30:00+02:00', 'must be an instant by RFC 3339 with offset, like 2026-06-25T10:30:00+02:00');
const DATE = says('deve essere una data civile AAAA-MM-GG, ad esempio 2026-06-25', 'must be a civil date YYYY-MM-DD, like 2026-06-25');

/** Which view of a case is asked for: what was known (to a version or at an instant), and what of it was in force on a day. */
export const momentQuery = z.strictObject({
  asOfVersion: queryNumber(1, 1_000_000_000).optional().describe('By what was known at this version'),
  asOf: z.string().max(35, { ...INSTANT, abort: true }).refine(isInstant, INSTANT).meta({ format: 'date-time' }).optional()
    .describe('By what was known (recorded) at this instant; not in the future'),
  validOn: z.string().max(10, { ...DATE, abort: true }).refine(isCivilDate, DATE).meta({ format: 'date' }).optional()
    .describe('As it was in force on this civil day: the facts that counted by then, with the corrections known at asOf'),
});

const ONE_MOMENT = { it: 'asOfVersion e asOf indicano entrambi il momento: se ne dia uno solo.', en: 'asOfVersion and asOf are two ways to ask for one moment: give one.' };
const IN_FUTURE = { it: 'asOf è nel futuro: ciò che si saprà allora non è ancora noto.', en: 'asOf lies in the future: what will be known then is not known yet.' };

/** Hosts whose clocks differ by less are of one time. */
const CLOCK_TOLERANCE_HOURS = 1 / 60;

export type Moment = z.output<typeof momentQuery>;

/**
 * A case at the moment asked for: what was known, by its version, and of it what was in force on a day; with the instant from which
 * it is looked at. Throws Problem, as `versionKnown` says.
 */
export async function caseAtMoment(db: Db, stream: string, head: CaseAt, moment: Moment, now: Instant): Promise<CaseAt & { readonly at: Instant }> {
  const version = await versionKnown(db, stream, head.version, moment, now);
  const { asOf = now, validOn } = moment;
  if (validOn !== undefined) return { version, state: await stateInForce(db, stream, version, validOn), at: startOfDay(validOn) };
  return { ...(version === head.version ? head : await getCaseAt(db, stream, version)), at: asOf };
}

/**
 * The version of a case up to which its events were known at the moment asked for. Throws Problem: for two ways of naming it, for
 * a moment that is still to come (its answer could still change), and where the case was not known yet.
 */
async function versionKnown(
  db: Db, stream: string, head: number, { asOfVersion, asOf }: Moment, now: Instant,
): Promise<number> {
  if (asOf === undefined) {
    if (asOfVersion !== undefined && asOfVersion > head) throw Problem.of('NOT_FOUND', { detail: { it: `La pratica non ha la versione ${asOfVersion}.`, en: `The case has no version ${asOfVersion}.` } });
    return asOfVersion ?? head;
  }
  if (asOfVersion !== undefined) {
    throw Problem.validation([{ code: 'ONE_OF', message: ONE_MOMENT, path: 'asOf' }]);
  }
  if (compareInstants(asOf, addHours(now, CLOCK_TOLERANCE_HOURS)) > 0) {
    throw Problem.validation([{ code: 'IN_FUTURE', message: IN_FUTURE, path: 'asOf' }]);
  }
  const version = await versionAsOf(db, stream, asOf);
  if (version === 0) throw Problem.of('NOT_FOUND', { detail: { it: 'In questo istante la pratica non era ancora nota.', en: 'The case was not known yet at this instant.' } });
  return version;
}
