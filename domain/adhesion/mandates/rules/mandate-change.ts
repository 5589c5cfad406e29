import { addDays, civilDateOf, laterDate, type CivilDate, type Instant } from '../../../shared/civil-date.ts';
import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { fillBy } from '../../referents/fill-by.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { changesUnanswered } from '../confirmation.ts';
import type { MandateFact } from '../state.ts';
import type { MandateChange } from '../terms.ts';

/** A change of mayor, council or commissioner; an election is called for a day that may lie ahead. */
export const recordMandateChange = rule<Command<'RecordMandateChange'>['data'], object>({
  ground: () => ({}),
  check: ({ kind, on }, context) => (kind === 'ELECTION_CALLED' ? null : notInFuture(context, { on })),
  decide: ({ state, data: { kind, on }, context }) => state.mandates.some((known) => known.kind === kind && known.on === on)
    ? alreadyRecorded({ it: 'Questo cambio di mandato', en: 'This change' })
    : accepted<AdhesionEvent>({ type: 'MandateChanged', data: { kind, on, ...confirmation(state, kind, on, context.now), at: context.now }, effectiveOn: on }),
});

/**
 * The mayor's fiduciary acts lapse with the mandate; whoever is new at the head has civil days to confirm the referents, never
 * rolled: an effect ripens at their end. They count from the change, but not before it is recorded (day in Rome), since a
 * confirmation is dated by its recording and could not be in time otherwise. Changes of one day ask once: the second
 * repeats the day of the first, and still asks by itself if the first is corrected away.
 */
function confirmation(state: OpenedCase, kind: MandateChange, on: CivilDate, now: Instant): Pick<MandateFact, 'confirmBy' | 'basis'> {
  if (kind === 'ELECTION_CALLED' || !knows(state, '2026.2')) return {};
  const asked = state.mandates.find((known) => known.on === on && known.confirmBy !== undefined)?.confirmBy;
  const confirmBy = asked ?? addDays(laterDate(on, civilDateOf(now)), state.opening.policies.mandates.confirmDays);
  return { confirmBy, basis: basisOf(state) };
}

/** The clock: who was not confirmed holds the role no more. */
export const lapseConfirmation = rule<Command<'LapseConfirmation'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data, context }) => {
    const change = changesUnanswered(state).find(({ version }) => version === data.change);
    if (change === undefined) return accepted();
    const from = addDays(change.confirmBy, 1);
    return accepted<AdhesionEvent>({
      type: 'ConfirmationLapsed',
      data: { change: change.version, from, fillBy: fillBy(state, from), basis: basisOf(state), at: context.now },
      effectiveOn: from,
    });
  },
});
