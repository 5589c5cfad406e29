import { describe, expect, test } from 'vitest';
import {
  changeOf, currentServices, decideRevision, evolveCatalogue, findService, offeredServices, shippedCatalogue, type Catalogue, type CatalogueEvent, type Revision,
} from '../../../domain/catalogue/catalogue.ts';
import type { ServiceEntry } from '../../../domain/catalogue/schemas.ts';
import { full, FULL_ENTRY, LIGHT_ENTRY, OFFERED } from './entries.ts';

const shipped = shippedCatalogue([full('ROADS', ['LAND']), full('LAND'), { service: 'DESK', version: 1, ...LIGHT_ENTRY }]);
const changed: ServiceEntry = { ...LIGHT_ENTRY, title: { it: 'Sportello nuovo', en: 'New desk' } };
const by = (who: string, entry: ServiceEntry = changed, service = 'DESK'): Revision => ({ service, entry, by: who, twoPersons: true });

const decided = (catalogue: Catalogue, revision: Revision): CatalogueEvent[] => {
  const decision = decideRevision(catalogue, revision);
  if (decision.kind === 'refused') throw new Error(decision.code);
  return [...decision.events];
};
const refusedBy = (catalogue: Catalogue, revision: Revision) => {
  const decision = decideRevision(catalogue, revision);
  return decision.kind === 'refused' ? [decision.code, decision.reasons[0]?.path, decision.reasons[0]?.message.en] : decision.kind;
};
const after = (catalogue: Catalogue, revision: Revision): Catalogue => decided(catalogue, revision)
  .reduce((now, event) => evolveCatalogue(now, event, { version: now.head + 1, subject: revision.by, at: '2026-11-22T10:00:00Z' }), catalogue);

describe('shipped again', () => {
  const desk = (version: number, entry: ServiceEntry = LIGHT_ENTRY) => ({ service: 'DESK', version, ...entry });
  const later = shippedCatalogue([full('LAND'), desk(2, changed), desk(1)]);

  test('a later version is offered and the first stays readable', () => {
    expect([findService(later, 'DESK'), findService(later, 'DESK', 1), findService(later, 'LAND')?.version]).toEqual([desk(2, changed), desk(1), 1]);
  });

  test('it never takes the place of what an operator made of the version before', () => {
    const own = { ...LIGHT_ENTRY, personalData: 'SPECIAL' } as const;
    const revised: CatalogueEvent = { type: 'ServiceRevised', data: { service: 'DESK', version: 2, entry: own, preparedAt: null } };
    const now = evolveCatalogue(later, revised, { version: 1, subject: 'anna', at: '2026-11-22T10:00:00Z' });
    expect([findService(now, 'DESK'), findService(now, 'DESK', 2), findService(now, 'DESK', 1)]).toEqual([desk(2, own), desk(2, own), desk(1)]);
  });

  test('a version that none comes before is not loaded', () => {
    expect(() => shippedCatalogue([desk(2)])).toThrow('The service DESK of the catalogue: there is no version 1, which a later one follows');
    expect(() => shippedCatalogue([desk(1), desk(1)])).toThrow('there is no version 2');
  });
});

