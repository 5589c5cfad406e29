import { casesOfBodies, type CaseOfBody } from '../../db/queries/cases.ts';
import type { CampaignAction, Target } from '../../domain/campaign/terms.ts';
import { processOf } from '../../domain/processes.ts';
import { numberOf } from '../../domain/shared/case-number.ts';
import { keepReason, type Reason } from '../../domain/shared/reason.ts';
import { actorOf } from '../auth/hook.ts';
import type { Caller } from '../auth/verify.ts';
import { asIfBeside } from '../cases/beside.ts';
import { checkedCommand } from '../cases/checked-command.ts';
import { ADHESION, streamOf } from '../cases/kinds.ts';
import { nextCase, openingData } from '../cases/opening.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import type { CheckedAction } from './request.ts';
import type { Selected } from './selection.ts';

const BATCH = 100;
/** A record has its bound: of each refusal as many reasons as say what is to be done. */
export const MOST_REASONS = 3;

/**
 * What the process would say of the act on each comune, now: decided by the very rules that will decide it, on the case as it
 * stands, and written nowhere.
 */
export async function previewOf(context: Context, selected: readonly Selected[], action: CheckedAction, caller: Caller, now: string): Promise<readonly Target[]> {
  const targets: Target[] = [];
  for (let from = 0; from < selected.length; from += BATCH) {
    const batch = selected.slice(from, from + BATCH);
    const cases = Map.groupBy(await casesOfBodies(context.whole.db, ADHESION.name, batch.map(({ body }) => body.ipaCode)), ({ body }) => body);
    for (const one of batch) targets.push(await targetOf(context, one, cases.get(one.body.ipaCode) ?? [], action, caller, now));
  }
  return targets;
}

async function targetOf(context: Context, { body, adhesion }: Selected, cases: readonly CaseOfBody[], { action, command }: CheckedAction, caller: Caller, now: string): Promise<Target> {
  const own = adhesion === null ? newestOf(cases, action.kind) : cases.find(({ id }) => id === adhesion);
  const target = { body: body.ipaCode, adhesion: action.kind === 'OPEN_ADHESION' ? null : own?.id ?? null };
  try {
    if (action.kind === 'OPEN_ADHESION') {
      const { id } = nextCase(body.ipaCode, cases);
      judge({ type: 'OpenAdhesion', data: openingData(id, body, undefined), id, caller, now });
    } else if (own === undefined) {
      throw Problem.refused('NO_ADHESION', [{ code: 'NO_ADHESION', message: { it: `${body.name} non ha nessuna adesione.`, en: `${body.name} has no adhesion.` } }]);
    } else if (command === null) {
      checkClosed(own.state);
    } else {
      const { type, spec, data } = command;
      const checked = await checkedCommand(context, { kind: ADHESION, id: own.id, type, spec, data, caller, commandId: 'preview', isFact: false, ifMatch: undefined });
      judge({ type, data: asIfBeside(checked.spec, checked.data), id: own.id, state: own.state, caller, now });
    }
    return { ...target, refused: null };
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    return { ...target, refused: { code: error.code, reasons: reasonsOf(error).slice(0, MOST_REASONS).map(keepReason) } };
  }
}

interface Judged {
  readonly type: string;
  readonly data: object;
  readonly id: string;
  /** Absent: of a case that is not there yet. */
  readonly state?: object;
  readonly caller: Caller;
  readonly now: string;
}

/** Throws the Problem with which the command would be refused. */
function judge({ type, data, id, state, caller, now }: Judged): void {
  const process = processOf(streamOf(ADHESION, id));
  const decision = process.decide(state ?? process.initial(), { type, data }, { actor: actorOf(caller), now, commandId: 'preview' });
  if (decision.kind === 'refused') throw Problem.refused(decision.code, decision.reasons);
}

/** The adhesion that an act is for: the open one, else the last; to archive, the last that is closed, if one is. */
function newestOf(cases: readonly CaseOfBody[], kind: CampaignAction['kind']): CaseOfBody | undefined {
  const newestFirst = cases.toSorted((a, b) => numberOf(b.id) - numberOf(a.id));
  return newestFirst.find(({ state }) => ADHESION.isClosed(state) === (kind === 'ARCHIVE')) ?? newestFirst[0];
}

/** Throws Problem for a case that is not concluded: its history is not whole, and is archived by itself when it is. */
export function checkClosed(state: object): void {
  if (ADHESION.isClosed(state)) return;
  throw Problem.refused('CASE_OPEN', [{ code: 'CASE_OPEN', message: { it: 'L\'adesione è ancora aperta: si archivia una pratica conclusa.', en: 'The adhesion is still open: a case is archived when it is closed.' } }]);
}

/** What a problem gives as reasons; one that has none is its own. */
export function reasonsOf({ code, options: { reasons = [], detail } }: Problem): readonly Reason[] {
  return reasons.length > 0 || detail === undefined ? reasons : [{ code, message: detail }];
}
