import { actTerm } from '../../../calendar/terms.ts';
import { addDays, civilDateOf, compareInstants, normalInstant, startOfNextDay } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, dayOf, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { endOf } from '../../membership/standing.ts';
import { rule } from '../../rule.ts';
import type { AdhesionState } from '../../state.ts';
import { subprocessorsOf, subprocessorState } from '../standing.ts';
import type { Subprocessor } from '../state.ts';

/**
 * The Agency means to engage a sub-processor, and the member may object in the days that its case pins (art. 28 c.2 GDPR): a term for doing
 * an act, from the delivery of the notice. Another notice of the same sub-processor, with other guarantees, takes the place of the last.
 */
export const notifySubprocessor = rule<Command<'NotifySubprocessor'>['data'], object>({
  ground: (state) => endedFault(state) ?? (state.dpa.countersignature === null
    ? refused('DPA_NOT_CONCLUDED', {
      it: "I sub-responsabili si comunicano quando l'atto di nomina (art. 28 GDPR) è firmato da entrambi.",
      en: 'Sub-processors are notified once both parties have signed the data processing agreement (art. 28 GDPR).',
    })
    : {}),
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, data: { subprocessor, sha256, deliveredAt }, context }) => {
    const before = noticeOf(state, subprocessor);
    const same = before !== undefined && before.withdrawal === null && before.sha256 === sha256;
    const fault = firstRefusal(
      same ? alreadyRecorded({ it: 'Questa comunicazione', en: 'This notice' }) : null,
      notBefore(deliveredAt, 'deliveredAt', before?.deliveredAt ?? null, { it: 'la comunicazione precedente', en: 'the notice before' }),
    );
    if (fault !== null) return fault;
    const { processing: { objectionDays }, saturdayRolls, calendarVersion } = state.opening.policies;
    const deliveredOn = dayOf(deliveredAt);
    const objectBy = actTerm(deliveredOn, objectionDays, { saturdayRolls, calendarVersion });
    return accepted<AdhesionEvent>({
      type: 'SubprocessorNotified',
      data: { subprocessor, sha256, deliveredAt: normalInstant(deliveredAt), objectBy, termEndedFrom: startOfNextDay(objectBy), basis: basisOf(state), at: context.now },
      effectiveOn: deliveredOn,
    });
  },
});

/** In time by its own delivery, whenever it is recorded: one that becomes known late undoes the admission by silence. */
export const objectToSubprocessor = rule<Command<'ObjectToSubprocessor'>['data'], object>({
  ground: (state) => openFault(state, ['NOTIFIED', 'ADMITTED'], { it: 'a cui ci si possa opporre', en: 'that could be objected to' }),
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, data: { subprocessor, deliveredAt, reasons }, context }) => {
    const notice = noticeOf(state, subprocessor);
    if (notice === undefined) return unknownSubprocessor(subprocessor);
    if (notice.objection !== null) return alreadyRecorded({ it: "L'opposizione a questo sub-responsabile", en: 'The objection to this sub-processor' });
    if (notice.withdrawal !== null) return givenUp(notice);
    const { objectBy, version } = notice;
    const fault = firstRefusal(
      notBefore(deliveredAt, 'deliveredAt', notice.deliveredAt, { it: 'la comunicazione', en: 'the notice' }),
      compareInstants(deliveredAt, notice.termEndedFrom) >= 0
        ? refused('OBJECTION_TOO_LATE', {
          it: `Il termine per opporsi al sub-responsabile è scaduto il ${objectBy}: il silenzio dell'ente lo ha ammesso.`,
          en: `The term to object to the sub-processor ended on ${objectBy}: the silence of the member has admitted it.`,
        }, 'deliveredAt')
        : null,
    );
    return fault ?? accepted<AdhesionEvent>({
      type: 'SubprocessorObjected', data: { notice: version, subprocessor, deliveredAt: normalInstant(deliveredAt), reasons, at: context.now }, effectiveOn: civilDateOf(deliveredAt),
    });
  },
});

/** The Agency gives a sub-processor up, after an objection or by itself. */
export const withdrawSubprocessor = rule<Command<'WithdrawSubprocessor'>['data'], object>({
  ground: (state) => openFault(state, ['NOTIFIED', 'OBJECTED', 'ADMITTED'], { it: 'a cui si possa rinunciare', en: 'that could be given up' }),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { subprocessor, on }, context }) => {
    const notice = noticeOf(state, subprocessor);
    if (notice === undefined) return unknownSubprocessor(subprocessor);
    if (notice.withdrawal !== null) return alreadyRecorded({ it: 'La rinuncia a questo sub-responsabile', en: 'The withdrawal of this sub-processor' });
    const { version, deliveredAt, objection } = notice;
    return notBefore(on, 'on', objection?.deliveredAt ?? deliveredAt, objection === null ? { it: 'la comunicazione', en: 'the notice' } : { it: "l'opposizione", en: 'the objection' })
      ?? accepted<AdhesionEvent>({ type: 'SubprocessorWithdrawn', data: { notice: version, subprocessor, on, at: context.now }, effectiveOn: on });
  },
});

/** By its timer: the member was silent, as far as is known. */
export const endObjectionTerm = rule<Command<'EndObjectionTerm'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data: { notice: version }, context }) => {
    const notice = subprocessorsOf(state).find((known) => known.version === version);
    const due = notice !== undefined && endOf(state) === null && subprocessorState(notice) === 'NOTIFIED' && compareInstants(context.now, notice.termEndedFrom) >= 0;
    if (!due) return accepted();
    const from = addDays(notice.objectBy, 1);
    return accepted<AdhesionEvent>({ type: 'ObjectionTermEnded', data: { notice: version, subprocessor: notice.subprocessor, from, at: context.now }, effectiveOn: from });
  },
});

function noticeOf(state: AdhesionState, subprocessor: string): Subprocessor | undefined {
  return subprocessorsOf(state).find((notice) => notice.subprocessor === subprocessor);
}

/** Why nothing is done about any sub-processor, or an empty ground. */
function openFault(state: AdhesionState, states: readonly ReturnType<typeof subprocessorState>[], what: { readonly it: string; readonly en: string }): Refused | object {
  return endedFault(state) ?? (subprocessorsOf(state).some((notice) => states.includes(subprocessorState(notice)))
    ? {}
    : refused('OUT_OF_TURN', { it: `Non vi è alcun sub-responsabile ${what.it}.`, en: `There is no sub-processor ${what.en}.` }));
}

function unknownSubprocessor(subprocessor: string): Refused {
  return refused('UNKNOWN_SUBPROCESSOR', {
    it: `Il sub-responsabile «${subprocessor}» non è stato comunicato; prima lo si comunica con NotifySubprocessor.`,
    en: `The sub-processor “${subprocessor}” was not notified; it is notified first, with NotifySubprocessor.`,
  }, 'subprocessor');
}

function givenUp({ withdrawal }: Subprocessor): Refused {
  return refused('OUT_OF_TURN', {
    it: `L'Agenzia vi ha rinunciato il ${withdrawal?.on}: non vi è a che opporsi.`, en: `The Agency gave it up on ${withdrawal?.on}: there is nothing to object to.`,
  }, 'subprocessor');
}
