import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { PROJECT_DIR } from '../../../config.ts';
import { currentServices, dependenciesOf, findService, offeredServices } from '../../../domain/catalogue/catalogue.ts';
import type { Service } from '../../../domain/catalogue/schemas.ts';
import { requirementsOf } from '../../../domain/catalogue/graph.ts';

const catalogue = loadCatalogue();
const services = currentServices(catalogue);
const dependencies = dependenciesOf(services);

/** The users' own papers. */
const PAPERS = ['000_f755b621e0ccddbc.txt', '001_0d1162094e511a40.txt', '002_a2e25662b90904ff.txt', '003_4abefa038b2ebf55.txt', '004_fc22cabe813dc27b.txt'];

describe('the services that are shipped', () => {
  test('are those that the papers name, each with the paper that does', () => {
    expect(services.map(({ service }) => service)).toEqual([
      'ACCESSIBILITY', 'AGGREGATE_PURCHASING', 'AI_GUIDELINES', 'ANPR', 'AOO_INTEROP', 'APP_HOSTING', 'APP_IO', 'CLOUD_MIGRATION', 'COLLABORATION', 'CYBERSECURITY',
      'DEMATERIALISATION', 'DOC_MANAGEMENT', 'E_DEMOCRACY', 'FIBRE', 'FILE_SHARING', 'GRANTS_SUPPORT', 'IDENTITY', 'ONLINE_PAYMENTS', 'ONLINE_SERVICES', 'OPEN_DATA',
      'PAGOPA', 'PDND_ACCREDITATION', 'PDND_CONSUME', 'PDND_PUBLISH', 'PEC_PROTOCOL', 'PLANNING_SUPPORT', 'PRESERVATION', 'REMOTE_SIGNATURE', 'RTD_COMMUNITY', 'SECURITY_AWARENESS',
      'SEND', 'SINTESI_GEFO', 'STANDARD_FORMS', 'SUAP_SUE', 'TERRITORIAL_DATA', 'TRAINING', 'TRUNKS_5G', 'VOIP_TELEPHONY', 'VPN_MFA', 'WEB_ANALYTICS',
    ]);
    expect(services.filter(({ source }) => !PAPERS.includes(source))).toEqual([]);
  });

  test('are all offered, eleven of them on the light track', () => {
    expect(offeredServices(catalogue)).toEqual(services);
    expect(services.filter(({ track }) => track === 'LIGHT').map(({ service }) => service)).toEqual([
      'ACCESSIBILITY', 'AGGREGATE_PURCHASING', 'AI_GUIDELINES', 'GRANTS_SUPPORT', 'OPEN_DATA', 'PLANNING_SUPPORT', 'RTD_COMMUNITY', 'SECURITY_AWARENESS', 'STANDARD_FORMS', 'TRAINING', 'WEB_ANALYTICS',
    ]);
  });

  test.each(services.flatMap(({ service, plans }) => plans.map((plan) => [service, plan.id, plan.parameters] as const)))('%s, plan %s: its parameters are a schema that refuses what it does not know', (_service, _plan, parameters) => {
    const schema = z.fromJSONSchema(structuredClone(parameters) as Parameters<typeof z.fromJSONSchema>[0]);
    expect(schema.safeParse({ unheardOf: 1 }).success).toBe(false);
    expect(schema.safeParse({}).success).toBe((parameters.required ?? []).length === 0);
  });
});

describe('what people do', () => {
  const workItems = ({ fulfilment }: Service) => (fulfilment.kind === 'MANUAL' ? fulfilment.workItems : []);

  test.each(['CLOUD_MIGRATION', 'FIBRE', 'PEC_PROTOCOL', 'TRAINING', 'VOIP_TELEPHONY'])('%s says of each work item who does it, by when, and what is looked at', (service) => {
    const items = services.filter((one) => one.service === service).flatMap(workItems);
    expect(items.filter(({ role, dueWorkingDays, checklist }) => role === undefined || dueWorkingDays === undefined || checklist === undefined)).toEqual([]);
    expect(items.length).toBeGreaterThan(1);
  });

  test('is proven where a service of the full track changes what a comune works with, and can be taken back', () => {
    const full = services.filter((one) => one.track === 'FULL' && workItems(one).some(({ checklist }) => checklist !== undefined));
    expect(full.map(({ service }) => service)).toEqual(['CLOUD_MIGRATION', 'FIBRE', 'PEC_PROTOCOL', 'VOIP_TELEPHONY']);
    expect(full.flatMap(workItems).filter(({ evidence = 'NONE' }) => evidence === 'NONE')).toEqual([]);
    expect(full.filter((one) => workItems(one).at(-1)?.undo === undefined)).toEqual([]);
  });

  test('goes on without a new word in a service that could be requested before', () => {
    const asked = services.filter(({ track }) => track === 'LIGHT').flatMap(workItems)
      .filter(({ role = 'OPERATOR', evidence = 'NONE', checklist = [] }) => role !== 'OPERATOR' || evidence !== 'NONE' || checklist.some(({ optional }) => optional !== true));
    expect(asked).toEqual([]);
  });
});

