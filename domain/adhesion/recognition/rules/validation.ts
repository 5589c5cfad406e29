import { addMonths, civilDateOf, compareInstants, startOfDay } from '../../../shared/civil-date.ts';
import { accepted } from '../../../shared/process.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { inTurn } from './in-turn.ts';

const submitted = (command: string) => inTurn(command, ['SUBMITTED'], { it: 'segue la presentazione.', en: 'it follows a submission.' });

/** The Agency sends it back; a validation that stands is not touched. */
export const returnRecognition = rule<Command<'ReturnRecognition'>['data'], object>({
  ground: submitted('ReturnRecognition'),
  decide: ({ data, context }) => accepted<AdhesionEvent>({ type: 'RecognitionReturned', data: { reasons: data.reasons, at: context.now } }),
});

/** It counts from the day on which the Agency validates it, and is stale from the same day of the month, months later. */
export const validateRecognition = rule<Command<'ValidateRecognition'>['data'], object>({
  ground: submitted('ValidateRecognition'),
  decide: ({ state, context }) => {
    const validatedOn = civilDateOf(context.now);
    const staleOn = addMonths(validatedOn, state.opening.policies.recognition.staleMonths);
    return accepted<AdhesionEvent>({
      type: 'RecognitionValidated',
      data: { validatedOn, staleOn, staleFrom: startOfDay(staleOn), basis: basisOf(state), at: context.now },
    });
  },
});

export const letRecognitionGoStale = rule<Command<'LetRecognitionGoStale'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { recognition: { validation, stale } }, data: { staleOn }, context }) => {
    const due = validation !== null && stale === null && validation.staleOn === staleOn && compareInstants(context.now, validation.staleFrom) >= 0;
    return due ? accepted<AdhesionEvent>({ type: 'RecognitionWentStale', data: { staleOn, at: context.now }, effectiveOn: staleOn }) : accepted();
  },
});
