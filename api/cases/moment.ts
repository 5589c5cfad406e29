import { z } from 'zod';
import type { Db } from '../../db/client.ts';
import { getCaseAt, stateInForce, versionAsOf, versionAtEvent, type CaseAt } from '../../db/queries/cases.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { addHours, compareInstants, isCivilDate, startOfDay, type Instant } from '../../domain/shared/civil-date.ts';
import { isInstant } from '../../domain/shared/instant.ts';
import { says } from '../../domain/shared/says.ts';
import { queryNumber } from '../http/paging.ts';
import { Problem } from '../problems.ts';

const INSTANT = says('deve essere un istante RFC 3339 con offset, ad esempio 2026-06-25T10:30:00+02:00', 'must be an instant by RFC 3339 with offset, like 2026-06-25T10:30:00+02:00');
const EVENT = says("deve essere l'id di un evento: flusso e versione, ad esempio adhesion/c_a010-1@9", 'must be the id of an event: stream and version, like adhesion/c_a010-1@9');
const DATE = says('deve essere una data civile AAAA-MM-GG, ad esempio 2026-06-25', 'must be a civil date YYYY-MM-DD, like 2026-06-25');

/** What was known: to a version, at an instant, or when an event was recorded, of this case or of another that the caller may see. */
export const knownQuery = {
  asOfVersion: queryNumber(1, 1_000_000_000).optional().describe('By what was known at this version'),
  asOf: z.string().max(35, { ...INSTANT, abort: true }).refine(isInstant, INSTANT).meta({ format: 'date-time' }).optional()
    .describe('By what was known (recorded) at this instant; not in the future'),
  asOfEvent: z.string().max(120, { ...EVENT, abort: true }).regex(/^(?:(?:adhesion|migration)\/[a-z][\w.-]{1,90}|campaign\/[\da-f-]{1,40}|constitution\/agency-\d{1,6})@[1-9]\d{0,8}$/, EVENT).optional()
    .describe('By what was known right after this event, of this case or of another: its id, stream and version'),
  asOfPosition: queryNumber(1, 2_147_483_647).optional().describe('By what was known right after the event at this position in the store'),
};

/** Which view of a case is asked for: what was known, and what of it was in force on a day. */
export const momentQuery = z.strictObject({
  ...knownQuery,
  validOn: z.string().max(10, { ...DATE, abort: true }).refine(isCivilDate, DATE).meta({ format: 'date' }).optional()
    .describe('As it was in force on this civil day: the facts that counted by then, with the corrections known at asOf'),
});

const ONE_MOMENT = { it: 'asOfVersion, asOf, asOfEvent e asOfPosition indicano tutti il momento: se ne dia uno solo.', en: 'asOfVersion, asOf, asOfEvent and asOfPosition are ways to ask for one moment: give one.' };
const IN_FUTURE = { it: 'asOf è nel futuro: ciò che si saprà allora non è ancora noto.', en: 'asOf lies in the future: what will be known then is not known yet.' };

/** Hosts whose clocks differ by less are of one time. */
const CLOCK_TOLERANCE_HOURS = 1 / 60;

export type Moment = z.output<typeof momentQuery>;
type Known = Omit<Moment, 'validOn'>;

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
 * a moment that is still to come (its answer could still change), for an event that is not there or not for this caller, and where
 * the case was not known yet.
 */
export async function versionKnown(db: Db, stream: string, head: number, moment: Known, now: Instant): Promise<number> {
  const { asOfVersion, asOf, asOfEvent, asOfPosition } = moment;
  const [named, second] = (['asOfVersion', 'asOf', 'asOfEvent', 'asOfPosition'] as const).filter((way) => moment[way] !== undefined);
  if (second !== undefined) throw Problem.validation([{ code: 'ONE_OF', message: ONE_MOMENT, path: second }]);
  if (named === undefined) return head;
  if (asOfVersion !== undefined) {
    if (asOfVersion > head) throw notFound({ it: `La pratica non ha la versione ${asOfVersion}.`, en: `The case has no version ${asOfVersion}.` });
    return asOfVersion;
  }
  if (asOf !== undefined && compareInstants(asOf, addHours(now, CLOCK_TOLERANCE_HOURS)) > 0) {
    throw Problem.validation([{ code: 'IN_FUTURE', message: IN_FUTURE, path: 'asOf' }]);
  }
  const version = asOf === undefined ? await versionAtEvent(db, stream, asOfEvent ?? Number(asOfPosition)) : await versionAsOf(db, stream, asOf);
  if (version === undefined) throw notFound({ it: `Non vi è alcun evento ${asOfEvent ?? `alla posizione ${asOfPosition}`}.`, en: `There is no event ${asOfEvent ?? `at position ${asOfPosition}`}.` });
  if (version === 0) throw notFound({ it: 'In questo istante la pratica non era ancora nota.', en: 'The case was not known yet at this instant.' });
  return version;
}

function notFound(detail: Bilingual): Problem {
  return Problem.of('NOT_FOUND', { detail });
}
