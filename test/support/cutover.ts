import { expect } from 'vitest';
import { SHA256 } from '../api/digest.ts';
import { listOf, type Json, type MemberCode } from '../api/support.ts';
import { headOf } from '../../db/event-store/read.ts';
import { ENGINE, type Actor } from '../../domain/shared/actor.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { migrationUntil, readMigration, sendMigration, type Asks } from './brokered.ts';
import { OPERATOR, stamped } from './procedure.ts';
import type { Stack } from './stack.ts';

/** A window, by its instants. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** From the end of provisioning to a window of its cutover, the next preferred one; answers it. */
export async function schedule(api: Asks, body: MemberCode, id: string): Promise<Window> {
  const [at, on] = [new Date().toISOString(), civilDateOf(new Date().toISOString())];
  const { body: adhesion } = await api.call('GET', `/v1/adhesions/${body}-1`, 'operator');
  const [agency, comune] = [...new Set(listOf(adhesion['referents']).map(({ subject }) => String(subject)))];
  const signature = (office: string, signer: string | undefined) => ({ office, signer, signedAt: at });
  await sendMigration(api, 'operator', id, 'RecordAcceptance', {
    recordSha256: SHA256, signatures: { agency: signature('AGENCY_DIRECTOR', agency), comune: signature('MAYOR', comune) }, openDefects: { severity1: 0, severity2: 0, severity3: 0 },
  });
  await sendMigration(api, body, id, 'WaiveParallelRun', { waivedOn: on, reasons: 'Nessun vecchio sistema.' });
  const window = await nextPreferred(api, id);
  await sendMigration(api, 'operator', id, 'ScheduleCutover', window);
  return window;
}

/** The next window that is preferred and free, as the migration says it. */
export async function nextPreferred(api: Asks, id: string): Promise<Window> {
  const free = listOf((await readMigration(api, id))['windows']).find(({ kind }) => String(kind) === 'PREFERRED');
  return { from: String(free?.['from']), to: String(free?.['to']) };
}

/** From the end of provisioning to the operation. What takes weeks is received as if they had gone by: a command says when it was. */
export async function operate(api: Asks & { readonly stack: Pick<Stack, 'db' | 'engine'> }, body: MemberCode, id: string): Promise<void> {
  const [at, on] = [new Date().toISOString(), civilDateOf(new Date().toISOString())];
  const isAt = (state: string) => (view: Json): boolean => String(view['state']) === state;
  const { from, to } = await schedule(api, body, id);
  await sendMigration(api, body, id, 'DecideGo', { go: true, decidedAt: at });
  await later(api.stack, id, 'RecordCutover', { startedAt: from, endedAt: to, outcome: 'SUCCEEDED' }, OPERATOR, to);
  const { hypercare, timers } = await migrationUntil(api, id, isAt('HYPERCARE'));
  const [endsOn, overFrom] = [String(hypercare?.['endsOn']), String(listOf(timers)[0]?.['at'])];
  await later(api.stack, id, 'EndHypercareTerm', { endsOn }, ENGINE, overFrom);
  await later(api.stack, id, 'EndHypercare', { endedOn: endsOn, trainingDoneOn: on }, OPERATOR, overFrom);
  await migrationUntil(api, id, isAt('OPERATING'));
}

/** Sends a command as if it had come at another time. */
export async function later({ db, engine }: Pick<Stack, 'db' | 'engine'>, id: string, type: string, data: object, actor: Actor, receivedAt: string): Promise<void> {
  const stream = `migration/${id}`;
  const { version } = await headOf(db, stream);
  expect(await engine.execute(stream, stamped({ type, data }, actor, `later-${type}-${version}`, receivedAt), version)).toMatchObject({ outcome: 'DONE' });
}
