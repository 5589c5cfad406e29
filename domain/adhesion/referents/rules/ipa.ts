import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import { holderOf, rtdOnIpaOf } from '../standing.ts';
import type { Referent } from '../state.ts';

/** Every body has one RTD, whom IPA shows (art. 17 CAD), of the body or associated: each RTD anew. */
export const recordRtdOnIpa = rule<Command<'RecordRtdOnIpa'>['data'], { readonly rtd: Referent }>({
  ground: (state) => {
    const rtd = holderOf(state, 'RTD');
    const ended = endedFault(state);
    if (ended !== null) return ended;
    if (rtd === undefined) return refused('RTD_NOT_APPOINTED', {
      it: "Sull'IPA si pubblica un RTD nominato; prima lo si nomini con AppointReferent.", en: 'IPA shows an RTD who was appointed; appoint one first with AppointReferent.',
    });
    return rtdOnIpaOf(state) === null ? { rtd } : alreadyRecorded({ it: "La pubblicazione di questo RTD sull'IPA", en: 'That this RTD is published on IPA' });
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { rtd: { appointmentId, actOn } }, data: { on }, context }) => notBefore(on, 'on', actOn, { it: "la nomina dell'RTD", en: 'the appointment of the RTD' })
    ?? accepted<AdhesionEvent>({ type: 'RtdPublishedOnIpa', data: { appointmentId, on, at: context.now }, effectiveOn: on }),
});