describe('by one person', () => {
  const one = (entry: ServiceEntry, service = 'DESK'): Revision => ({ ...by('anna', entry, service), twoPersons: false });

  test('a change is the next version, the one before stays readable', () => {
    const now = after(shipped, one(changed));
    expect([findService(now, 'DESK'), findService(now, 'DESK', 1)?.title, findService(now, 'DESK', 3), now.head]).toEqual([{ service: 'DESK', version: 2, ...changed }, LIGHT_ENTRY.title, undefined, 1]);
    expect(findService(after(now, one(LIGHT_ENTRY)), 'DESK')?.version).toBe(3);
  });

  test('says who made it and when; a version that was shipped says nothing', () => {
    const now = after(shipped, one(changed));
    expect([1, 2].map((version) => changeOf(now, { service: 'DESK', version }))).toEqual([undefined, { changedAt: '2026-11-22T10:00:00Z', changedBy: 'anna', preparedBy: null }]);
  });

  test('a service that was not there is its first version', () => {
    const now = after(shipped, one(LIGHT_ENTRY, 'ARCHIVE'));
    expect(findService(now, 'ARCHIVE')?.version).toBe(1);
    expect(currentServices(now).map(({ service }) => service)).toEqual(['ARCHIVE', 'DESK', 'LAND', 'ROADS']);
    expect(offeredServices(now).map(({ service }) => service)).toEqual(['ARCHIVE', 'DESK']);
  });

  test('the same content, in whatever order its members stand, is no change', () => {
    const turned = Object.fromEntries(Object.entries(LIGHT_ENTRY).toReversed()) as ServiceEntry;
    expect(decided(shipped, one(turned))).toEqual([]);
  });

  test('a way round is refused with its path, a service that there is not with its place', () => {
    expect(refusedBy(shipped, one({ ...FULL_ENTRY, dependsOn: ['ROADS'] }, 'LAND'))).toEqual(['DEPENDENCY_CYCLE', 'dependsOn', 'The dependencies go round in a circle: LAND → ROADS → LAND.']);
    expect(refusedBy(shipped, one({ ...FULL_ENTRY, dependsOn: ['NEW'] }, 'NEW'))).toEqual(['DEPENDENCY_CYCLE', 'dependsOn', 'The dependencies go round in a circle: NEW → NEW.']);
    expect(refusedBy(shipped, one({ ...FULL_ENTRY, dependsOn: ['LAND', 'SEA'] }, 'ROADS'))).toEqual(['UNKNOWN_DEPENDENCY', 'dependsOn.1', 'The catalogue has no service SEA.']);
  });

  test('what nothing can deliver is not made active', () => {
    expect(refusedBy(shipped, one({ ...LIGHT_ENTRY, fulfilment: { kind: 'BROKER' } }))).toEqual(['PROCESS_UNAVAILABLE', 'active', expect.stringContaining('broker')]);
    expect(decided(shipped, one({ ...LIGHT_ENTRY, fulfilment: { kind: 'BROKER' }, active: false }))).toHaveLength(1);
    expect(decided(shipped, one({ ...OFFERED, fulfilment: { kind: 'BROKER' } }, 'LAND'))).toHaveLength(1);
  });

  test('what is offered on the full track passes the gate to OPERATING, by which hypercare ends', () => {
    expect(refusedBy(shipped, one({ ...FULL_ENTRY, active: true }, 'LAND'))).toEqual(['GATE_MISSING', 'gates', 'A service that is offered on the full track passes the gate to operation.']);
    expect(decided(shipped, one(OFFERED, 'LAND'))).toHaveLength(1);
  });

  test('what is offered depends on what is offered, and on nothing whose offer ends', () => {
    const roads = { ...OFFERED, dependsOn: ['LAND'] };
    expect(refusedBy(shipped, one(roads, 'ROADS'))).toEqual(['DEPENDENCY_NOT_ACTIVE', 'dependsOn.0', 'LAND, which this service depends on, is not offered now.']);
    const both = after(after(shipped, one(OFFERED, 'LAND')), one(roads, 'ROADS'));
    expect(refusedBy(both, one({ ...OFFERED, active: false }, 'LAND'))).toEqual(['DEPENDENCY_NOT_ACTIVE', 'active', 'ROADS, which is offered, depends on this service: end the offer of that one first.']);
    expect(decided(after(both, one({ ...roads, active: false }, 'ROADS')), one({ ...OFFERED, active: false }, 'LAND'))).toHaveLength(1);
  });

  test('a catalogue has its bound', () => {
    const whole = shippedCatalogue(Array.from({ length: 300 }, (_, index) => full(`S${index}`)));
    expect(refusedBy(whole, one(FULL_ENTRY, 'ONE_MORE'))).toEqual(['TOO_MANY_SERVICES', 'service', 'The catalogue has 300 services already.']);
    expect(decided(whole, one({ ...FULL_ENTRY, personalData: 'SPECIAL' }, 'S7'))).toHaveLength(1);
  });
});