describe('a later version of a service', () => {
  test('is offered, and the first stays as it was', () => {
    expect([findService(catalogue, 'TRAINING')?.version, findService(catalogue, 'TRAINING', 1)?.fulfilment]).toEqual([2, expect.objectContaining({ workItems: expect.arrayContaining([expect.not.objectContaining({ role: 'OPERATOR' })]) })]);
    expect(services.filter(({ version }) => version > 1).map(({ service }) => service)).toEqual(['TRAINING']);
  });
});

describe('dependencies', () => {
  test.each([
    ['FIBRE', ['CLOUD_MIGRATION', 'VOIP_TELEPHONY', 'VPN_MFA']], ['IDENTITY', ['COLLABORATION', 'E_DEMOCRACY', 'ONLINE_SERVICES', 'VPN_MFA']],
    ['PEC_PROTOCOL', ['AOO_INTEROP', 'DOC_MANAGEMENT', 'SEND', 'SUAP_SUE']], ['DOC_MANAGEMENT', ['PRESERVATION']], ['REMOTE_SIGNATURE', ['DOC_MANAGEMENT']],
    ['PAGOPA', ['ONLINE_PAYMENTS', 'SEND', 'SUAP_SUE']], ['APP_IO', ['SEND']], ['PDND_ACCREDITATION', ['PDND_CONSUME', 'PDND_PUBLISH']], ['CLOUD_MIGRATION', ['APP_HOSTING']],
  ])('of %s are known', (on, dependents) => {
    expect(services.filter(({ dependsOn }) => dependsOn.includes(on)).map(({ service }) => service)).toEqual(dependents);
  });

  test('are no others, and reach through others', () => {
    expect(services.flatMap(({ dependsOn }) => dependsOn)).toHaveLength(20);
    expect(requirementsOf('APP_HOSTING', dependencies)).toEqual(['FIBRE', 'CLOUD_MIGRATION']);
    expect(requirementsOf('PRESERVATION', dependencies)).toEqual(['PEC_PROTOCOL', 'REMOTE_SIGNATURE', 'DOC_MANAGEMENT']);
  });
});

describe('a file', () => {
  const withFile = (change: (folder: string) => void) => {
    const folder = mkdtempSync(join(tmpdir(), 'associa-catalogue-'));
    cpSync(join(PROJECT_DIR, 'data/catalogue'), folder, { recursive: true });
    change(folder);
    try {
      return loadCatalogue(pathToFileURL(`${folder}/`));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
  const rewritten = (file: string, change: (text: string) => string) => (folder: string) => { writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8'))); };

  test('is as it stands here where nothing changed', () => {
    expect(withFile(() => undefined)).toEqual(catalogue);
    expect(findService(catalogue, 'TRAINING', 3)).toBeUndefined();
  });

  test.each([
    ['that goes round in a circle', 'FIBRE.json', (text: string) => text.replace('"dependsOn": []', '"dependsOn": ["APP_HOSTING"]'), 'APP_HOSTING → CLOUD_MIGRATION → FIBRE → APP_HOSTING'],
    ['that depends on what there is not', 'FIBRE.json', (text: string) => text.replace('"dependsOn": []', '"dependsOn": ["SEA"]'), 'The service FIBRE of the catalogue: The catalogue has no service SEA.'],
    ['of another name', 'FIBRE.json', (text: string) => text.replace('"FIBRE"', '"FIBER"'), 'data/catalogue/FIBRE.json: Error: it says version 1 of the service FIBER, whose file is FIBER.json'],
    ['of a later version', 'FIBRE.json', (text: string) => text.replace('"version": 1', '"version": 2'), 'data/catalogue/FIBRE.json: Error: it says version 2 of the service FIBRE, whose file is FIBRE.2.json'],
    ['with a fault', 'TRAINING.json', (text: string) => text.replace('"LIGHT"', '"HEAVY"'), 'track'],
    ['that is no JSON', 'TRAINING.json', () => '{', 'data/catalogue/TRAINING.json: SyntaxError'],
  ])('%s is not loaded, and it is said why', (_name, file, change, why) => {
    expect(() => withFile(rewritten(file, change))).toThrow(why);
  });
});
