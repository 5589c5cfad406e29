import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { walk } from '../api/path.ts';
import { listOf, type Answer, type Api, type As, type Json, type MemberCode } from '../api/support.ts';
import { SHA256 } from '../api/digest.ts';
import type { ReferenceBroker } from '../broker/support.ts';
import { PROJECT_DIR } from '../../config.ts';
import { addDays, civilDateOf } from '../../domain/shared/civil-date.ts';
import { temporaryFolder } from './folders.ts';
import { RECOGNITION } from './recognition.ts';

/** Asks the interface. */
export type Asks = Pick<Api, 'call'>;

/** What the reference broker offers, by our names. */
const SERVICES = {
  APP_HOSTING: {
    serviceId: '6f1c6f0e-6c3d-4b0c-9a53-2f6f1c1d7a10', planIds: { small: 'b7d8a5f2-0a4f-4d07-8f0e-4a6f4bb0c1e1', large: 'd2b1f4c8-5a39-4f7e-9c26-90a7d6e4f3b2' },
  },
  IDENTITY: { serviceId: '0c5e2a9d-3f74-4f5b-8a1e-7b9d5c2e6f33', planIds: { standard: '9e4f7a16-1c2b-4d8e-b3a5-6d0f8c7e2a44' } },
};

/** The entry of our catalogue whose plans are those of its databases too, where it takes any parameters (`looseCatalogue`). */
export const FILES = { FILE_SHARING: { ...SERVICES.APP_HOSTING, planIds: { standard: SERVICES.APP_HOSTING.planIds.small, large: SERVICES.APP_HOSTING.planIds.large } } };

/** Services whose plan must be approved before that of APP_HOSTING, in order, and it. */
export const HOSTING_AND_BEFORE = ['FIBRE', 'CLOUD_MIGRATION', 'APP_HOSTING'] as const;
const ASKED = {
  FIBRE: { parameters: { sites: 2 } },
  CLOUD_MIGRATION: { parameters: { servers: 3, dataClass: 'ORDINARY' } },
  APP_HOSTING: { plan: 'small', parameters: { environment: 'TEST' } },
  FILE_SHARING: { plan: 'standard', parameters: {} },
  IDENTITY: { parameters: { schemes: ['SPID', 'CIE'] } },
  TERRITORIAL_DATA: { parameters: { layers: 4 } },
  TRUNKS_5G: { parameters: { trunks: 2 } },
} as const;
export type Service = keyof typeof ASKED;
const MOVES_DATA: ReadonlySet<Service> = new Set(['CLOUD_MIGRATION', 'APP_HOSTING', 'TERRITORIAL_DATA']);
const COST_CENTS = 125_000;

/** Registers the broker for both of its services; with a catalogue of `looseCatalogue` for FILE_SHARING too, or for that alone. */
export async function register(api: Asks, broker: ReferenceBroker, catalogue: 'as it is' | 'loose' | 'files' = 'as it is'): Promise<void> {
  const services = catalogue === 'files' ? FILES : catalogue === 'loose' ? { ...SERVICES, ...FILES } : SERVICES;
  await done(api.call('POST', '/v1/brokers', 'operator', { body: { name: 'reference', ...broker.account, local: true, services } }), 201);
}

/** A folder with the broker's entries, in which a database takes any parameters: so it can serve a second service of ours. */
export function looseCatalogue(): string {
  const folder = temporaryFolder('catalogue');
  const entry = (name: string) => JSON.parse(readFileSync(join(PROJECT_DIR, 'data', 'catalogue', `${name}.json`), 'utf8')) as { plans: object[] };
  const hosting = entry('APP_HOSTING');
  writeFileSync(join(folder, 'APP_HOSTING.json'), JSON.stringify({ ...hosting, plans: hosting.plans.map((plan) => ({ ...plan, parameters: { type: 'object' } })) }));
  writeFileSync(join(folder, 'IDENTITY.json'), JSON.stringify(entry('IDENTITY')));
  return folder;
}

/** Sends a command to an adhesion. */
export async function sendCase(api: Asks, as: As, body: MemberCode, type: string, data: object = {}): Promise<Answer> {
  return done(api.call('POST', `/v1/adhesions/${body}-1/commands`, as, { body: { type, data } }), 200, type);
}

/** Sends a command to a migration. */
export async function sendMigration(api: Asks, as: As, id: string, type: string, data: object = {}): Promise<Answer> {
  return done(api.call('POST', `/v1/migrations/${id}/commands`, as, { body: { type, data } }), 200, `${type} to ${id}`);
}

/** As its own body reads it: what an operator reads is recorded. */
export async function readMigration(api: Asks, id: string): Promise<Json> {
  return (await api.call('GET', `/v1/migrations/${id}`, `c_${id.slice(2, 6)}`)).body;
}

