import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { holderOf } from '../../referents/standing.ts';
import type { Referent } from '../../referents/state.ts';
import { rule } from '../../rule.ts';
import { dpoContactOf } from '../standing.ts';

/** The controller tells the Garante how to reach its DPO (art. 37 c.7 GDPR), of each DPO anew. */
export const recordDpoContact = rule<Command<'RecordDpoContact'>['data'], { readonly dpo: Referent }>({
  ground: (state) => {
    const dpo = holderOf(state, 'DPO');
    const ended = endedFault(state);
    if (ended !== null) return ended;
    if (dpo === undefined) return refused('DPO_NOT_APPOINTED', {
      it: 'Al Garante si comunicano i contatti di un DPO nominato; prima lo si nomini con AppointReferent.', en: 'The Garante is told the contact of a DPO who was appointed; appoint one first with AppointReferent.',
    });
    return dpoContactOf(state) === null ? { dpo } : alreadyRecorded({ it: 'La comunicazione al Garante dei contatti di questo DPO', en: 'That the Garante was told the contact of this DPO' });
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { dpo: { appointmentId, actOn } }, data: { on, protocolNo }, context }) => notBefore(on, 'on', actOn, { it: 'la nomina del DPO', en: 'the appointment of the DPO' })
    ?? accepted<AdhesionEvent>({ type: 'DpoContactTold', data: { appointmentId, on, protocolNo, at: context.now }, effectiveOn: on }),
});
