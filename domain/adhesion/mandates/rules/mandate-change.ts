import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';

/** A change of mayor, council or commissioner; an election is called for a day that may lie ahead. */
export const recordMandateChange = rule<Command<'RecordMandateChange'>['data'], object>({
  ground: () => ({}),
  check: ({ kind, on }, context) => (kind === 'ELECTION_CALLED' ? null : notInFuture(context, { on })),
  decide: ({ state, data: { kind, on }, context }) => state.mandates.some((known) => known.kind === kind && known.on === on)
    ? alreadyRecorded('This change')
    : accepted<AdhesionEvent>({ type: 'MandateChanged', data: { kind, on, at: context.now }, effectiveOn: on }),
});
