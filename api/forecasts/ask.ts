import { casesOfBodies, openConstitutions, type CaseOfBody } from '../../db/queries/cases.ts';
import type { AdhesionState } from '../../domain/adhesion/index.ts';
import type { Constitution, ConstitutionState } from '../../domain/constitution/state.ts';
import { numberOf } from '../../domain/shared/case-number.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import type { ForecastBody } from '../../simulation/forecast/arrivals.ts';
import type { Forecast } from '../../simulation/forecast/forecast.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { ADHESION } from '../cases/kinds.ts';
import { isRecorded } from '../cases/recorded-reads.ts';
import { territoryOf as comuniOf } from '../constitution/starting.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { pathsOf, standingPath, type ForecastRequest } from './request.ts';
import type { Heard } from './threads.ts';

const BATCH = 200;
/** As many faults as an answer shows. */
const MOST_FAULTS = 100;

/** Forecasts from where the cases stand now: copies of their states go on in memory, on a thread of their own. Throws Problem. */
export async function askForecast(context: Context, asked: ForecastRequest, caller: Caller, heard: Heard, signal: AbortSignal): Promise<Forecast> {
  const { bodies } = context;
  const asOf = civilDateOf(new Date().toISOString());
  const { path, shifted } = pathsOf(asked, standingPath(await openConstitution(context, caller)), comuniOf(bodies, asOf));
  const { shift, seed, runs, days, on = null } = asked;
  const delays = delaysOf(context, shift?.delays ?? []);
  const territory = await territoryOf(context, caller);
  return context.forecasts.run({ bodies: territory, question: { asOf, days, seed, runs, path, on }, shift: shift === undefined ? null : { path: shifted, delays } }, heard, signal);
}

async function openConstitution(context: Context, caller: Caller): Promise<Constitution | null> {
  const [open] = await openConstitutions(context.as(caller).db);
  // States come from the fold of that very process.
  return (open?.state as ConstitutionState | undefined)?.constitution ?? null;
}

function delaysOf({ bodies }: Context, delays: NonNullable<NonNullable<ForecastRequest['shift']>['delays']>): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const reasons: Reason[] = [];
  for (const [index, { body, days }] of delays.entries()) {
    const path = `shift.delays.${index}.body`;
    if (bodies.find(body) === undefined) reasons.push({ code: 'UNKNOWN_BODY', message: { it: `Nessun comune del territorio ha il codice IPA «${body.slice(0, 30)}».`, en: `No comune of the territory has the IPA code "${body.slice(0, 30)}".` }, path });
    else if (found.has(body)) reasons.push({ code: 'BODY_TWICE', message: { it: `${body} è indicato due volte.`, en: `${body} is named twice.` }, path });
    found.set(body, days);
    if (reasons.length === MOST_FAULTS) break;
  }
  if (reasons.length > 0) throw Problem.validation(reasons);
  return found;
}

/** Each comune with its adhesion: the open one, else the last. Who looks at all of them leaves a trace. */
async function territoryOf(context: Context, caller: Caller): Promise<readonly ForecastBody[]> {
  const { bodies: { all } } = context;
  const found = new Map<string, CaseOfBody>();
  for (let from = 0; from < all.length; from += BATCH) {
    const cases = await casesOfBodies(context.as(caller).db, ADHESION.name, all.slice(from, from + BATCH).map(({ ipaCode }) => ipaCode));
    for (const one of cases) {
      const other = found.get(one.body);
      if (other === undefined || isNewer(one, other)) found.set(one.body, one);
    }
    if (isRecorded(caller)) await context.reads.enterList(cases.map(({ stream }) => stream), actorOf(caller));
  }
  return all.map((comune): ForecastBody => {
    const { ipaCode, istatCode, name, population } = comune;
    const own = found.get(ipaCode);
    // States come from the fold of the adhesion's own process.
    return { comune: { ipaCode, istatCode, name, population }, live: own === undefined ? null : { id: own.id, version: (own.state as AdhesionState).version, state: own.state } };
  });
}

function isNewer(one: CaseOfBody, other: CaseOfBody): boolean {
  if (ADHESION.isClosed(one.state) !== ADHESION.isClosed(other.state)) return ADHESION.isClosed(other.state);
  return numberOf(one.id) > numberOf(other.id);
}
