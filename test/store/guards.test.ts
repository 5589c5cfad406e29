import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GUARDS_FILE, guardsOf, verifyGuards } from '../../audit/guards.ts';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeEach(async () => { database = await testDatabase(); });
afterEach(async () => { await database.drop(); });

const found = async () => (await verifyGuards(database.db)).findings.map(({ code, message }) => `${code} ${message}`);

/** After a migration that is meant: `vitest run --project store test/store/guards.test.ts -u`, and read the difference. */
test('the guards that an audit expects are those of the schema of this version', async () => {
  await expect(`${JSON.stringify(await guardsOf(database.db), null, 1)}\n`).toMatchFileSnapshot(fileURLToPath(GUARDS_FILE));
  expect(await verifyGuards(database.db)).toMatchObject({ findings: [] });
});

describe('a guard that was touched is named', () => {
  test.each([
    ['a foreign key dropped', 'ALTER TABLE events DROP CONSTRAINT events_chain', ['CONSTRAINT_MISSING The constraint events_chain of events is missing or switched off.']],
    ['a check altered', 'ALTER TABLE events DROP CONSTRAINT events_first, ADD CONSTRAINT events_first CHECK (version > 0)',
      ['CONSTRAINT_DIFFERS The constraint events_first of events is CHECK ((version > 0)); this version has CHECK (((version = 1) = (prev_hash IS NULL))).']],
    ['a check that is not held of what was there', 'ALTER TABLE events DROP CONSTRAINT events_first, ADD CONSTRAINT events_first CHECK ((version = 1) = (prev_hash IS NULL)) NOT VALID',
      ['CONSTRAINT_DIFFERS The constraint events_first of events is CHECK (((version = 1) = (prev_hash IS NULL))) NOT VALID; this version has CHECK (((version = 1) = (prev_hash IS NULL))).']],
    ['a unique index dropped', 'DROP INDEX commands_opening', ['CONSTRAINT_MISSING The unique index commands_opening of commands is missing or switched off.']],
    ['a column that may be empty', 'ALTER TABLE events ALTER COLUMN record DROP NOT NULL', ['COLUMN_ALTERED The column record of events is bytea; this version has bytea not null.']],
    ['a trigger dropped', 'DROP TRIGGER commands_append_only ON commands', ['TRIGGER_MISSING The trigger commands_append_only of commands is missing or switched off.']],
    ['a trigger switched off', 'ALTER TABLE events DISABLE TRIGGER events_append_only', ['TRIGGER_MISSING The trigger events_append_only of events is missing or switched off.']],
    ['a trigger for less', 'DROP TRIGGER events_append_only ON events; CREATE TRIGGER events_append_only BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      [expect.stringMatching(/^TRIGGER_DIFFERS The trigger events_append_only of events is CREATE TRIGGER events_append_only BEFORE TRUNCATE ON/)]],
    ['a rule that swallows', 'CREATE RULE swallow AS ON INSERT TO alarms DO INSTEAD NOTHING', [expect.stringMatching(/^RULE_UNKNOWN The rule swallow of alarms is not of this version/)]],
    ['a function that refuses nothing', 'CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$', [expect.stringMatching(/^FUNCTION_DIFFERS The function refuse_change\(\) is/)]],
    ['row security not forced', 'ALTER TABLE subjects NO FORCE ROW LEVEL SECURITY', ['ROW_SECURITY_MISSING The row security of subjects is missing or switched off.']],
    ['a policy altered', 'ALTER POLICY tenancy ON texts USING (true)', [expect.stringMatching(/^ROW_SECURITY_DIFFERS The policy tenancy of texts is permissive \* to everyone using true check CASE \(/)]],
    ['a policy beside the others', 'CREATE POLICY hole ON texts USING (true)', ['ROW_SECURITY_UNKNOWN The policy hole of texts is not of this version: permissive * to everyone using true check.']],
    ['a grant too many', 'GRANT UPDATE ON events TO associa_app', ['GRANT_TOO_WIDE The grant UPDATE to the application of events is not of this version: plain.']],
    ['a grant on one column', 'GRANT UPDATE (record) ON events TO associa_app', ['GRANT_TOO_WIDE The grant UPDATE (record) to the application of events is not of this version: plain.']],
    ['a grant to everyone', 'GRANT SELECT ON tenant_keys TO PUBLIC', ['GRANT_TOO_WIDE The grant SELECT to everyone of tenant_keys is not of this version: plain.']],
  ])('%s', async (_name, statement, expected) => {
    await asOwner(database.ownerUrl, statement);
    expect(await found()).toEqual(expected);
  });
});
