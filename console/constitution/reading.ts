import type { FastifyRequest } from 'fastify';
import { callerOf } from '../../api/auth/hook.ts';
import { CONSTITUTION, streamOf } from '../../api/cases/kinds.ts';
import type { Context } from '../../api/context.ts';
import { Problem } from '../../api/problems.ts';
import { findCase } from '../../db/queries/cases.ts';
import { viewConstitution, type ConstitutionState, type ConstitutionView, type GateView } from '../../domain/constitution/index.ts';
import { gateStateWords, gateWords } from '../../domain/constitution/words.ts';
import { capital, type Language } from '../../domain/shared/bilingual.ts';
import type { FormCase } from '../case/form-case.ts';
import type { Step } from '../case/timeline.ts';
import { NO_CHOICES } from '../forms/form.tsx';
import { CONSTITUTION as WORDS } from '../words/constitution.ts';
import { sayDate } from '../words/dates.ts';

/** A constitution as its pages read it. */
export interface ConstitutionReading extends FormCase {
  readonly view: ConstitutionView;
}

/** The constitution that the path names. Throws Problem NOT_FOUND. */
export function readConstitution(context: Context, request: FastifyRequest): Promise<ConstitutionReading> {
  return readOf(context, request, (request.params as { readonly id: string }).id);
}

/** Throws Problem NOT_FOUND where there is none of that id. */
export async function readOf(context: Context, request: FastifyRequest, id: string): Promise<ConstitutionReading> {
  const caller = callerOf(request);
  const stream = streamOf(CONSTITUTION, id);
  const at = await findCase(context.as(caller).db, stream);
  // The state comes from the fold of this very process.
  const state = at?.state as ConstitutionState | undefined;
  if (at === undefined || state === undefined || state.constitution === null) throw Problem.of('NOT_FOUND');
  const now = new Date().toISOString();
  const view = viewConstitution(state, now);
  return {
    kind: CONSTITUTION, id, stream, path: `/costituzione/${id}`, title: WORDS.title, caller, at, now, position: null, view,
    showing: (other, language) => {
      const shown = viewConstitution(other as ConstitutionState, now);
      return { steps: shown.gates.map((gate) => stepOf(gate, language)), waitingFor: shown.waitingFor };
    },
    choices: async () => NO_CHOICES,
    suggested: (command) => suggestedFor(command, view),
  };
}

/** A form about a gate that is in question begins with the first of them. */
function suggestedFor(command: string, { gates }: ConstitutionView): Readonly<Record<string, string>> {
  const gate = gates.find(({ inQuestion }) => inQuestion)?.gate;
  return command === 'DecideMilestone' && gate !== undefined ? { gate } : {};
}

function stepOf({ gate, state, planned, awaitedBy, reachedOn, inQuestion }: GateView, language: Language): Step {
  const word = capital(gateStateWords(state)[language]);
  const text = reachedOn === null
    ? `${word}; ${WORDS.awaited[language].toLowerCase()} ${sayDate(awaitedBy, language)} (${WORDS.planned[language].toLowerCase()}: ${sayDate(planned.to, language)})`
    : `${word}, ${sayDate(reachedOn, language)}`;
  return { key: gate, title: gateWords(gate), standing: reachedOn !== null ? 'done' : inQuestion ? 'now' : 'open', sentences: [{ text }] };
}
