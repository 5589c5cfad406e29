import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { append } from '../../db/event-store/append.ts';
import { headOf, readAfter } from '../../db/event-store/read.ts';
import { createProjector } from '../../db/projections/project.ts';
import { ENGINE, type Actor } from '../../domain/shared/actor.ts';
import { GROUNDS, provisioned } from '../domain/migration/moved.ts';
import { TEXT } from '../domain/migration/scenario.ts';
import { OPERATOR, stamped } from '../support/procedure.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** A service whose migration was closed: its run has ended, and nothing is waited for. */

let stack: Stack;
beforeAll(async () => { stack = await startStack(); });
afterAll(async () => { await stack.stop(); });

const AT = '2026-11-20T09:00:00Z';
const TO_THE_END = [
  { type: 'HypercareStarted', data: { startedAt: '2026-10-17T10:00:00Z', endsOn: '2026-11-13', overFrom: '2026-11-13T23:00:00Z', basis: { policyVersion: '2026.3', calendarVersion: '2026.1' }, at: AT } },
  { type: 'HypercareEnded', data: { endedOn: '2026-11-14', trainingDoneOn: '2026-11-01', at: AT } },
  { type: 'OldSystemDecommissioned', data: { oldContractEndedOn: '2026-11-15', oldData: null, records: null, at: AT } },
  { type: 'MigrationClosed', data: { closedOn: '2026-11-16', at: AT } },
] as const;

const isRunning = (stream: string) => stack.engine.isRunning(stream);
const typesAfter = async (stream: string, version: number) => (await readAfter(stack.db, stream, version)).events.map(({ type }) => type);

/** Stored as it was years ago, told to the adhesion, and ended. */
async function closed(service: string): Promise<string> {
  const stream = `migration/c_a010-1.${service}`;
  const command = stamped({ type: 'CloseMigration', data: { closedOn: '2026-11-16' } }, OPERATOR);
  await append(stack.db, { stream, expected: 0, expectedHash: null, command, events: [...provisioned({ service }), ...TO_THE_END] }, createProjector(stack.db, () => undefined));
  await stack.engine.catchUp(stream);
  await expect.poll(() => isRunning(stream), { timeout: 20_000 }).toBe(false);
  return stream;
}

async function sends(stream: string, type: string, data: object, by: Actor) {
  return stack.engine.execute(stream, stamped({ type, data }, by), (await headOf(stack.db, stream)).version);
}

test('a closed migration that is told that the convention has ended runs again, until its service is closed for good', async () => {
  const stream = await closed('PEC_PROTOCOL');
  const { version } = await headOf(stack.db, stream);
  const grounds = { ...GROUNDS, convention: 'ENDED' } as const;
  await stack.engine.submitFact(stream, { id: randomUUID(), type: 'NoteGrounds', data: { grounds, asOf: 1 }, actor: ENGINE, receivedAt: new Date().toISOString(), requestHash: null }, 0);
  await expect.poll(() => typesAfter(stream, version), { timeout: 20_000 }).toEqual(expect.arrayContaining(['GroundsNoted', 'RetirementBegun']));
  expect(await isRunning(stream)).toBe(true);
  const sha = 'ab'.repeat(32);
  expect(await sends(stream, 'ReturnData', { returnedOn: '2026-11-20', format: 'CSV', receipt: { receivedOn: '2026-11-20', protocolNo: '1/2026', sha256: sha } }, OPERATOR)).toMatchObject({ outcome: 'DONE' });
  expect(await sends(stream, 'CertifyDeletion', { deletedOn: '2026-11-21', certificateSha256: sha }, OPERATOR)).toMatchObject({ outcome: 'DONE' });
  expect(await sends(stream, 'CloseMigration', { closedOn: '2026-11-21' }, OPERATOR)).toMatchObject({ outcome: 'DONE' });
  await expect.poll(() => isRunning(stream), { timeout: 20_000 }).toBe(false);
  expect(await sends(stream, 'RetireService', { decidedOn: '2026-11-21', reasons: TEXT }, OPERATOR)).toMatchObject({ outcome: 'REFUSED', code: 'OUT_OF_TURN' });
});

test('a closed migration takes the command that gives its service up, although no run of it is there', async () => {
  const stream = await closed('FIBRE');
  const { version } = await headOf(stack.db, stream);
  expect(await sends(stream, 'RetireService', { decidedOn: '2026-11-21', reasons: TEXT }, OPERATOR)).toMatchObject({ outcome: 'DONE' });
  expect(await typesAfter(stream, version)).toContain('ServiceGivenUp');
});
