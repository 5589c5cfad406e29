import type { CaseAt } from '../../db/queries/cases.ts';
import { viewAdhesion, type AdhesionState, type AdhesionView } from '../../domain/adhesion/index.ts';
import { processOf } from '../../domain/processes.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { civilDateOf, type Instant } from '../../domain/shared/civil-date.ts';
import { fold } from '../../domain/shared/process.ts';
import { actorOf } from '../../api/auth/hook.ts';
import { asIfBeside } from '../../api/cases/beside.ts';
import type { CheckedCommand } from '../../api/cases/command-way.ts';
import { streamOf } from '../../api/cases/kinds.ts';
import { Problem } from '../../api/problems.ts';
import { timelineOf, type Step } from './timeline.ts';

/** What a command would do, decided by the very process that will decide it, and written nowhere. */
export interface Preview {
  /** Types of the events it would leave. */
  readonly events: readonly string[];
  /** Steps of which something would be known that is not known now, or would not hold any more. */
  readonly steps: readonly Step[];
  readonly after: AdhesionView;
}

/** Throws the Problem with which the command would be refused as the case stands. */
export function previewOf(command: CheckedCommand, { state }: CaseAt, openedAt: Instant, language: Language, now: Instant): Preview {
  const process = processOf(streamOf(command.kind, command.id));
  const decision = process.decide(state, { type: command.type, data: asIfBeside(command.spec, command.data) }, { actor: actorOf(command.caller), now, commandId: command.commandId });
  if (decision.kind === 'refused') throw Problem.refused(decision.code, decision.reasons);
  // States come from the fold of this very process.
  const before = viewAdhesion(state as AdhesionState, now);
  const after = viewAdhesion(fold(process, state, decision.events) as AdhesionState, now);
  return { events: decision.events.map(({ type }) => type), steps: newSteps(before, after, openedAt, language, now), after };
}

function newSteps(before: AdhesionView, after: AdhesionView, openedAt: Instant, language: Language, now: Instant): readonly Step[] {
  const today = civilDateOf(now);
  const known = new Map(timelineOf(before, openedAt, today, language).map(({ key, sentences }) => [key, sentences]));
  return timelineOf(after, openedAt, today, language)
    .map((step) => {
      const said = known.get(step.key) ?? [];
      return { ...step, sentences: step.sentences.filter((sentence) => !said.includes(sentence)), gone: said.filter((sentence) => !step.sentences.includes(sentence)) };
    })
    .filter(({ sentences, gone }) => sentences.length > 0 || gone.length > 0);
}
