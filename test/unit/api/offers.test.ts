import { describe, expect, test } from 'vitest';
import { withOffer } from '../../../api/cases/offers.ts';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { CatalogueStore } from '../../../db/catalogue.ts';
import type { Db } from '../../../db/client.ts';

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

/** A catalogue whose store answers with the rows of its journal, or is away. */
function storeOf(rows: () => readonly object[]): CatalogueStore {
  const query: Record<string, unknown> = { execute: async () => rows() };
  for (const step of ['selectFrom', 'select', 'where', 'orderBy']) query[step] = () => query;
  return new CatalogueStore(query as unknown as Db, loadCatalogue());
}

const offeredIn = async (store: CatalogueStore, data: object, isFact: boolean) => Reflect.get(await withOffer(store, data, isFact), 'offered') as unknown;

describe('what a request keeps of the catalogue', () => {
  test('is what stands in the store; what it does not have is left to the process', async () => {
    const store = storeOf(() => []);
    expect(await withOffer(store, { service: 'FIBRE', parameters: { sites: 2 } }, false)).toMatchObject({ service: 'FIBRE', offered: { version: 1, track: 'FULL', active: true, plans: ['standard', 'redundant'], fulfilment: { kind: 'MANUAL' }, full: { dependsOn: [], personalData: 'NONE', cost: { kind: 'AT_COST' } } } });
    expect(await withOffer(store, { service: 'TELEPORT', parameters: { sites: 2 } }, false)).toEqual({ service: 'TELEPORT', parameters: { sites: 2 } });
  });

  test('is what was seen last while the store is away, for what may not wait; never what was not seen', async () => {
    let rows = (): readonly object[] => [];
    const store = storeOf(() => rows());
    rows = () => { throw away; };
    await expect(withOffer(store, { service: 'TRAINING' }, true)).rejects.toBe(away);
    rows = () => [];
    await store.current();
    rows = () => { throw away; };
    expect(await offeredIn(store, { service: 'TRAINING' }, true)).toMatchObject({ version: 2 });
    await expect(withOffer(store, { service: 'TRAINING' }, false)).rejects.toBe(away);
  });

  test('comes with parameters that hold by the plan that is meant', async () => {
    const store = storeOf(() => []);
    for (const data of [{ service: 'TRAINING', parameters: { seats: 1 } }, { service: 'FIBRE' }, { service: 'FIBRE', plan: 'redundant', parameters: { sites: 0 } }, { service: 'APP_HOSTING', plan: 'large', parameters: { environment: 'MOON' } }]) {
      await expect(withOffer(store, data, false)).rejects.toMatchObject({ status: 400, code: 'PARAMETERS_INVALID' });
    }
    // A plan that there is not is the process's to refuse.
    expect(await offeredIn(store, { service: 'FIBRE', plan: 'golden' }, false)).toMatchObject({ version: 1 });
  });
});
