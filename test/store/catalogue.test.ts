import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadCatalogue } from '../../api/catalogue.ts';
import { verifyRecords } from '../../audit/records.ts';
import { CatalogueStore, type RevisionAnswer } from '../../db/catalogue.ts';
import { findService } from '../../domain/catalogue/catalogue.ts';
import type { ServiceEntry } from '../../domain/catalogue/schemas.ts';
import { FULL_ENTRY, LIGHT_ENTRY } from '../domain/catalogue/entries.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let servers: readonly CatalogueStore[];
beforeEach(async () => {
  database = await testDatabase();
  servers = Array.from({ length: 3 }, () => new CatalogueStore(database.db, loadCatalogue()));
});
afterEach(async () => { await database.drop(); });

const actor = { subject: 'anna', role: 'operator', body: 'agency' } as const;
const titled = (title: string): ServiceEntry => ({ ...LIGHT_ENTRY, title: { it: title, en: title } });
let sent = 0;
const revise = (server: number, service: string, entry: ServiceEntry, more: { readonly ifMatch?: readonly number[]; readonly commandId?: string } = {}): Promise<RevisionAnswer> => {
  sent += 1;
  const store = servers[server];
  if (store === undefined) throw new RangeError('No such server');
  return store.revise({ service, entry, actor, twoPersons: false, commandId: `revise/${sent}`, requestHash: JSON.stringify([service, entry]), ...more });
};
const said = (answer: RevisionAnswer): string => (answer.outcome === 'REVISED' ? `version ${answer.service.version}` : answer.outcome === 'REFUSED' ? answer.refused.code : answer.outcome);

test('servers that change a service at once count its versions without a gap, and each sees what the others did', async () => {
  const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => revise(index % 3, 'DESK', titled(`Title ${index}`))));
  expect(answers.map(said).toSorted()).toEqual(Array.from({ length: 12 }, (_, index) => `version ${index + 1}`).toSorted());
  for (const server of servers) expect(findService(await server.current(), 'DESK')?.version).toBe(12);
  const again = new CatalogueStore(database.db, loadCatalogue());
  expect(await again.current()).toEqual(await servers[0]?.current());
  expect((await verifyRecords(database.db)).findings).toEqual([]);
});

test('of servers that replace the same version one does, and none makes half of a circle that another makes whole', async () => {
  await revise(0, 'DESK', titled('0'));
  const matched = await Promise.all([0, 1, 2].map((server) => revise(server, 'DESK', titled(`by ${server}`), { ifMatch: [1] })));
  expect(matched.map(said).toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'version 2']);
  for (const service of ['A1', 'B1', 'C1']) await revise(0, service, FULL_ENTRY);
  const circle = [['A1', 'B1'], ['B1', 'C1'], ['C1', 'A1']] as const;
  const made = await Promise.all(circle.map(([service, on], server) => revise(server, service, { ...FULL_ENTRY, dependsOn: [on] })));
  expect(made.map(said).toSorted()).toEqual(['DEPENDENCY_CYCLE', 'version 2', 'version 2']);
});

test('one command that comes to every server is done once', async () => {
  const answers = await Promise.all(Array.from({ length: 9 }, (_, index) => revise(index % 3, 'DESK', titled('Once'), { commandId: 'revise/once' })));
  expect(new Set(answers.map(said))).toEqual(new Set(['version 1']));
  expect((await servers[0]?.current())?.head).toBe(1);
  await expect(revise(1, 'DESK', titled('Twice'), { commandId: 'revise/once' })).rejects.toThrow('holds revise/once with another content');
});
