import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { BodyEntry, TerritoryChange } from '../domain/territory/schemas.ts';
import { changeId } from '../domain/territory/decide.ts';
import { ancestorsOf, bodiesOn, bodyOf, evolveTerritory, shippedWith, successorsOf, territoryOf, type Body, type BodyData, type Territory } from '../domain/territory/territory.ts';
import { civilDateOf, type CivilDate } from '../domain/shared/civil-date.ts';
import { Problem } from './problems.ts';

export type { Body } from '../domain/territory/territory.ts';

/** A body with what nobody has to say of a comune that always was. */
export type GivenBody = Omit<BodyData, 'bodyType'> & Partial<Body>;

/** The bodies that may join, as this server knows the territory; how many is a matter of the data, comuni merge. */
export class Bodies {
  private territory: Territory;
  private today: { readonly on: CivilDate; readonly inBeing: readonly Body[]; readonly comuni: readonly Body[] } | null = null;

  /** Bodies of which no change is known, or a territory. */
  constructor(known: readonly GivenBody[] | Territory) {
    this.territory = 'lives' in known ? known : territoryOf(known.map((body) => ({ bodyType: 'COMUNE', ...body })));
  }

  /** The territory with its changes. */
  get known(): Territory {
    return this.territory;
  }

  /** Takes over what the journal says by now. */
  learn(territory: Territory): void {
    if (territory === this.territory) return;
    this.territory = territory;
    this.today = null;
  }

  /** The comuni in being today, in the order of their codes: what is counted of the territory. */
  get all(): readonly Body[] {
    return this.ofToday().comuni;
  }

  /** Every body in being today that may join, comuni and others, in the order of their codes. */
  get inBeing(): readonly Body[] {
    return this.ofToday().inBeing;
  }

  /** All bodies in being on a day. */
  on(day: CivilDate): readonly Body[] {
    return bodiesOn(this.territory, day);
  }

  /** By its IPA code, in being or not: what was recorded of a body keeps its name. */
  find(ipaCode: string): Body | undefined {
    return bodyOf(this.territory, ipaCode, civilDateOf(new Date().toISOString()));
  }

  /** Those that stand today in the place of a code: itself, or what it became. */
  standingFor(ipaCode: string): readonly Body[] {
    return successorsOf(this.territory, ipaCode, civilDateOf(new Date().toISOString())).flatMap((code) => this.find(code) ?? []);
  }

  /** True for a code that nobody took the place of yet, and for one that nobody knows. */
  readonly isInBeing = (ipaCode: string): boolean => {
    const life = this.territory.lives.get(ipaCode);
    return life === undefined || life.ended === null || civilDateOf(new Date().toISOString()) < life.ended;
  };

  /** Whatever a body came from. */
  readonly ancestorsOf = (ipaCode: string): readonly string[] => ancestorsOf(this.territory, ipaCode);

  /** The comune with an ISTAT code; of one that is no more, what it became where that is one. */
  findByIstat(istatCode: string): Body | undefined {
    const now = this.all.find((body) => body.istatCode === istatCode);
    if (now !== undefined) return now;
    const [former] = [...this.territory.lives.values()].filter(({ bodyType, names }) => bodyType === 'COMUNE' && names.some((named) => named.istatCode === istatCode));
    const [only, other] = former === undefined ? [] : this.standingFor(former.ipaCode);
    return other === undefined ? only : undefined;
  }

  /** Those in being whose name or codes, or those of a body whose place they took, hold a text, whatever its case and accents. */
  search(text: string, all: readonly Body[] = this.inBeing): readonly Body[] {
    const wanted = plain(text);
    return all.filter((body) => [body.ipaCode, ...ancestorsOf(this.territory, body.ipaCode)].some((code) => this.hasName(code, wanted)));
  }

  private ofToday(): NonNullable<Bodies['today']> {
    const on = civilDateOf(new Date().toISOString());
    if (this.today?.on === on) return this.today;
    const inBeing = bodiesOn(this.territory, on);
    this.today = { on, inBeing, comuni: inBeing.filter(({ bodyType }) => bodyType === 'COMUNE') };
    return this.today;
  }

  private hasName(code: string, wanted: string): boolean {
    const life = this.territory.lives.get(code);
    return code.includes(wanted) || (life?.names.some(({ name, istatCode }) => plain(name).includes(wanted) || istatCode.includes(wanted)) ?? false);
  }
}

/** A code that no comune of the territory has, in the data that name a body. */
export function unknownBody(ipaCode: string): Problem {
  const message = { it: `Nessun comune del territorio ha il codice IPA ${ipaCode}.`, en: `No comune of the territory has the IPA code ${ipaCode}.` };
  return Problem.validation([{ code: 'UNKNOWN_BODY', message, path: 'body' }]);
}

const Row = z.object({
  istat_code: z.string().regex(/^015\d{3}$/),
  name: z.string().min(1),
  cadastral_code: z.string().regex(/^[A-Z]\d{3}$/),
  population: z.string().regex(/^[1-9]\d*$/).transform(Number),
});

const FILE = new URL('../data/comuni-cmm.csv', import.meta.url);
const CHANGES_FILE = new URL('../data/territory/changes.json', import.meta.url);

/** The comuni of the Città metropolitana, with the changes that led to them. Throws when a file is not what it should be. */
export function loadBodies(file: URL = FILE, changesFile: URL = CHANGES_FILE): Bodies {
  const changes = z.array(TerritoryChange.omit({ predecessors: true }).extend({ predecessors: z.array(BodyEntry) })).parse(JSON.parse(readFileSync(changesFile, 'utf8')));
  const made = new Set(changes.flatMap(({ successors }) => successors.map(({ ipaCode }) => ipaCode)));
  const now = readComuni(file);
  const first = [...now.filter(({ ipaCode }) => !made.has(ipaCode)), ...changes.flatMap(({ predecessors }) => predecessors).filter(({ ipaCode }) => !made.has(ipaCode))];
  const then = changes.reduce((territory, { type, on, act, predecessors, successors }) => {
    const codes = predecessors.map(({ ipaCode }) => ipaCode);
    return evolveTerritory(territory, { type, data: { id: changeId({ on, successors }), on, act, predecessors: codes, successors }, effectiveOn: on });
  }, territoryOf(first));
  return new Bodies(counted(then, now));
}

/** The population of today's file for those that a change made: a council is as large as its comune is now. */
function counted(territory: Territory, now: readonly BodyData[]): Territory {
  const lives = new Map(territory.lives);
  for (const { ipaCode, population } of now) {
    const life = lives.get(ipaCode);
    if (life !== undefined) lives.set(ipaCode, { ...life, names: life.names.map((named, at) => (at === life.names.length - 1 ? { ...named, population } : named)) });
  }
  return shippedWith(lives, territory.changes);
}

function readComuni(file: URL): readonly BodyData[] {
  const records: unknown = parse(readFileSync(file), { columns: true, skip_empty_lines: true, bom: true });
  const rows = z.array(Row).min(1).parse(records);
  refuseRepeated('istat_code', rows.map((row) => row.istat_code));
  refuseRepeated('cadastral_code', rows.map((row) => row.cadastral_code));
  return rows.map((row) => ({
    ipaCode: `c_${row.cadastral_code.toLowerCase()}`, istatCode: row.istat_code, name: row.name, population: row.population, bodyType: 'COMUNE' as const,
  }));
}

function refuseRepeated(column: string, values: readonly string[]): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) throw new Error(`comuni-cmm.csv: ${column} ${value} stands twice`);
    seen.add(value);
  }
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
