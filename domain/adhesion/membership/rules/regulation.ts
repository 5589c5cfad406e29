import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { forceFault } from './bound.ts';

/** The member's own regulations for the associated services, adopted once it has joined; each act once. */
export const adoptRegulation = rule<Command<'AdoptRegulation'>['data'], object>({
  ground: (state) => forceFault(state, { it: 'Nuovo regolamento', en: 'A new regulation' }) ?? {},
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state, data: { kind, actNo, actOn, sha256 }, context }) => (
    state.membership.regulations.some((known) => known.kind === kind && known.actNo === actNo && known.actOn === actOn)
      ? alreadyRecorded({ it: 'Questo regolamento', en: 'This regulation' })
      : accepted<AdhesionEvent>({ type: 'RegulationAdopted', data: { kind, actNo, actOn, sha256, at: context.now }, effectiveOn: actOn })
  ),
});
