import { expect } from 'vitest';
import { abbiategrassoPath, PATH_SUBJECTS, type PathStep, type PathSubjects } from '../support/adhesion-path.ts';
import type { As, System } from './system.ts';

const LAWFUL_SUBJECTS_OF_L90 = 100_000;

export interface Comune {
  readonly ipaCode: `c_${string}`;
  readonly name: string;
  readonly population: number;
}

export async function allComuni(system: System): Promise<Comune[]> {
  const comuni: Comune[] = [];
  for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
    const { body } = await system.call('GET', `/v1/bodies?limit=100${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`, 'operator');
    comuni.push(...(body['items'] as Comune[]));
    cursor = body['nextCursor'] as string | null;
  }
  return comuni;
}

/** Takes a comune from the opening to MANAGEMENT with its first service delivered; gives the keys it used. */
export async function carry(system: System, comune: Comune): Promise<{ stream: string; commandId: string }[]> {
  const { ipaCode } = comune;
  const id = `${ipaCode}-1`;
  const used: { stream: string; commandId: string }[] = [];
  const send = async (path: string, as: As, body: object, key: string, status = 200): Promise<Record<string, unknown>> => {
    const answer = await system.insist(path, as, body, key);
    expect(answer, `${ipaCode} ${key}`).toMatchObject({ status });
    return answer.body;
  };
  const subjects = await addSubjects(system, ipaCode);
  const opened = await send('/v1/adhesions', 'operator', { body: ipaCode }, `${ipaCode}.open`, 201);
  const { policies } = opened['adhesion'] as { policies: { councillors: number } } | undefined ?? (await system.call('GET', `/v1/adhesions/${id}`, 'operator')).body as { policies: { councillors: number } };
  for (const [n, step] of pathOf(comune, subjects, policies.councillors).entries()) {
    const key = `${ipaCode}.${n}`;
    await send(`/v1/adhesions/${id}/commands`, step.by === 'operator' ? 'operator' : ipaCode, { type: step.type, data: step.data }, key);
    used.push({ stream: `adhesion/${id}`, commandId: key });
  }
  await send(`/v1/adhesions/${id}/migrations`, 'operator', { service: 'TRAINING' }, `${ipaCode}.training`, 201);
  await deliver(system, `${id}.TRAINING`, (path, body, key) => send(path, 'operator', body, key));
  return used;
}

/** The operator does what the service asks of a person, item after item. */
async function deliver(system: System, migration: string, send: (path: string, body: object, key: string) => Promise<Record<string, unknown>>): Promise<void> {
  for (;;) {
    await expect.poll(async () => (await migrationOf(system, migration))?.['state'], { timeout: 60_000, message: migration }).toMatch(/^(PROVISIONING|OPERATING)$/);
    const view = await migrationOf(system, migration);
    if (view?.['state'] === 'OPERATING') return;
    const items = view?.['workItems'] as { id: string; completedOn: string | null }[];
    const next = items.find((item) => item.completedOn === null);
    if (next === undefined) throw new Error(`${migration} has nothing left to do and does not operate`);
    await send(`/v1/migrations/${migration}/commands`, { type: 'CompleteWorkItem', data: { workItemId: next.id, completedOn: '2026-10-01' } }, `${migration}.${next.id}`);
  }
}

async function migrationOf(system: System, id: string): Promise<Record<string, unknown> | null> {
  const answer = await system.call('GET', `/v1/migrations/${id}`, 'operator').catch(() => null);
  return answer?.status === 200 ? answer.body : null;
}

async function addSubjects(system: System, ipaCode: `c_${string}`): Promise<PathSubjects> {
  const add = async (name: string): Promise<string> => {
    const body = name === 'president' ? 'agency' : ipaCode;
    for (;;) {
      const answer = await system.call('POST', '/v1/subjects', 'operator', { body, name: `Persona ${name}`, email: `${name}@example.org` }).catch(() => null);
      if (answer?.status === 201) return answer.body['id'] as string;
    }
  };
  const entries: [string, string][] = [];
  for (const name of Object.keys(PATH_SUBJECTS)) entries.push([name, await add(name)]);
  return Object.fromEntries(entries) as unknown as PathSubjects;
}

/** The path of Abbiategrasso, with a council and a security role of this comune's size. */
function pathOf({ ipaCode, population }: Comune, subjects: PathSubjects, councillors: number): PathStep[] {
  return abbiategrassoPath(subjects).slice(1).map((step): PathStep => {
    if (step.type === 'RecordSession') {
      return { ...step, data: { ...step.data, councillorsPresent: councillors, mayorPresent: true, votes: { for: councillors + 1, against: 0, abstained: 0 } } };
    }
    const isLarge = ipaCode === 'c_f205' || population > LAWFUL_SUBJECTS_OF_L90;
    if (step.type === 'AppointReferent' && step.data.role === 'SECURITY_CONTACT' && isLarge) return { ...step, data: { ...step.data, role: 'CYBER_REFERENT' } };
    return step;
  });
}
