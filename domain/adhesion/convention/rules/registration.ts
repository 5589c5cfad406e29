import type { Bilingual } from '../../../shared/bilingual.ts';
import { compareInstants, startOfDay } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { isSuspended } from '../../deliberation/standing.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { termFrom } from '../../membership/dates.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { endOf } from '../../membership/standing.ts';
import { rule } from '../../rule.ts';
import type { ConventionFact } from '../state.ts';
import { suspensionFault } from '../../deliberation/rules/mandate.ts';

/** What facts of a concluded convention may not precede. */
export const CONCLUSION: Bilingual = { it: 'la conclusione della convenzione', en: 'the conclusion' };

/** The first day in force is by clause and may be still to come; the last is the day before the anniversary. */
export const registerConvention = rule<Command<'RegisterConvention'>['data'], { readonly concluded: ConventionFact<'ConventionCountersigned'> }>({
  ground: (state) => {
    const { countersignature, registration } = state.convention;
    if (registration !== null) return alreadyRecorded({ it: 'La repertoriazione', en: 'The registration' });
    if (countersignature === null) return refused('OUT_OF_TURN', { it: 'La convenzione si registra a repertorio dopo la sua conclusione.', en: 'A convention is registered once concluded.' });
    return endedFault(state) ?? suspensionFault(state) ?? { concluded: countersignature };
  },
  check: ({ registeredOn }, context) => notInFuture(context, { registeredOn }),
  decide: ({ state, ground: { concluded }, data, context }) => {
    const fault = firstRefusal(
      notBefore(data.registeredOn, 'registeredOn', concluded.concludedOn, CONCLUSION),
      notBefore(data.inForceOn, 'inForceOn', concluded.concludedOn, CONCLUSION),
    );
    if (fault !== null) return fault;
    const { policies } = state.opening;
    const term = termFrom(data.inForceOn, policies);
    return accepted<AdhesionEvent>({
      type: 'ConventionRegistered',
      data: {
        repertoryNo: data.repertoryNo,
        protocolNo: data.protocolNo,
        ...(data.preservationNo === undefined ? {} : { preservationNo: data.preservationNo }),
        registeredOn: data.registeredOn,
        inForceOn: data.inForceOn,
        inForceFrom: startOfDay(data.inForceOn),
        endsOn: term.endsOn,
        // A case of 2026.1 has no timers for its renewal and its expiry.
        ...(policies.policyVersion === '2026.1' ? {} : { term }),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: data.registeredOn,
    });
  },
});

/** By its timer; held while the resolution is suspended, and done once that is lifted. */
export const bringIntoForce = rule<Command<'BringIntoForce'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data, context }) => {
    const { registration, inForce } = state.convention;
    const held = isSuspended(state.deliberation) || endOf(state) !== null;
    const due = !held && registration !== null && !inForce && registration.inForceOn === data.inForceOn
      && compareInstants(context.now, registration.inForceFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({
        type: 'ConventionEnteredIntoForce', data: { inForceOn: data.inForceOn, at: context.now }, effectiveOn: data.inForceOn,
      })
      : accepted();
  },
});
