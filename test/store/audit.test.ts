import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verify } from '../../audit/verify.ts';
import { append } from '../../db/event-store/append.ts';
import { createProjector, foldStream, type ProjectionAlarm } from '../../db/projections/project.ts';
import { rebuildReadModels } from '../../db/projections/rebuild.ts';
import { headOf } from '../../db/event-store/read.ts';
import { processOf } from '../../domain/processes.ts';
import { asOwner, testDatabase, type TestDatabase } from '../support/database.ts';
import { ABBIATEGRASSO, deliberation, open, OPERATOR, stamped } from '../support/procedure.ts';

const STREAM = 'adhesion/c_a010-1';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
  await write();
});
afterEach(async () => { await database.drop(); });

const silent: ProjectionAlarm = () => undefined;

/** A case of several commands, stored as the shell stores it. */
async function write(): Promise<void> {
  const project = createProjector(database.db, silent);
  for (const { by, command } of [{ by: OPERATOR, command: open(ABBIATEGRASSO) }, ...deliberation('2026-06-25')]) {
    const sent = stamped(command, by);
    const { version, hash, state } = await foldStream(database.db, STREAM);
    const decision = processOf(STREAM).decide(state, sent, { actor: by, now: sent.receivedAt, commandId: sent.id });
    if (decision.kind === 'refused') throw new Error(decision.code);
    const answer = await append(database.db, { stream: STREAM, expected: version, expectedHash: hash, command: sent, events: decision.events }, project);
    expect(answer.outcome).toBe('STORED');
  }
}

/** Changes a record as somebody could who owns the database: triggers off, then on again. */
async function tamper(statement: string): Promise<void> {
  for (const table of ['events', 'commands']) await asOwner(database.ownerUrl, `ALTER TABLE ${table} DISABLE TRIGGER ${table}_append_only`);
  await asOwner(database.ownerUrl, statement);
  for (const table of ['events', 'commands']) await asOwner(database.ownerUrl, `ALTER TABLE ${table} ENABLE TRIGGER ${table}_append_only`);
}

const codes = async () => [...new Set((await verify(database.db)).findings.map((finding) => finding.code))].toSorted();

describe('audit verify', () => {
  it('holds on what was written, and says how much it looked at', async () => {
    expect(await verify(database.db)).toEqual({ ok: true, checked: { events: 9, streams: 1, histories: 0, bundles: 0, grants: 72, rowSecurity: 26, guards: 466, cases: 1 }, findings: [] });
  });

  it.each([
    ['a column of an event that was changed', `UPDATE events SET data = jsonb_set(data, '{noticeBoardNo}', '"9/2026"') WHERE type = 'PublicationRecorded'`, ['COLUMN_DIFFERS', 'READ_MODEL_DIFFERS']],
    ['an instant that was changed', `UPDATE events SET recorded_at = recorded_at - interval '1 day' WHERE version = 3`, ['COLUMN_DIFFERS']],
    ['an actor that was changed', `UPDATE events SET actor = '{"subject":"other"}' WHERE version = 4`, ['COLUMN_DIFFERS']],
    ['a command that was changed', `UPDATE commands SET data = '{}' WHERE type = 'RecordSession'`, ['COMMAND_COLUMN_DIFFERS']],
    ['an instant of receipt that was changed', `UPDATE commands SET received_at = received_at - interval '1 day' WHERE type = 'RecordSession'`, ['COMMAND_COLUMN_DIFFERS']],
    ['a command without events that was changed', `INSERT INTO commands SELECT stream, 'empty', type, '{"x":1}', actor, request_hash, received_at, recorded_at, NULL, NULL, record, digest FROM commands WHERE type = 'RecordSession'`, ['COMMAND_COLUMN_DIFFERS']],
    ['a whole record that was written anew with its hash', `ALTER TABLE events DROP CONSTRAINT events_chain; UPDATE events SET record = 'x', hash = sha256('x') WHERE version = 5`, ['CHAIN_BROKEN', 'RECORD_UNREADABLE']],
    ['an event that was taken out', `ALTER TABLE events DROP CONSTRAINT events_chain; ALTER TABLE commands DROP CONSTRAINT commands_first, DROP CONSTRAINT commands_last; DELETE FROM events WHERE version = 5`, ['CHAIN_BROKEN', 'EVENTS_MISSING', 'VERSION_GAP']],
    ['a read model that says something else', `UPDATE cases SET phase = 'MANAGEMENT'`, ['READ_MODEL_DIFFERS']],
    ['a state of the read model that says something else', `UPDATE cases SET state = jsonb_set(state, '{version}', '3')`, ['READ_MODEL_DIFFERS']],
    ['a read model that is gone', `DELETE FROM cases`, ['READ_MODEL_MISSING']],
    ['a case that the store does not know', `INSERT INTO cases SELECT 'adhesion/c_x999-1', process, 'c_x999-1', body, parent, service, phase, waiting_for, late_from, version, head_hash, state, projection, stale, updated_at, agenda FROM cases`, ['READ_MODEL_WITHOUT_EVENTS']],
    ['row security that is not forced', 'ALTER TABLE subjects NO FORCE ROW LEVEL SECURITY', ['ROW_SECURITY_MISSING']],
    ['a policy beside the one of the tenants', 'CREATE POLICY hole ON texts USING (true)', ['ROW_SECURITY_UNKNOWN']],
    ['a role that may do too much', `GRANT UPDATE ON events TO associa_app`, ['GRANT_TOO_WIDE']],
  ])('finds %s', async (_name, statement, expected) => {
    await tamper(statement);
    expect(await codes()).toEqual(expect.arrayContaining(expected));
  });

  it('finds a trigger that is switched off', async () => {
    await asOwner(database.ownerUrl, 'ALTER TABLE events DISABLE TRIGGER events_append_only');
    expect(await codes()).toEqual(['TRIGGER_MISSING']);
  });
});

describe('a projection that throws', () => {
  it('does not refuse the act: the event is in, the row is stale, the alarm is raised', async () => {
    const alarms: string[] = [];
    const project = createProjector(database.db, (stream) => { alarms.push(stream); });
    const stream = 'migration/c_a010-1.TRAINING';
    // No rule would begin a migration with this event: the read model cannot say what it is, and throws.
    const broken = { type: 'MigrationClosed', data: { closedOn: '2026-11-22', at: '2026-11-22T10:00:00Z' } };
    const answer = await append(database.db, { stream, expected: 0, expectedHash: null, command: stamped({ type: 'Break', data: {} }), events: [broken] }, project);
    expect(answer.outcome).toBe('STORED');
    expect(alarms).toEqual([stream]);
    expect((await headOf(database.db, stream)).version).toBe(1);
    expect(await database.db.selectFrom('cases').select(['stale', 'version']).where('stream', '=', stream).executeTakeFirst()).toEqual({ stale: true, version: 1 });
  });

  it('leaves a stale row that a rebuild mends', async () => {
    await asOwner(database.ownerUrl, `UPDATE cases SET stale = true, state = '{}', phase = 'UNKNOWN'`);
    expect(await codes()).toEqual(['READ_MODEL_STALE']);
    expect(await rebuildReadModels(database.db)).toBe(1);
    expect(await codes()).toEqual([]);
  });
});
