import { casesOfBody } from '../../db/queries/cases.ts';
import { adhesion, summarizeAdhesion, viewAdhesion, type AdhesionState } from '../../domain/adhesion/index.ts';
import type { PaperAdhesion } from '../../domain/adhesion/schemas/import.ts';
import { fold } from '../../domain/shared/process.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { unknownBody, type Body } from '../bodies.ts';
import { ADHESION } from '../cases/kinds.ts';
import { findOpened } from '../cases/opened.ts';
import { describedBody, nextCase, refuseSucceeded } from '../cases/opening.ts';
import { learnTerritory, type Context } from '../context.ts';
import { Problem } from '../problems.ts';

const OTHER = {
  message: { it: "Con questa Idempotency-Key sono stati importati altri dati di questo ente; se ne usi una nuova.", en: 'This Idempotency-Key imported other data of this body; use a new one.' },
  path: 'body',
};
const TYPE = 'ImportAdhesion';

/** An adhesion that can be imported: how it would stand. */
export interface Importable {
  readonly body: string;
  readonly adhesion: string;
  readonly phase: string;
  readonly inForceOn: string | null;
  readonly endsOn: string | null;
}

interface Checked extends Importable {
  readonly commandId: string;
  /** The command; null of one that this very request imported before. */
  readonly data: object | null;
  readonly item: PaperAdhesion;
}

export interface Imports {
  readonly items: readonly PaperAdhesion[];
  readonly caller: Caller;
  /** Ids of the commands begin so; the same one sent again imports nothing twice. */
  readonly requestId: string;
}

/** What would be imported. Throws Problem with the faults of all rows: while one is wrong nothing begins. */
export async function checkImports(context: Context, { items, caller, requestId }: Imports): Promise<readonly Checked[]> {
  await learnTerritory(context);
  const reasons: Reason[] = [];
  const checked: Checked[] = [];
  for (const [index, item] of items.entries()) {
    const twice = items.findIndex(({ body }) => body === item.body);
    try {
      if (twice < index) throw Problem.validation([{ code: 'BODY_REPEATED', message: { it: `L'ente ${item.body} è già nella riga ${twice + 1}.`, en: `The body ${item.body} stands in row ${twice + 1} already.` }, path: 'body' }]);
      checked.push(await checkItem(context, item, caller, `${requestId}/${item.body}`));
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      const found = error.options.reasons ?? [{ code: error.code, message: error.options.detail ?? { it: error.code, en: error.code } }];
      reasons.push(...found.map((reason) => ({ ...reason, path: reason.path === undefined ? `items.${index}` : `items.${index}.${reason.path}` })));
    }
  }
  if (reasons.length > 0) throw Problem.validation(reasons.slice(0, 100));
  return checked;
}

/** Imports what was checked, one after the other: each is whole or not there. */
export async function importAll({ whole: { way } }: Context, checked: readonly Checked[], caller: Caller): Promise<readonly Importable[]> {
  for (const { adhesion: id, commandId, data, item } of checked) {
    if (data !== null) await way.execute({ kind: ADHESION, id, commandId, type: TYPE, spec: { freeText: [] }, data, received: item, caller });
  }
  return checked.map(shownOf);
}

export function shownOf({ body, adhesion: id, phase, inForceOn, endsOn }: Importable): Importable {
  return { body, adhesion: id, phase, inForceOn, endsOn };
}

async function checkItem(context: Context, item: PaperAdhesion, caller: Caller, commandId: string): Promise<Checked> {
  const { whole: { db }, bodies } = context;
  const body = bodies.find(item.body);
  if (body === undefined) throw unknownBody(item.body);
  refuseSucceeded(bodies, body);
  const cases = await casesOfBody(db, ADHESION.name, body.ipaCode);
  const known = await findOpened(context, { commandId, type: TYPE, received: item, other: OTHER });
  const former = cases.find(({ stream }) => stream === known?.stream);
  if (former !== undefined) return { ...standing(former.state as AdhesionState), commandId, data: null, item };
  refuseImported(cases.map(({ state }) => state as AdhesionState), item);
  const { id } = nextCase(body.ipaCode, cases);
  const data = dataOf(id, body, item);
  // Decided as it will be; nothing is written.
  const decision = adhesion.decide(adhesion.initial(), { type: TYPE, data }, { actor: actorOf(caller), now: new Date().toISOString(), commandId });
  if (decision.kind === 'refused') throw Problem.refused(decision.code, decision.reasons);
  return { ...standing(fold(adhesion, adhesion.initial(), decision.events)), commandId, data, item };
}

function dataOf(id: string, body: Body, { body: _body, policies, ...paper }: PaperAdhesion) {
  return { id, ...describedBody(body), ...(policies === undefined ? {} : { policies }), paper };
}

function standing(state: AdhesionState): Importable {
  const { convention, id, body } = viewAdhesion(state, new Date().toISOString());
  return { body, adhesion: id, phase: summarizeAdhesion(state).phase, inForceOn: convention.inForceOn, endsOn: convention.endsOn };
}

/** The same resolution is imported once, also when the case that it began has ended since. */
function refuseImported(states: readonly AdhesionState[], { resolution: { resolutionNo, heldOn } }: PaperAdhesion): void {
  const again = states.find(({ lineage, deliberation: { adoption } }) => lineage.imported !== null && adoption?.resolutionNo === resolutionNo && adoption.heldOn === heldOn);
  if (again === undefined) return;
  const id = again.opening?.id ?? '';
  const message = { it: `La delibera ${resolutionNo} del ${heldOn} è già stata importata (${id}).`, en: `The resolution ${resolutionNo} of ${heldOn} was imported already (${id}).` };
  throw Problem.refused('ALREADY_IMPORTED', [{ code: 'ALREADY_IMPORTED', message, path: 'resolution.resolutionNo' }]);
}
