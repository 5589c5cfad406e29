import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../../api/catalogue.ts';
import { adhesion, isClosed, summarizeAdhesion, type AdhesionState } from '../../../../domain/adhesion/index.ts';
import { findService } from '../../../../domain/catalogue/catalogue.ts';
import { offerOf, type Offer } from '../../../../domain/catalogue/offer.ts';
import { fold } from '../../../../domain/shared/process.ts';
import { NOW, OPERATOR, does, opened, reached, step, view, when } from '../scenario.ts';

const inForce = reached('RegisterConvention');
const requested = does(inForce, 'RequestMigration', { service: 'TRAINING' });
const told = (version: number) => ({ commandId: `migration/c_a010-1.TRAINING@${version}` });
const note = (state: string, id = 'c_a010-1.TRAINING') => ({ id, service: 'TRAINING', state });

describe('RequestMigration', () => {
  test('starts a migration by the effect that the case owes', () => {
    when(inForce, 'RequestMigration', { service: 'TRAINING', parameters: { seats: 12 } }, { actor: OPERATOR }).then({
      type: 'MigrationRequested',
      data: { migrationId: 'c_a010-1.TRAINING', service: 'TRAINING', plan: 'standard', parameters: { seats: 12 }, at: NOW },
    });
    const at = requested.version;
    expect(adhesion.effects(requested)).toStrictEqual([{
      key: `start-TRAINING@${at}`,
      kind: 'tell',
      input: {
        to: 'migration/c_a010-1.TRAINING',
        command: {
          type: 'OpenMigration',
          data: { id: 'c_a010-1.TRAINING', adhesion: 'c_a010-1', body: 'c_a010', service: 'TRAINING', plan: 'standard', parameters: {} },
        },
        commandId: `adhesion/c_a010-1@${at}`,
      },
    }]);
    expect(adhesion.effects(step(requested, { type: 'CompleteEffect', data: { key: `start-TRAINING@${at}` } }))).toStrictEqual([]);
    expect(view(requested).migrations).toStrictEqual([{ id: 'c_a010-1.TRAINING', service: 'TRAINING', state: 'REQUESTED' }]);
    expect(summarizeAdhesion(requested).services).toStrictEqual(['TRAINING']);
  });

  test('needs a convention in force, a service and a plan of the catalogue', () => {
    when(reached('CountersignConvention'), 'RequestMigration', { service: 'TRAINING' }).refused('CONVENTION_NOT_IN_FORCE');
    when(opened(), 'RequestMigration', { service: 'TRAINING' }).refused('CONVENTION_NOT_IN_FORCE');
    when(inForce, 'RequestMigration', { service: 'TELEPORT' }).refused('UNKNOWN_SERVICE', 'service');
    when(inForce, 'RequestMigration', { service: 'TRAINING', plan: 'golden' }).refused('UNKNOWN_PLAN', 'plan');
  });

  test('one open migration a service', () => {
    when(requested, 'RequestMigration', { service: 'TRAINING' }).refused('MIGRATION_OPEN', 'service');
    expect(when(requested, 'RequestMigration', { service: 'RTD_COMMUNITY' }).decision.kind).toBe('accepted');
  });

  test.each(['CLOSED', 'CANCELLED'])('after it was %s the service may be requested again, under another id', (end) => {
    const ended = when(requested, 'NoteMigration', note(end), told(9)).then({
      type: 'MigrationNoted', data: { ...note(end), asOf: 9, at: NOW },
    });
    const again = does(ended, 'RequestMigration', { service: 'TRAINING' });
    expect(view(again).migrations).toStrictEqual([note(end), { id: 'c_a010-1.TRAINING-2', service: 'TRAINING', state: 'REQUESTED' }].map(({ id, service, state }) => ({ id, service, state })));
    const third = does(when(again, 'NoteMigration', note(end, 'c_a010-1.TRAINING-2'), told(4)).then({
      type: 'MigrationNoted', data: { ...note(end, 'c_a010-1.TRAINING-2'), asOf: 4, at: NOW },
    }), 'RequestMigration', { service: 'TRAINING' });
    expect(view(third).migrations.map(({ id }) => id)).toStrictEqual(['c_a010-1.TRAINING', 'c_a010-1.TRAINING-2', 'c_a010-1.TRAINING-3']);
  });
});

