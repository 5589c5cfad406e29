import { councillorsOf } from '../../calendar/majority.ts';
import { accepted, refused, type Context } from '../../shared/process.ts';
import { notInFuture } from '../checks.ts';
import { isClosed } from '../closing.ts';
import type { Command } from '../command-types.ts';
import { competencePinned } from '../competence.ts';
import type { AdhesionEvent } from '../events.ts';
import { rule, type Verdict } from '../rule.ts';
import { isOpened, type AdhesionState } from '../state.ts';
import type { FactToTake } from './catalogue.ts';

/** The case ends with its body, and names where it goes on; one that had ended before is left as it is. */
export const succeedAdhesion = rule<Command<'SucceedAdhesion'>['data'], object>({
  ground: () => ({}),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { change, on, successors }, context: { now } }) => (isClosed(state) ? accepted() : accepted<AdhesionEvent>({
    type: 'AdhesionSucceeded', data: { change, on, successors, at: now }, effectiveOn: on,
  })),
});

/** Events that a fact may name by their versions, each by the member that does. */
const NAMES_A_VERSION = ['corrects', 'signature', 'undoes', 'expiry'] as const;

/**
 * The case of a body that takes the place of others: opened with the readings of the law that the base pinned, then the facts taken over, each in an
 * event of its own with its day and its origin. In a case that the body had already the lineage alone is noted: it goes on with its own acts.
 */
export function inheritAdhesion(state: AdhesionState, data: Command<'InheritAdhesion'>['data'], context: Context): Verdict {
  const { id, body, istatCode, name, population, bodyType = 'COMUNE', change, on, policies, from, facts } = data;
  const future = notInFuture(context, { on });
  if (future !== null) return future;
  const inherited: AdhesionEvent = { type: 'AdhesionInherited', data: { change, on, from, facts: isOpened(state) ? 0 : facts.length, at: context.now }, effectiveOn: on };
  if (isOpened(state)) {
    if (state.lineage.inherited.some((known) => known.change === change)) return accepted();
    return isClosed(state) ? refused('CASE_CLOSED', { it: 'La pratica è chiusa.', en: 'This case is closed.' }) : accepted(inherited);
  }
  const opening: AdhesionEvent = {
    type: 'AdhesionOpened',
    // The council of the new comune has its own size, other organs that of their statute until it is corrected; the regulation on its quorum is none yet.
    data: {
      id, body, istatCode, name, population, policies: { ...policies, councillors: bodyType === 'COMUNE' ? councillorsOf(population) : policies.councillors, quorum: null },
      ...competencePinned(bodyType), at: context.now,
    },
  };
  const first = 3;
  const moved = new Map(facts.map((fact, index) => [`${fact.adhesion}@${fact.version}`, first + index]));
  return accepted(opening, inherited, ...facts.map((fact) => takenOver(fact, moved)));
}

/** A fact in its new case: the versions that it names are those of the events that repeat what it named. */
function takenOver({ adhesion, version, type, data, effectiveOn }: FactToTake, moved: ReadonlyMap<string, number>): AdhesionEvent {
  const named = Object.entries(data).map(([member, value]): readonly [string, unknown] => (
    NAMES_A_VERSION.some((one) => one === member) && typeof value === 'number' ? [member, moved.get(`${adhesion}@${value}`) ?? value] : [member, value]));
  // The facts are stored events of an adhesion, whose shape their types give.
  return { type, data: { ...Object.fromEntries(named), origin: { kind: 'TAKEN_OVER', adhesion, version } }, ...(effectiveOn === undefined ? {} : { effectiveOn }) } as unknown as AdhesionEvent;
}
