import { accepted, refused } from '../../../shared/process.ts';
import { alreadyRecorded, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { ConventionFact } from '../state.ts';
import { CONCLUSION } from './registration.ts';

/** Agreements between administrations are published (art. 23 c.1 d D.Lgs. 33/2013), once concluded. */
export const publishConvention = rule<Command<'PublishConvention'>['data'], { readonly concluded: ConventionFact<'ConventionCountersigned'> }>({
  ground: ({ convention: { countersignature, publication } }) => {
    if (publication !== null) return alreadyRecorded({ it: 'La pubblicazione della convenzione', en: 'The publication of the convention' });
    return countersignature === null
      ? refused('OUT_OF_TURN', { it: 'La convenzione si pubblica in Amministrazione trasparente dopo la sua conclusione.', en: 'A convention is published in Amministrazione trasparente once concluded.' })
      : { concluded: countersignature };
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { concluded }, data: { on, url }, context }) => notBefore(on, 'on', concluded.concludedOn, CONCLUSION)
    ?? accepted<AdhesionEvent>({ type: 'ConventionPublished', data: { on, url, at: context.now }, effectiveOn: on }),
});
