import { casesOfBodies, getCaseAt } from '../../db/queries/cases.ts';
import { allEventsAfter } from '../../db/queries/events.ts';
import { isDatabaseAway } from '../../db/unavailable.ts';
import { takingOver, type AdhesionState, type Predecessor } from '../../domain/adhesion/index.ts';
import { isOpened } from '../../domain/adhesion/state.ts';
import { ENGINE } from '../../domain/shared/actor.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Change } from '../../domain/territory/territory.ts';
import type { Caller } from '../auth/verify.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import { describedBody, nextCase } from '../cases/opening.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

/** A case that a change ends: where it goes on, and whether its successors' cases know of it already. */
export interface JoinedCase {
  readonly adhesion: string;
  readonly body: string;
  readonly state: 'JOINED' | 'PENDING';
  readonly successors: readonly { readonly body: string; readonly adhesion: string }[];
}

interface Ended {
  readonly id: string;
  readonly body: string;
  readonly state: AdhesionState;
}

/** What follows from an operator's change is the engine's act. */
const BY_ENGINE: Caller = { subject: ENGINE.subject, role: 'operator', body: null };
const NO_TEXT = { freeText: [] } as const;

/**
 * Joins the running adhesions that a change ends to those of the successors: first each predecessor's case ends, naming where it goes on, so that
 * nothing is recorded there any more; then each successor's takes over what had been recorded by then. Every step is done once under an id of its own: broken off,
 * it is taken up where it stood, by whoever asks next. Throws Problem.
 */
export async function joinCases(context: Context, change: Change): Promise<readonly JoinedCase[]> {
  if (change.on > civilDateOf(new Date().toISOString())) throw notYet(change);
  const { way } = context.whole;
  const ended = await endedBy(context, change);
  const touched = ended.filter(({ state }) => isOf(state, change) || !ADHESION.isClosed(state));
  if (touched.length === 0) return [];
  // From here on the change can't be corrected any more; one that was meanwhile is joined as it is now.
  if (!(await context.territory.beginJoining(change))) throw changedMeanwhile(change);
  const successors = touched.map(({ state }) => state.lineage.succession?.successors).find((known) => known !== undefined) ?? await casesToGoOnIn(context, change);
  const sent = { kind: ADHESION, spec: NO_TEXT, received: { change: change.id }, caller: BY_ENGINE, actor: ENGINE } as const;
  for (const { id } of touched) {
    await way.execute({ ...sent, id, commandId: `territory/${change.id}/${id}`, type: 'SucceedAdhesion', data: { change: change.id, on: change.on, successors } });
  }
  const taken = takingOver(await Promise.all(touched.map(({ id }) => asItEnded(context, id))));
  for (const { body, adhesion } of successors) {
    await way.execute({
      ...sent, id: adhesion, commandId: `territory/${change.id}/${adhesion}`, type: 'InheritAdhesion',
      data: { id: adhesion, ...describedBody(successorData(change, body)), change: change.id, on: change.on, ...taken },
    });
  }
  return joinedCases(context, change);
}

/** The cases that a change ends, and how far they are joined. */
export async function joinedCases(context: Context, change: Change): Promise<readonly JoinedCase[]> {
  const ended = (await endedBy(context, change)).filter(({ state }) => isOf(state, change) || !ADHESION.isClosed(state));
  const heirs = await casesOfBodies(context.whole.db, ADHESION.name, change.successors.map(({ ipaCode }) => ipaCode));
  const knowing = new Set(heirs.filter(({ state }) => (state as AdhesionState).lineage.inherited.some((one) => one.change === change.id)).map(({ id }) => id));
  return ended.map(({ id, body, state }) => {
    const successors = isOf(state, change) ? state.lineage.succession?.successors ?? [] : [];
    return { adhesion: id, body, successors, state: successors.length > 0 && successors.every(({ adhesion }) => knowing.has(adhesion)) ? 'JOINED' : 'PENDING' };
  });
}

/** Joins what is due of all changes, as a server does by itself; what cannot be done now is done later. */
export async function joinDue(context: Context, done: Set<string>): Promise<void> {
  const today = civilDateOf(new Date().toISOString());
  const { changes } = await context.territory.current();
  for (const { data, corrections } of changes) {
    const known = `${data.id}@${corrections.length}`;
    if (data.on > today || done.has(known)) continue;
    try {
      if ((await joinedCases(context, data)).some(({ state }) => state === 'PENDING')) await joinCases(context, data);
      done.add(known);
    } catch (error) {
      if (isAway(error)) return;
      context.log.error({ err: error, change: data.id }, 'the cases of a change of the territory could not be joined');
    }
  }
}

/** True where store or engine are away: it is done later. */
export function isAway(error: unknown): boolean {
  return (error instanceof Problem && error.status === 503) || isDatabaseAway(error);
}

async function endedBy({ whole: { db } }: Context, { predecessors, successors }: Change): Promise<readonly Ended[]> {
  const bodies = predecessors.filter((code) => !successors.some(({ ipaCode }) => ipaCode === code));
  const found = await casesOfBodies(db, ADHESION.name, bodies);
  // States come from the fold of that very process.
  return found.map(({ id, body, state }) => ({ id, body, state: state as AdhesionState })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function isOf(state: AdhesionState, { id }: Change): boolean {
  return state.lineage.succession?.change === id;
}

/** Of each successor the case that is open, or its next one. */
async function casesToGoOnIn({ whole: { db } }: Context, { successors }: Change): Promise<readonly { readonly body: string; readonly adhesion: string }[]> {
  return Promise.all(successors.map(async ({ ipaCode }) => {
    const cases = await casesOfBodies(db, ADHESION.name, [ipaCode]);
    const open = cases.find(({ state }) => !ADHESION.isClosed(state));
    return { body: ipaCode, adhesion: open?.id ?? nextCase(ipaCode, cases).id };
  }));
}

/** A predecessor's case right before the event that ended it. */
async function asItEnded({ whole: { db } }: Context, id: string): Promise<Predecessor> {
  const stream = streamOf(ADHESION, id);
  const events: Predecessor['events'][number][] = [];
  let hash = '';
  for await (const event of allEventsAfter(db, stream, 0)) {
    if (event.type === 'AdhesionSucceeded') break;
    const { version, type, data, effectiveOn, recordedAt } = event;
    events.push({ version, type, data, recordedAt, ...(effectiveOn === null ? {} : { effectiveOn }) } as Predecessor['events'][number]);
    hash = event.hash;
  }
  const state = (await getCaseAt(db, stream, events.length)).state as AdhesionState;
  if (!isOpened(state)) throw new Error(`The case ${id} was never opened`);
  return { state, events, hash };
}

function successorData({ successors }: Change, body: string) {
  const found = successors.find(({ ipaCode }) => ipaCode === body);
  if (found === undefined) throw new Error(`${body} is no successor`);
  return found;
}

function changedMeanwhile({ id }: Change): Problem {
  const message = { it: `La variazione ${id} è stata corretta o annullata nel frattempo: si rilegga.`, en: `The change ${id} was corrected or withdrawn meanwhile: read it again.` };
  return Problem.refused('CHANGE_CHANGED', [{ code: 'CHANGE_CHANGED', message }]);
}

function notYet({ id, on }: Change): Problem {
  const message = { it: `La variazione ${id} ha effetto dal ${on}: le pratiche si uniscono da quel giorno.`, en: `The change ${id} counts from ${on}: cases are joined from that day on.` };
  return Problem.refused('CHANGE_NOT_YET', [{ code: 'CHANGE_NOT_YET', message }]);
}
