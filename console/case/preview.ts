import { processOf } from '../../domain/processes.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import { fold, type Waiting } from '../../domain/shared/process.ts';
import { actorOf } from '../../api/auth/hook.ts';
import { asIfBeside } from '../../api/cases/beside.ts';
import type { CheckedCommand } from '../../api/cases/command-way.ts';
import { Problem } from '../../api/problems.ts';
import type { FormCase } from './form-case.ts';
import type { Sentence, Step } from './timeline.ts';

/** What a command would do, decided by the very process that will decide it, and written nowhere. */
export interface Preview {
  /** Types of the events it would leave. */
  readonly events: readonly string[];
  /** Steps of which something would be known that is not known now, or would not hold any more. */
  readonly steps: readonly Step[];
  /** Whose turn it would be. */
  readonly waitingFor: readonly Waiting[];
}

/** Throws the Problem with which the command would be refused as the case stands. */
export function previewOf(command: CheckedCommand, { stream, at: { state }, now, showing }: FormCase, language: Language): Preview {
  const process = processOf(stream);
  const decision = process.decide(state, { type: command.type, data: asIfBeside(command.spec, command.data) }, { actor: actorOf(command.caller), now, commandId: command.commandId });
  if (decision.kind === 'refused') throw Problem.refused(decision.code, decision.reasons);
  const { steps, waitingFor } = showing(fold(process, state, decision.events), language);
  return { events: decision.events.map(({ type }) => type), steps: newSteps(showing(state, language).steps, steps), waitingFor };
}

function newSteps(before: readonly Step[], after: readonly Step[]): readonly Step[] {
  const known = new Map(before.map(({ key, sentences }) => [key, sentences]));
  return after
    .map((step) => {
      const said = known.get(step.key) ?? [];
      return { ...step, sentences: notIn(said, step.sentences), gone: notIn(step.sentences, said) };
    })
    .filter(({ sentences, gone }) => sentences.length > 0 || gone.length > 0);
}

function notIn(others: readonly Sentence[], sentences: readonly Sentence[]): readonly Sentence[] {
  return sentences.filter(({ text }) => !others.some((other) => other.text === text));
}