describe('services that changed their dependencies', () => {
  const asked = (service: string, ...dependsOn: readonly string[]) => {
    const shipped = findService(loadCatalogue(), 'FIBRE');
    if (shipped === undefined) throw new Error('FIBRE');
    return { service, offered: offerOf({ ...shipped, dependsOn: [...dependsOn] }) };
  };
  const training = does(inForce, 'RequestMigration', asked('TRAINING', 'RTD_COMMUNITY'));
  const noted = (state: AdhesionState, service: string, stage: string, version: number) => {
    const { decision } = when(state, 'NoteMigration', { id: `c_a010-1.${service}`, service, state: stage }, { commandId: `migration/c_a010-1.${service}@${version}` });
    return fold(adhesion, state, decision.kind === 'accepted' ? decision.events : []);
  };

  test('are not requested while an open migration goes by the ones before and waits for them', () => {
    when(training, 'RequestMigration', asked('RTD_COMMUNITY', 'TRAINING')).refused('DEPENDENCY_CYCLE', 'service');
    expect(when(training, 'RequestMigration', asked('RTD_COMMUNITY')).decision.kind).toBe('accepted');
    expect(when(noted(training, 'TRAINING', 'CANCELLED', 3), 'RequestMigration', asked('RTD_COMMUNITY', 'TRAINING')).decision.kind).toBe('accepted');
  });

  test('are not requested where the way round goes through others', () => {
    const others = does(training, 'RequestMigration', asked('RTD_COMMUNITY', 'APP_IO'));
    when(others, 'RequestMigration', asked('APP_IO', 'TRAINING')).refused('DEPENDENCY_CYCLE', 'service');
    expect(when(others, 'RequestMigration', asked('APP_IO', 'TELEPORT')).decision.kind).toBe('accepted');
  });
});

describe('NoteMigration', () => {
  test('what is told twice is heard once; what comes late after a later word is not heard', () => {
    const operating = when(requested, 'NoteMigration', note('OPERATING'), told(5)).then({ type: 'MigrationNoted', data: { ...note('OPERATING'), asOf: 5, at: NOW } });
    when(operating, 'NoteMigration', note('OPERATING'), told(5)).nothing();
    when(operating, 'NoteMigration', note('PROVISIONING'), told(2)).nothing();
    expect(view(operating).migrations).toMatchObject([{ state: 'OPERATING' }]);
  });

  test('is heard from its first version on, and of one version once', () => {
    const begun = when(requested, 'NoteMigration', note('PROVISIONING'), told(1)).then({ type: 'MigrationNoted', data: { ...note('PROVISIONING'), asOf: 1, at: NOW } });
    when(begun, 'NoteMigration', note('OPERATING'), told(1)).nothing();
    when(requested, 'NoteMigration', note('PROVISIONING'), { commandId: 'without-a-version' }).nothing();
  });

  test('of an unknown migration it is refused', () => {
    when(inForce, 'NoteMigration', note('OPERATING'), told(5)).refused('UNKNOWN_MIGRATION', 'id');
  });
});

function offered(service: string): Offer {
  const found = findService(loadCatalogue(), service);
  if (found === undefined) throw new Error(service);
  return offerOf(found);
}

