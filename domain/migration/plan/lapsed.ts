import type { CivilDate } from '../../shared/civil-date.ts';
import type { Reason } from '../../shared/reason.ts';

/** Why a plan can't be approved any more, but by an act of before. */
export function lapsed(provisioningOn: CivilDate): Reason {
  return {
    code: 'PLAN_IN_PAST',
    message: {
      it: `Il piano iniziava il ${provisioningOn} e non è stato approvato entro quel giorno: si propongono nuove date (ProposePlan).`,
      en: `The plan was to begin on ${provisioningOn} and was not approved by then: other dates are proposed (ProposePlan).`,
    },
  };
}
