import { loadBodies } from '../../../api/bodies.ts';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { findService } from '../../../domain/catalogue/catalogue.ts';
import { cutoverTraits } from '../../../domain/catalogue/windows.ts';
import type { Terms } from '../../../domain/portfolio/plan.ts';
import type { Comune, PlannedService } from '../../../domain/portfolio/portfolio.ts';

const CATALOGUE = loadCatalogue();
const BODIES = loadBodies();

/** Terms under which nothing but the calendar stands in the way. */
export const TERMS: Terms = { from: '2026-12-01', perWeek: 500, perWeekOfService: 500, horizonWeeks: 52, workingDaysBetweenDependents: 30 };

/** A service of the shipped catalogue as it is planned. */
export function planned(service: string): PlannedService {
  const found = findService(CATALOGUE, service);
  if (found === undefined) throw new Error(`The catalogue has no ${service}`);
  return { service, dependsOn: found.dependsOn, traits: cutoverTraits(found) };
}

/** A member of the territory by its name, with nothing asked for. */
export function comune(name: string, other: Partial<Comune> = {}): Comune {
  const found = BODIES.all.find((body) => body.name === name);
  if (found === undefined) throw new Error(`No comune is called ${name}`);
  const { ipaCode, istatCode, population } = found;
  return { body: ipaCode, population, membership: 'MEMBER', services: new Map(), place: { istatCode, elections: [], sessions: [], patronStaffed: false }, ...other };
}

/** All comuni of the territory as members with nothing asked for. */
export function everyone(): readonly Comune[] {
  return BODIES.all.map(({ name }) => comune(name));
}
