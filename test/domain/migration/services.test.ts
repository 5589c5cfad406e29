import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { findService } from '../../../domain/catalogue/catalogue.ts';
import { offerOf, type Offer } from '../../../domain/catalogue/offer.ts';
import { offerFor } from '../../../domain/migration/services.ts';
import { does, NOW, OPERATOR as AGENT, reached, when as whenAdhesion } from '../adhesion/scenario.ts';
import { ENGINE, given, NOW as AT, OPEN } from './scenario.ts';

describe('a request that does not say what it was decided on', () => {
  test('knows the two services that there were then, as they are shipped still', () => {
    const shipped = loadCatalogue();
    for (const service of ['RTD_COMMUNITY', 'TRAINING']) {
      const first = findService(shipped, service, 1);
      expect(offerFor({ service })).toEqual(first === undefined ? 'not shipped' : offerOf(first));
    }
    expect(['FIBRE', 'ACCESSIBILITY', 'constructor'].map((service) => offerFor({ service }))).toEqual([undefined, undefined, undefined]);
  });
});

describe('a request that keeps what the catalogue said', () => {
  const offered: Offer = {
    version: 7, track: 'LIGHT', active: true, plans: ['short', 'long'],
    fulfilment: { kind: 'MANUAL', workItems: [{ id: 'open-desk', title: { it: 'Aprire', en: 'Open' }, after: [] }] },
  };
  const inForce = reached('RegisterConvention');
  const ask = (offer: Partial<Offer>, more: object = {}) => whenAdhesion(inForce, 'RequestMigration', { service: 'TRAINING', offered: { ...offered, ...offer }, ...more }, { actor: AGENT });

  test('is decided on that, and hands it to the migration', () => {
    const migrationId = 'c_a010-1.TRAINING';
    ask({}).then({ type: 'MigrationRequested', data: { migrationId, service: 'TRAINING', plan: 'short', parameters: {}, offered, at: NOW } });
    const [effect] = does(inForce, 'RequestMigration', { service: 'TRAINING', offered }).owed;
    expect(effect?.kind === 'tell' ? effect.input.command.data : null).toEqual({ id: migrationId, adhesion: 'c_a010-1', body: 'c_a010', service: 'TRAINING', plan: 'short', parameters: {}, offered });
  });

  test('is refused by that', () => {
    ask({}, { plan: 'standard' }).refused('UNKNOWN_PLAN', 'plan');
    ask({ active: false }).refused('SERVICE_NOT_ACTIVE', 'service');
    ask({ fulfilment: { kind: 'BROKER' } }).refused('PROCESS_UNAVAILABLE', 'service');
  });

  test('opens a migration of that version, with those work items', () => {
    const opening = (offer: Partial<Offer>, plan = 'long') => given().when({ type: 'OpenMigration', data: { ...OPEN.data, plan, offered: { ...offered, ...offer } } }, ENGINE, AT);
    opening({}).then(
      { type: 'MigrationRequested', data: { ...OPEN.data, plan: 'long', catalogueVersion: 7, at: AT } },
      { type: 'ProvisioningStarted', data: { workItems: [{ id: 'open-desk', title: { it: 'Aprire', en: 'Open' }, after: [] }], at: AT } },
    );
    opening({}, 'standard').refused('UNKNOWN_PLAN', 'plan');
    opening({ fulfilment: { kind: 'BROKER' } }).refused('PROCESS_UNAVAILABLE', 'service');
  });
});
