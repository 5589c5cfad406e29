import { expect } from 'vitest';
import { SHA256 } from '../api/digest.ts';
import { listOf, type MemberCode } from '../api/support.ts';
import { headOf } from '../../db/event-store/read.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import { readMigration, sendMigration, type Asks } from './brokered.ts';
import { stamped } from './procedure.ts';
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

/** Sends a command as if it had come at another time. */
export async function later({ db, engine }: Pick<Stack, 'db' | 'engine'>, id: string, type: string, data: object, actor: Actor, receivedAt: string): Promise<void> {
  const stream = `migration/${id}`;
  const { version } = await headOf(db, stream);
  expect(await engine.execute(stream, stamped({ type, data }, actor, `later-${type}`, receivedAt), version)).toMatchObject({ outcome: 'DONE' });
}
