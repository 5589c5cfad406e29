import { casesOfBody, type CaseOfBody } from '../../db/queries/cases.ts';
import { isRenewable, type AdhesionState } from '../../domain/adhesion/index.ts';
import { caseId } from '../../domain/processes.ts';
import { ENGINE } from '../../domain/shared/actor.ts';
import { numberOf } from '../../domain/shared/case-number.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Caller } from '../auth/verify.ts';
import type { BodyData } from '../../domain/territory/territory.ts';
import type { Bodies, Body } from '../bodies.ts';
import { learnTerritory, type Context } from '../context.ts';
import { Problem } from '../problems.ts';
import type { CommandAnswer } from './command-way.ts';
import { ADHESION } from './kinds.ts';
import { findOpened } from './opened.ts';

export interface Opening {
  readonly body: Body;
  readonly policies: object | undefined;
  /** As received: what the digest of the request is made of. */
  readonly received: unknown;
  readonly caller: Caller;
  /** From `openingId`, or of the engine's own; unique over all streams. */
  readonly commandId: string;
}

export interface Opened {
  readonly id: string;
  readonly answer: CommandAnswer;
}

const TYPE = 'OpenAdhesion';

const OTHER = {
  message: {
    it: "Con questa Idempotency-Key è stata aperta un'altra adesione, o con altre regole; se ne usi una nuova.",
    en: 'This Idempotency-Key opened another adhesion, or with other policies; use a new one.',
  },
};

/**
 * Opens the next adhesion of a body. The command's id is unique over all streams, so the database itself refuses one key for two
 * bodies, also when both come at once. Throws Problem.
 */
export async function openAdhesion(context: Context, opening: Opening): Promise<Opened> {
  const known = await openedBy(context, opening);
  if (known !== undefined) return known;
  try {
    return await open(context, opening);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'ADHESION_OPEN') throw error;
    // The one that is open may be this very request's, sent twice at once.
    const opened = await openedBy(context, opening);
    if (opened === undefined) throw error;
    return opened;
  }
}

async function openedBy(context: Context, { received, commandId }: Opening): Promise<Opened | undefined> {
  const known = await findOpened(context, { commandId, type: TYPE, received, other: OTHER });
  return known === undefined ? undefined : { id: caseId(known.stream), answer: await context.whole.way.answerKnown(ADHESION, known) };
}

async function open(context: Context, { body, policies, received, caller, commandId }: Opening): Promise<Opened> {
  await learnTerritory(context);
  refuseSucceeded(context.bodies, body);
  const { id, renewable } = nextCase(body.ipaCode, await casesOfBody(context.whole.db, ADHESION.name, body.ipaCode));
  for (const former of renewable) await closeToRenewal(context, former, { successor: id, commandId: `${commandId}/${former}`, received, caller });
  const data = openingData(id, body, policies);
  try {
    const answer = await context.whole.way.execute({ kind: ADHESION, id, commandId, type: TYPE, spec: { freeText: [] }, data, received, caller });
    return { id, answer };
  } catch (error) {
    // Another request opened it between our look and the decision.
    throw error instanceof Problem && error.code === 'ALREADY_OPEN' ? alreadyOpen(id) : error;
  }
}

interface NextCase {
  readonly id: string;
  /** Cases that expired and could still be renewed: each is told before the next one begins. */
  readonly renewable: readonly string[];
}

/** What the process is told of the body. */
export function openingData(id: string, body: Body, policies: object | undefined): object {
  return { id, ...describedBody(body), ...(policies === undefined ? {} : { policies }) };
}

/** A body as an opening names it; its type only where it is no comune, so that the commands of comuni stay as they were. */
export function describedBody({ ipaCode, istatCode, name, population, bodyType }: BodyData) {
  return { body: ipaCode, istatCode, name, population, ...(bodyType === 'COMUNE' ? {} : { bodyType }) };
}

/** The number after the highest of the body's adhesions; throws the refusal while one of them is open. */
export function nextCase(ipaCode: string, cases: readonly CaseOfBody[]): NextCase {
  const open = cases.find(({ state }) => !ADHESION.isClosed(state));
  if (open !== undefined) throw alreadyOpen(open.id);
  const highest = Math.max(0, ...cases.map(({ id }) => numberOf(id)));
  // States come from the fold of that very process.
  const renewable = cases.filter(({ state }) => isRenewable(state as AdhesionState)).map(({ id }) => id);
  return { id: `${ipaCode}-${highest + 1}`, renewable };
}

/**
 * That case decides it, before the next one is opened: of a renewal that is recorded at the same time one is first in its stream. Renewed
 * meanwhile, it refuses, and so the opening is refused.
 */
async function closeToRenewal(
  { whole: { way } }: Context, id: string, { successor, ...sent }: Pick<Opening, 'received' | 'caller'> & { readonly successor: string; readonly commandId: string },
): Promise<void> {
  try {
    await way.execute({ ...sent, kind: ADHESION, id, type: 'NoteSuccessor', spec: { freeText: [] }, data: { successor }, actor: ENGINE });
  } catch (error) {
    throw error instanceof Problem && error.code === 'ADHESION_OPEN' ? alreadyOpen(id) : error;
  }
}

/** A body that is no more, or is not yet, begins nothing. */
export function refuseSucceeded(bodies: Bodies, { ipaCode, from }: Body): void {
  const standing = bodies.standingFor(ipaCode).map((one) => one.ipaCode);
  const today = civilDateOf(new Date().toISOString());
  if (from !== null && from > today) {
    const message = { it: `${ipaCode} esiste dal ${from}.`, en: `${ipaCode} begins on ${from}.` };
    throw Problem.refused('BODY_NOT_YET', [{ code: 'BODY_NOT_YET', message, path: 'body' }]);
  }
  if (standing.includes(ipaCode)) return;
  const names = standing.join(', ');
  const message = { it: `A ${ipaCode} è succeduto ${names}: l'adesione si apre per l'ente che esiste oggi.`, en: `${names} succeeded ${ipaCode}: the adhesion is opened for the body that is there today.` };
  throw Problem.refused('BODY_SUCCEEDED', [{ code: 'BODY_SUCCEEDED', message, path: 'body' }]);
}

function alreadyOpen(id: string): Problem {
  return Problem.refused('ADHESION_OPEN', [{ code: 'ADHESION_OPEN', message: { it: `L'adesione ${id} è aperta.`, en: `The adhesion ${id} is open.` }, path: 'body' }]);
}