describe('by two persons', () => {
  const prepared = after(shipped, by('anna'));

  test('the first prepares, and nothing changes yet; another who sends the same approves it', () => {
    expect(prepared.prepared.get('DESK')).toEqual({ service: 'DESK', entry: changed, by: 'anna', at: '2026-11-22T10:00:00Z', preparedAt: 1 });
    expect(findService(prepared, 'DESK')?.version).toBe(1);
    expect(decided(prepared, by('bruno'))).toEqual([{ type: 'ServiceRevised', data: { service: 'DESK', version: 2, entry: changed, preparedAt: 1 } }]);
    const approved = after(prepared, by('bruno'));
    expect([approved.prepared.size, changeOf(approved, { service: 'DESK', version: 2 })]).toEqual([0, { changedAt: '2026-11-22T10:00:00Z', changedBy: 'bruno', preparedBy: 'anna' }]);
  });

  test('a change that one person may make by now is not said to be prepared by whose other one waited', () => {
    const made = after(prepared, { ...by('carla', { ...changed, personalData: 'COMMON' }), twoPersons: false });
    expect(changeOf(made, { service: 'DESK', version: 2 })).toEqual({ changedAt: '2026-11-22T10:00:00Z', changedBy: 'carla', preparedBy: null });
  });

  test('the first does not approve it', () => {
    expect(refusedBy(prepared, by('anna'))).toEqual(['TWO_PERSON_REQUIRED', undefined, expect.any(String)]);
  });

  test('another content takes its place, and is approved by whom it is not from', () => {
    const other = after(prepared, by('bruno', { ...changed, personalData: 'COMMON' }));
    expect([other.prepared.get('DESK')?.by, findService(other, 'DESK')?.version]).toEqual(['bruno', 1]);
    expect(refusedBy(other, by('bruno', { ...changed, personalData: 'COMMON' }))).toEqual(['TWO_PERSON_REQUIRED', undefined, expect.any(String)]);
    expect(decided(other, by('anna'))).toMatchObject([{ type: 'RevisionPrepared' }]);
  });

  test('what is taken back waits for nobody', () => {
    const now = evolveCatalogue(prepared, { type: 'RevisionWithdrawn', data: { service: 'DESK', preparedAt: 1 } }, { version: 2, subject: 'anna', at: '2026-11-22T11:00:00Z' });
    expect([now.prepared.size, now.head]).toEqual([0, 2]);
    expect(decided(now, by('bruno'))).toMatchObject([{ type: 'RevisionPrepared' }]);
  });

  test('what became wrong while it waited is refused when it is approved', () => {
    const waits = after(shipped, by('anna', { ...FULL_ENTRY, dependsOn: ['ROADS'] }, 'SEA'));
    const meanwhile = after(waits, { service: 'ROADS', entry: { ...FULL_ENTRY, dependsOn: ['LAND'] }, by: 'carla', twoPersons: false });
    expect(decided(meanwhile, by('bruno', { ...FULL_ENTRY, dependsOn: ['ROADS'] }, 'SEA'))).toHaveLength(1);
    const turned = after(after(waits, { service: 'SEA', entry: FULL_ENTRY, by: 'carla', twoPersons: false }), { service: 'LAND', entry: { ...FULL_ENTRY, dependsOn: ['SEA'] }, by: 'carla', twoPersons: false });
    expect(refusedBy(turned, by('bruno', { ...FULL_ENTRY, dependsOn: ['ROADS'] }, 'SEA'))).toEqual(['DEPENDENCY_CYCLE', 'dependsOn', 'The dependencies go round in a circle: SEA → ROADS → LAND → SEA.']);
  });
});

describe('what is shipped', () => {
  test.each([
    ['a way round', [full('A', ['B']), full('B', ['A'])], 'The service A of the catalogue: The dependencies go round in a circle: A → B → A.'],
    ['a service that there is not', [full('A', ['B'])], 'The service A of the catalogue: The catalogue has no service B.'],
    ['what nothing delivers made active', [{ ...full('A'), track: 'LIGHT' as const, gates: [], fulfilment: { kind: 'BROKER' as const }, active: true }], 'The service A of the catalogue: The light track'],
    ['what is offered upon what is not', [{ ...full('A', ['B']), ...OFFERED, dependsOn: ['B'] }, full('B')], 'The service A of the catalogue: B, which this service depends on, is not offered now.'],
    ['what never operates', [{ ...full('A'), active: true }], 'The service A of the catalogue: A service that is offered on the full track passes the gate to operation.'],
  ])('is not loaded with %s', (_name, services, message) => {
    expect(() => shippedCatalogue(services)).toThrow(message);
  });
});
