import { lastDayOfYears } from '../../../calendar/terms.ts';
import { compareInstants, startOfDay } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { ConventionFact } from '../state.ts';

/** The first day in force is by clause and may be still to come; the last is the day before the anniversary. */
export const registerConvention = rule<Command<'RegisterConvention'>['data'], { readonly concluded: ConventionFact<'ConventionCountersigned'> }>({
  ground: ({ convention: { countersignature, registration } }) => {
    if (registration !== null) return alreadyRecorded('The registration');
    return countersignature === null ? refused('OUT_OF_TURN', 'A convention is registered once concluded.') : { concluded: countersignature };
  },
  check: ({ registeredOn }, context) => notInFuture(context, { registeredOn }),
  decide: ({ state, ground: { concluded }, data, context }) => {
    const fault = firstRefusal(
      notBefore(data.registeredOn, 'registeredOn', concluded.concludedOn, 'the conclusion'),
      notBefore(data.inForceOn, 'inForceOn', concluded.concludedOn, 'the conclusion'),
    );
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'ConventionRegistered',
      data: {
        repertoryNo: data.repertoryNo,
        protocolNo: data.protocolNo,
        registeredOn: data.registeredOn,
        inForceOn: data.inForceOn,
        inForceFrom: startOfDay(data.inForceOn),
        endsOn: lastDayOfYears(data.inForceOn, state.opening.policies.conventionYears),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: data.registeredOn,
    });
  },
});

export const bringIntoForce = rule<Command<'BringIntoForce'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { convention }, data, context }) => {
    const { registration, inForce } = convention;
    const due = registration !== null && !inForce && registration.inForceOn === data.inForceOn
      && compareInstants(context.now, registration.inForceFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({
        type: 'ConventionEnteredIntoForce', data: { inForceOn: data.inForceOn, at: context.now }, effectiveOn: data.inForceOn,
      })
      : accepted();
  },
});
