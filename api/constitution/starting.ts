import { casesOfBody } from '../../db/queries/cases.ts';
import { resolveConstitution } from '../../domain/constitution/policies.ts';
import { resolveThreshold, type Territory } from '../../domain/constitution/threshold.ts';
import { caseId } from '../../domain/processes.ts';
import { AGENCY } from '../../domain/shared/body-code.ts';
import { numberOf } from '../../domain/shared/case-number.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Bodies } from '../bodies.ts';
import type { Caller } from '../auth/verify.ts';
import type { CommandAnswer } from '../cases/command-way.ts';
import { CONSTITUTION } from '../cases/kinds.ts';
import { findOpened, openingId } from '../cases/opened.ts';
import type { Context } from '../context.ts';
import { parseData } from '../http/validation.ts';
import { ConstitutionRequest } from '../openapi/constitution-schemas.ts';
import { Problem } from '../problems.ts';

const TYPE = 'StartConstitution';

export interface Started {
  readonly id: string;
  readonly answer: CommandAnswer;
}

/** The comuni that may join, by the data as they are on a day. */
export function territoryOf(bodies: Bodies, asOf: string): Territory {
  return { asOf, bodies: bodies.all.map(({ ipaCode: body, population }) => ({ body, population })) };
}

/** Starts the path to the constitution: one at a time, the next only where the one before was given up. Throws Problem. */
export async function startConstitution(context: Context, received: unknown, caller: Caller, key: string | undefined): Promise<Started> {
  const { plan, threshold, agencyLegalForm } = parseData(ConstitutionRequest, received);
  const commandId = openingId(context, caller, key, 'constitution');
  const known = await findStarted(context, commandId, received);
  if (known !== undefined) return known;
  const id = await nextId(context);
  const policies = resolveConstitution({ plan, agencyLegalForm, threshold: threshold === undefined ? undefined : resolveThreshold(threshold) });
  const data = { id, policies, territory: territoryOf(context.bodies, civilDateOf(new Date().toISOString())) };
  try {
    return { id, answer: await context.whole.way.execute({ kind: CONSTITUTION, id, commandId, type: TYPE, spec: { freeText: [] }, data, received, caller }) };
  } catch (error) {
    // Another request started it between our look and the decision; it may be this very one, sent twice at once.
    if (!(error instanceof Problem) || error.code !== 'ALREADY_STARTED') throw error;
    const started = await findStarted(context, commandId, received);
    if (started === undefined) throw isOpen(id);
    return started;
  }
}

/** The constitution that this very request started before. Throws Problem for a key used with another content. */
async function findStarted(context: Context, commandId: string, received: unknown): Promise<Started | undefined> {
  const message = { it: "Con questa Idempotency-Key è stata avviata un'altra costituzione; se ne usi una nuova.", en: 'This Idempotency-Key started another constitution; use a new one.' };
  const known = await findOpened(context, { commandId, type: TYPE, received, other: { message } });
  return known === undefined ? undefined : { id: caseId(known.stream), answer: await context.whole.way.answerKnown(CONSTITUTION, known) };
}

/** The number after the highest; throws the refusal while one is open. */
async function nextId({ whole: { db } }: Context): Promise<string> {
  const cases = await casesOfBody(db, CONSTITUTION.name, AGENCY);
  const open = cases.find(({ state }) => !CONSTITUTION.isClosed(state));
  if (open !== undefined) throw isOpen(open.id);
  return `${AGENCY}-${Math.max(0, ...cases.map(({ id }) => numberOf(id))) + 1}`;
}

function isOpen(id: string): Problem {
  return Problem.refused('CONSTITUTION_OPEN', [{ code: 'CONSTITUTION_OPEN', message: { it: `Il percorso di costituzione ${id} è aperto.`, en: `The constitution ${id} is open.` } }]);
}
