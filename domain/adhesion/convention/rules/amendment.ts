import { civilDateOf, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture, recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { ADDENDUM, boundFault, endedFault } from '../../membership/rules/bound.ts';
import { asBeforeExpiry, tooLateToRenew } from '../../membership/rules/late-renewal.ts';
import { openRenewalOf } from '../../membership/standing.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import type { Convention, ConventionFact } from '../state.ts';
import { CONCLUSION } from './registration.ts';

interface Amendable {
  readonly concluded: ConventionFact<'ConventionCountersigned'>;
}

/**
 * The list of services changes by an act of the manager, at once. Aims, cost rule and duration are the council's: its
 * resolution of the new text is the act, the text in force stays until both parties have signed the new one. The council's
 * resolution of a text while the renewal is open is that of the renewal: nothing is renewed in silence.
 */
export const amendConvention = rule<Command<'AmendConvention'>['data'], Amendable>({
  ground: (state) => {
    const { countersignature } = state.convention;
    // The council may have resolved the renewal of a term that has run out since.
    const fault = boundFault(asBeforeExpiry(state), ADDENDUM);
    if (fault !== null) return fault;
    return countersignature === null ? refused('OUT_OF_TURN', {
      it: 'La convenzione si modifica dopo la sua conclusione.', en: 'A convention is amended once concluded.',
    }) : { concluded: countersignature };
  },
  check: ({ actOn }, context) => notInFuture(context, { actOn }),
  decide: ({ state, ground: { concluded }, data: { kind, actNo, actOn, sha256 }, context }) => {
    const renews = kind === 'ESSENTIAL' && isOfRenewal(state, actOn);
    const fault = firstRefusal(
      renews ? tooLateToRenew(state, actOn, 'actOn') : endedFault(state),
      notBefore(actOn, 'actOn', concluded.concludedOn, CONCLUSION),
      kind === 'ESSENTIAL' ? pendingFault(state) : null,
      knownTextFault(state.convention, sha256),
    );
    if (fault !== null) return fault;
    const amendment = { actNo, actOn, sha256, at: context.now };
    return kind === 'SERVICES'
      ? accepted<AdhesionEvent>({ type: 'ServicesAmended', data: amendment, effectiveOn: actOn })
      : accepted<AdhesionEvent>({ type: 'AmendmentResolved', data: { ...amendment, renews }, effectiveOn: actOn });
  },
});

/** A resolution of before the renewal was opened, by hand or by the clock, was not about it. */
function isOfRenewal(state: OpenedCase, actOn: CivilDate): boolean {
  const renewal = openRenewalOf(state);
  return renewal !== null && (actOn >= renewal.term.renewalOpensOn || actOn >= civilDateOf(renewal.at));
}

/** Another resolution takes the place of one whose text nobody has signed. */
function pendingFault({ convention: { addendum } }: OpenedCase): Refused | null {
  return addendum === null || addendum.signature === null
    ? null
    : refused('AMENDMENT_PENDING', {
      it: "L'ente ha firmato un atto aggiuntivo; il successivo segue la firma dell'Agenzia (CountersignConvention).",
      en: 'The member has signed an addendum; the next one follows the signature of the Agency (CountersignConvention).',
    });
}

function knownTextFault({ signature, addendum, amendments }: Convention, sha256: string): Refused | null {
  if (amendments.some(({ act }) => act.sha256 === sha256) || addendum?.resolved.sha256 === sha256) return recordedForGood({ it: 'Questo testo', en: 'This text' });
  return signature?.sha256 === sha256
    ? refused('TEXT_UNCHANGED', {
      it: 'È il testo della convenzione stessa; un atto aggiuntivo ha un testo proprio.', en: 'This is the text of the convention itself; an addendum has a text of its own.',
    }, 'sha256')
    : null;
}
