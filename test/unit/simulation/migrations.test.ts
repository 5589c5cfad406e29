import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../api/catalogue.ts';
import { findService } from '../../../domain/catalogue/catalogue.ts';
import { offerOf } from '../../../domain/catalogue/offer.ts';
import { viewAdhesion, type AdhesionState } from '../../../domain/adhesion/index.ts';
import { viewMigration, type MigrationState } from '../../../domain/migration/index.ts';
import type { BrokerCall } from '../../../domain/migration/broker-call.ts';
import type { Actor } from '../../../domain/shared/actor.ts';
import { MemoryShell } from '../../../simulation/memory-shell.ts';
import { abbiategrassoPath } from '../../support/adhesion-path.ts';
import { SUBMISSION } from '../../domain/adhesion/recognition/cases.ts';
import { completion, nextItem, planFor } from '../../domain/migration/full.ts';

const START = '2026-11-22T10:00:00Z';
const OPERATOR: Actor = { subject: 's_operator', role: 'operator', body: 'agency' };
const SERVICES = ['FIBRE', 'VOIP_TELEPHONY', 'IDENTITY'] as const;
const COMUNI = readFileSync(new URL('../../../data/comuni-cmm.csv', import.meta.url), 'utf8').trim().split('\n').slice(1).length;

test(`each of ${COMUNI} comuni brings three services to the end of provisioning, one of them by a broker, and its telephony waits for its fibre`, async () => {
  const calls: BrokerCall[] = [];
  const shell = new MemoryShell(START, (call) => {
    calls.push(call);
    return Promise.resolve({ outcome: 'SUCCEEDED', broker: 'memory', instanceId: `${call.migration}#${call.attempt}`, bindingId: call.binding === undefined ? null : 'b1' });
  });
  let sent = 0;
  const send = async (stream: string, type: string, data: object, actor: Actor): Promise<void> => {
    sent += 1;
    const outcome = await shell.execute(stream, `c-${sent}`, { type, data }, actor);
    if (outcome.kind === 'refused') throw new Error(`${stream} ${type}: ${outcome.reasons.map(({ message }) => message.en).join(' ')}`);
  };
  const catalogue = loadCatalogue();
  for (let number = 0; number < COMUNI; number += 1) {
    const body = `c_x${String(number).padStart(3, '0')}`;
    const member: Actor = { subject: 's_member', role: 'member', body };
    const adhesion = `adhesion/${body}-1`;
    for (const { by, type, data } of abbiategrassoPath()) {
      await send(adhesion, type, type === 'OpenAdhesion' ? { id: `${body}-1`, body, istatCode: '015002', name: body, population: 32_425 } : data, by === 'operator' ? OPERATOR : member);
    }
    await readied(send, adhesion, member);
    for (const service of SERVICES) {
      const entry = findService(catalogue, service);
      await send(adhesion, 'RequestMigration', { service, parameters: {}, ...(entry === undefined ? {} : { offered: offerOf(entry) }) }, OPERATOR);
      await provisioned(send, shell, `migration/${body}-1.${service}`, member);
    }
    const view = (service: string) => viewMigration(shell.state(`migration/${body}-1.${service}`) as MigrationState, START);
    expect(SERVICES.map((service) => view(service).state)).toEqual(['ACCEPTANCE', 'PROVISIONING', 'ACCEPTANCE']);
    expect(view('VOIP_TELEPHONY').gates.find(({ gate }) => gate === 'DATA_MIGRATION')?.reasons.map(({ code }) => code)).toContain('DEPENDENCY_NOT_OPERATING');
    expect(viewAdhesion(shell.state(adhesion) as AdhesionState, START).migrations.map(({ state }) => state)).toEqual(['ACCEPTANCE', 'PROVISIONING', 'ACCEPTANCE']);
  }
  expect(calls.map(({ operation, migration }) => `${operation} ${migration}`)).toEqual(
    Array.from({ length: COMUNI }, (_, number) => `c_x${String(number).padStart(3, '0')}-1.IDENTITY`).flatMap((id) => [`PROVISION ${id}`, `BIND ${id}`]),
  );
  expect(shell.store.alarms).toEqual([]);
}, 120_000);

type Send = (stream: string, type: string, data: object, actor: Actor) => Promise<void>;

/** What a service needs of the adhesion beside its ordinary path: recognition, the agreement on data, the referents of the services. */
async function readied(send: Send, adhesion: string, member: Actor): Promise<void> {
  const sha256 = 'ab'.repeat(32);
  await send(adhesion, 'InviteRecognition', {}, OPERATOR);
  await send(adhesion, 'SubmitRecognition', { ...SUBMISSION, signedOffBy: 's_rtd' }, member);
  await send(adhesion, 'ValidateRecognition', {}, OPERATOR);
  await send(adhesion, 'DraftDpa', { sha256 }, OPERATOR);
  await send(adhesion, 'SignDpa', { signedAt: '2026-10-05T10:00:00Z', sha256 }, member);
  await send(adhesion, 'CountersignDpa', { signedAt: '2026-10-06T10:00:00Z', sha256, inForceOn: '2026-10-07' }, OPERATOR);
  for (const [index, service] of SERVICES.entries()) {
    await send(adhesion, 'AppointReferent', { role: 'SERVICE_REFERENT', subject: `s_${service.toLowerCase()}`, actNo: '9/2026', actOn: '2026-10-01', service }, member);
    // Four were appointed before.
    await send(adhesion, 'AcceptAppointment', { appointmentId: `ref-${5 + index}`, acceptedAt: '2026-10-05T10:00:00Z' }, member);
  }
}

async function provisioned(send: Send, shell: MemoryShell, stream: string, member: Actor): Promise<void> {
  const state = (): MigrationState => shell.state(stream) as MigrationState;
  await send(stream, 'ApproveFeasibility', {}, OPERATOR);
  await send(stream, 'ProposePlan', planFor(state()), OPERATOR);
  await send(stream, 'ApprovePlan', { actNo: '80/2026', actOn: '2026-11-22' }, member);
  await send(stream, 'CommitSpending', { actNo: '81/2026', actOn: '2026-11-21', cents: 1_250_000 }, member);
  for (let item = nextItem(state()); item !== undefined; item = nextItem(state())) await send(stream, 'CompleteWorkItem', completion(item, '2026-11-22'), OPERATOR);
  if (state().migration?.pinned?.fulfilment.kind === 'MANUAL') await send(stream, 'RecordProvisioned', { provisionedOn: '2026-11-22' }, OPERATOR);
}