/** The migration, once it is as expected. */
export async function migrationUntil(api: Asks, id: string, reached: (view: Json) => boolean, patienceMs = 60_000): Promise<Json> {
  for (const deadline = Date.now() + patienceMs; ; await delay(100)) {
    const view = await readMigration(api, id);
    if (reached(view)) return view;
    if (Date.now() > deadline) throw new Error(`${id} stands at ${JSON.stringify(view)}`);
  }
}

/** A comune whose convention is in force and to which nothing is missing that the gates before a provisioning ask for. */
export async function prepare(api: Asks, body: MemberCode, services: readonly Service[]): Promise<void> {
  await done(api.call('POST', '/v1/adhesions', 'operator', { body: { body } }), 201);
  await walk(api, body);
  const person = async (name: string) => String((await done(api.call('POST', '/v1/subjects', 'operator', { body: { body, name, email: 'ufficio@example.org' } }), 201)).body['id']);
  const [subject, guard] = [await person('Rosa Referente'), await person('Gino Garante')];
  const act = { actNo: '9/2026', actOn: '2026-02-18' };
  for (const role of ['ICT_REFERENT', 'RTD', 'SECURITY_CONTACT']) await sendCase(api, body, body, 'AppointReferent', { role, subject, ...act });
  await sendCase(api, body, body, 'AppointReferent', { role: 'DPO', subject: guard, ...act });
  for (const service of services) await sendCase(api, body, body, 'AppointReferent', { role: 'SERVICE_REFERENT', service, subject, ...act });
  const { body: view } = await api.call('GET', `/v1/adhesions/${body}-1`, 'operator');
  for (const { appointmentId } of listOf(view['referents'])) await sendCase(api, body, body, 'AcceptAppointment', { appointmentId: String(appointmentId), acceptedAt: '2026-02-19T10:00:00+01:00' });
  await sendCase(api, 'operator', body, 'DraftDpa', { sha256: SHA256 });
  await sendCase(api, body, body, 'SignDpa', { sha256: SHA256, signedAt: '2026-02-19T10:00:00+01:00' });
  await sendCase(api, 'operator', body, 'CountersignDpa', { sha256: SHA256, signedAt: '2026-02-20T10:00:00+01:00', inForceOn: '2026-02-21' });
  await sendCase(api, 'operator', body, 'InviteRecognition');
  await sendCase(api, body, body, 'SubmitRecognition', { ...RECOGNITION, signedOffBy: subject });
  await sendCase(api, 'operator', body, 'ValidateRecognition');
  await sendCase(api, body, body, 'RecordBudgetCover', { covered: true, actNo: '10/2026' });
}

/** The day in Rome: a plan lies ahead of its proposal, and what is done follows it. */
export function today(): string {
  return civilDateOf(new Date().toISOString());
}

/** Asks for a service and brings it to an approved plan; answers the migration's id. */
export async function plan(api: Asks, body: MemberCode, service: Service, { cutoverOn = addDays(today(), 60), asked = ASKED[service] }: { readonly cutoverOn?: string; readonly asked?: object } = {}): Promise<string> {
  const id = `${body}-1.${service}`;
  await done(api.call('POST', `/v1/adhesions/${body}-1/migrations`, 'operator', { body: { service, ...asked } }), 201, service);
  await migrationUntil(api, id, ({ state }) => String(state) === 'FEASIBILITY');
  await sendMigration(api, 'operator', id, 'ApproveFeasibility');
  await sendMigration(api, 'operator', id, 'ProposePlan', {
    provisioningOn: today(), ...(MOVES_DATA.has(service) ? { dataMigrationOn: today() } : {}), cutoverOn, rollback: 'Si torna al vecchio sistema.', costCents: COST_CENTS,
    dataClass: 'ORDINARY', cloudLevel: 'QC2',
  });
  await approve(api, body, id);
  return id;
}

/** Approves a plan, once what it depends on has its own. */
export async function approve(api: Asks, body: MemberCode, id: string): Promise<void> {
  await migrationUntil(api, id, ({ gates }) => listOf(gates).some(({ gate, open }) => String(gate) === 'PLAN_APPROVED' && String(open) === 'true'));
  await sendMigration(api, body, id, 'ApprovePlan', { actNo: '12/2026', actOn: today() });
}

/** Commits the spending: the last thing that provisioning waits for. */
export async function commit(api: Asks, body: MemberCode, id: string): Promise<void> {
  await sendMigration(api, body, id, 'CommitSpending', { actNo: '13/2026', actOn: today(), cents: COST_CENTS });
}

async function done(asked: Promise<Answer>, status: number, what = ''): Promise<Answer> {
  const answer = await asked;
  if (answer.status !== status) throw new Error(`${what}: ${answer.text}`);
  return answer;
}