describe('what depends on a service that retired', () => {
  /** Fibre and, upon it, telephony; `before`: as the requests of an earlier release kept them. */
  const both = (before: boolean) => ['FIBRE', 'VOIP_TELEPHONY'].reduce((state, service) => {
    const { full, ...offer } = offered(service);
    if (full === undefined) throw new Error(service);
    const { tellsRetired: _later, ...kept } = full;
    return does(state, 'RequestMigration', { service, offered: { ...offer, full: before ? kept : full } });
  }, inForce);
  const fibre = (state: AdhesionState, stage: string, version: number): AdhesionState => {
    const { decision } = when(state, 'NoteMigration', { id: 'c_a010-1.FIBRE', service: 'FIBRE', state: stage }, { commandId: `migration/c_a010-1.FIBRE@${version}` });
    return fold(adhesion, state, decision.kind === 'accepted' ? decision.events : []);
  };
  const heard = ({ migrations }: AdhesionState) => migrations.find(({ service }) => service === 'VOIP_TELEPHONY')?.full?.told.services;

  test('hears that it did; of one that is closed after its old system is gone, that it is closed', () => {
    const retiring = fibre(fibre(both(false), 'OPERATING', 9), 'RETIRING', 12);
    expect([heard(retiring), heard(fibre(retiring, 'CLOSED', 15))]).toEqual([{ FIBRE: 'RETIRING' }, { FIBRE: 'RETIRED' }]);
    const goesOn = fibre(fibre(both(false), 'DECOMMISSIONING_OLD', 9), 'CLOSED', 12);
    expect(heard(goesOn)).toEqual({ FIBRE: 'CLOSED' });
    when(goesOn, 'RequestMigration', { service: 'FIBRE', offered: offered('FIBRE') }).refused('SERVICE_IN_USE', 'service');
    // Requested anew it stands as the new migration does.
    expect(heard(does(fibre(retiring, 'CLOSED', 15), 'RequestMigration', { service: 'FIBRE', offered: offered('FIBRE') }))).toEqual({ FIBRE: 'REQUESTED' });
  });

  test('hears of one that was requested before as it ever did', () => {
    expect(heard(fibre(fibre(both(true), 'RETIRING', 12), 'CLOSED', 15))).toEqual({ FIBRE: 'CLOSED' });
  });
});

describe('a service that goes on after its migration was closed', () => {
  const OFFERED = offered('FIBRE');
  const hears = (state: AdhesionState, stage: string, version: number): AdhesionState => {
    const { decision } = when(state, 'NoteMigration', { id: 'c_a010-1.FIBRE', service: 'FIBRE', state: stage }, { commandId: `migration/c_a010-1.FIBRE@${version}` });
    return fold(adhesion, state, decision.kind === 'accepted' ? decision.events : []);
  };
  const serving = hears(does(inForce, 'RequestMigration', { service: 'FIBRE', offered: OFFERED }), 'CLOSED', 20);
  const ANNULLED = { actNo: '2400/2026', on: '2026-11-02', by: 'COURT' } as const;

  test('hears nothing of the case until the convention ends; then it is told, and the exit waits until it has retired', () => {
    const { decision: while_ } = when(serving, 'RecordMandateChange', { kind: 'ELECTION_CALLED', on: '2027-06-06' });
    expect(while_).toMatchObject({ kind: 'accepted', events: [{ type: 'MandateChanged' }] });
    const { decision } = when(serving, 'AnnulResolution', ANNULLED);
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'ResolutionAnnulled' }, { type: 'MigrationInformed', data: { id: 'c_a010-1.FIBRE', grounds: { convention: 'ENDED' } } }] });
    const left = does(serving, 'AnnulResolution', ANNULLED);
    expect([isClosed(left), view(left).waitingFor]).toMatchObject([false, [{ who: 'OPERATOR', what: 'CloseMigration', reasons: [{ code: 'CONTINUITY_PLAN' }, { code: 'SERVICE_OPEN' }] }]]);
    const retired = hears(hears(left, 'RETIRING', 22), 'CLOSED', 25);
    expect([isClosed(retired), view(retired).phase]).toEqual([true, 'CLOSED']);
  });

  test('is not requested a second time; once it has retired it is', () => {
    when(serving, 'RequestMigration', { service: 'FIBRE', offered: OFFERED }).refused('SERVICE_IN_USE', 'service');
    const retired = hears(hears(serving, 'RETIRING', 22), 'CLOSED', 25);
    expect(view(does(retired, 'RequestMigration', { service: 'FIBRE', offered: OFFERED })).migrations.map(({ id }) => id)).toEqual(['c_a010-1.FIBRE', 'c_a010-1.FIBRE-2']);
  });
});
