import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { MigrationCommands } from '../../../domain/migration/commands.ts';
import { CHANGES_INVALID, CHANGES_VALID } from './changes/examples.ts';
import { CUTOVER_INVALID, CUTOVER_VALID } from './cutover/examples.ts';
import { MOVING_INVALID, MOVING_VALID } from './moving/examples.ts';
import { OPERATION_INVALID, OPERATION_VALID } from './operation/examples.ts';
import { OPEN } from './scenario.ts';

type Name = keyof typeof MigrationCommands;

const VALID: Readonly<Record<Name, readonly object[]>> = {
  OpenMigration: [OPEN.data, { ...OPEN.data, parameters: { seats: 3, online: true, topics: ['AI', 'accessibility'], tutor: null } }],
  ApproveFeasibility: [{}, { findings: 'Two sites have no duct' }],
  RejectFeasibility: [{ reasons: 'No duct' }],
  ProposePlan: [
    { provisioningOn: '2026-10-01', cutoverOn: '2026-11-07', rollback: 'Back to the old lines', costCents: 0 },
    { provisioningOn: '2026-10-01', dataMigrationOn: '2026-10-20', cutoverOn: '2026-11-07', rollback: 'As it was', costCents: 1_000_000_000, dataClass: 'CRITICAL', cloudLevel: 'QC2' },
  ],
  ApprovePlan: [{ actNo: '12/2026', actOn: '2026-09-20' }],
  CommitSpending: [{ actNo: '13/2026', actOn: '2026-09-21', cents: 1_250_000 }],
  RetryEffect: [{ key: 'provision@9' }],
  SkipEffect: [{ key: 'provision@9', reasons: 'Made by hand' }],
  Suspend: [{ reasons: 'The office moves' }],
  Resume: [{}],
  RollBack: [{ reasons: 'Data do not agree' }, { reasons: 'Data do not agree', act: { no: '44/2026', on: '2026-11-20', office: 'MAYOR' } }],
  RecordProvisioned: [{ provisionedOn: '2026-10-10' }],
  CompleteWorkItem: [{ workItemId: 'a', completedOn: '2028-02-29' }, { workItemId: 'a', completedOn: '2026-01-01', note: 'x'.repeat(4000) },
    { workItemId: 'a', completedOn: '2026-01-01', checked: ['keys'], evidence: [{ sha256: 'a'.repeat(64) }, { sha256: 'b'.repeat(64), documentId: 'doc-1f' }] }],
  ReopenWorkItem: [{ workItemId: 'a', reasons: 'One site was left out' }],
  Cancel: [{ reasons: 'No staff' }],
  ...MOVING_VALID,
  ...CUTOVER_VALID,
  ...OPERATION_VALID,
  ...CHANGES_VALID,
  CloseMigration: [{ closedOn: '2026-01-01' }],
};

const INVALID: readonly (readonly [Name, string, object])[] = [
  ...MOVING_INVALID,
  ...CUTOVER_INVALID,
  ...OPERATION_INVALID,
  ...CHANGES_INVALID,
  ['OpenMigration', 'too many parameters', { ...OPEN.data, parameters: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`p${n}`, n])) }],
  ['OpenMigration', 'a long text as parameter', { ...OPEN.data, parameters: { story: 'x'.repeat(201) } }],
  ['OpenMigration', 'no service', { ...OPEN.data, service: '' }],
  ['CompleteWorkItem', 'a day that does not exist', { workItemId: 'a', completedOn: '2026-02-29' }],
  ['CompleteWorkItem', 'an instant for a day', { workItemId: 'a', completedOn: '2026-02-28T10:00:00Z' }],
  ['CompleteWorkItem', 'a missing field', { workItemId: 'a' }],
  ['CompleteWorkItem', 'an extra field', { workItemId: 'a', completedOn: '2026-02-28', by: 'me' }],
  ['CompleteWorkItem', 'a point twice', { workItemId: 'a', completedOn: '2026-02-28', checked: ['keys', 'keys'] }],
  ['CompleteWorkItem', 'evidence without a document', { workItemId: 'a', completedOn: '2026-02-28', evidence: [] }],
  ['CompleteWorkItem', 'evidence that is no digest', { workItemId: 'a', completedOn: '2026-02-28', evidence: [{ sha256: 'abc' }] }],
  ['CompleteWorkItem', 'evidence by a name', { workItemId: 'a', completedOn: '2026-02-28', evidence: [{ sha256: 'a'.repeat(64), documentId: 'verbale.pdf' }] }],
  ['ReopenWorkItem', 'no reasons', { workItemId: 'a' }],
  ['CompleteWorkItem', 'a note that is too long', { workItemId: 'a', completedOn: '2026-02-28', note: 'x'.repeat(4001) }],
  ['Cancel', 'blank reasons', { reasons: '  ' }],
  ['Cancel', 'reasons of another type', { reasons: 7 }],
  ['RejectFeasibility', 'no reasons', {}],
  ['ProposePlan', 'cents of a cent', { provisioningOn: '2026-10-01', cutoverOn: '2026-11-07', rollback: 'x', costCents: 1.5 }],
  ['ProposePlan', 'a class of data that there is not', { provisioningOn: '2026-10-01', cutoverOn: '2026-11-07', rollback: 'x', costCents: 1, dataClass: 'SECRET' }],
  ['ApprovePlan', 'no act', { actOn: '2026-09-20' }],
  ['CommitSpending', 'a sum below nothing', { actNo: '13', actOn: '2026-09-21', cents: -1 }],
  ['RetryEffect', 'no key', {}],
  ['SkipEffect', 'no reasons', { key: 'provision@9' }],
  ['Suspend', 'no reasons', {}],
  ['Resume', 'an extra field', { now: true }],
  ['RollBack', 'an act of nobody', { reasons: 'x', act: { no: '44/2026', on: '2026-11-20', office: 'CLERK' } }],
  ['RecordProvisioned', 'a day that does not exist', { provisionedOn: '2026-02-30' }],
  ['CloseMigration', 'a malformed day', { closedOn: '1/2/2026' }],
];

describe('schemas of the commands', () => {
  test.each(Object.entries(VALID))('%s takes what is well formed', (name, examples) => {
    for (const data of examples) expect(MigrationCommands[name as Name].schema.safeParse(data)).toMatchObject({ success: true });
  });

  test.each(INVALID)('%s refuses %s', (name, _what, data) => {
    expect(MigrationCommands[name].schema.safeParse(data)).toMatchObject({ success: false });
  });

  test.each(Object.entries(MigrationCommands))('%s is described, closed, and names its free texts', (_name, { schema, freeText }) => {
    const json = z.toJSONSchema(schema);
    expect(json.additionalProperties).toBe(false);
    expect(json.description).toEqual(expect.any(String));
    const properties = Object.entries(json.properties ?? {});
    for (const [, property] of properties) expect(property).toHaveProperty('description');
    // What may hold 4,000 characters is free text, and nothing else is.
    const long = properties.filter(([, property]) => typeof property === 'object' && property.maxLength === 4000).map(([path]) => path);
    expect(long).toStrictEqual([...freeText]);
  });
});
