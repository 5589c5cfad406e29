import { addMonths, startOfDay, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { isConcluded } from '../../convention/standing.ts';
import { basisOf, workingTerm } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { interruptedPublication } from '../board-outages.ts';
import type { CertificateJudged, PublicationDates } from '../events.ts';
import { isNeverPublished, lastSubstantialRectification } from '../standing.ts';
import type { BoardOutage, DeliberationFact } from '../state.ts';
import { ADOPTION, FIRST_DAY } from './grounds.ts';
import { NEVER_PUBLISHED, outOfTurn } from './out-of-turn.ts';
import { lossOf } from './step.ts';

/** The dates of publication and executivity are computed here once, by the pinned policies (artt. 124, 134 TUEL). */
export const recordPublication = rule<Command<'RecordPublication'>['data'], { readonly adoption: DeliberationFact<'ResolutionAdopted'> }>({
  ground: ({ deliberation }) => {
    const { adoption, publication } = deliberation;
    if (publication !== null) return alreadyRecorded({ it: 'La pubblicazione', en: 'The publication' });
    if (isNeverPublished(deliberation)) return NEVER_PUBLISHED;
    if (adoption === null) return outOfTurn(deliberation, 'RecordPublication', 'APPROVED', { it: "la pubblicazione segue l'adozione.", en: 'publication follows the adoption.' });
    return { adoption };
  },
  check: ({ firstDay }, context) => notInFuture(context, { firstDay }),
  decide: ({ state, ground: { adoption }, data, context }) => {
    const rectified = lastSubstantialRectification(state.deliberation);
    const fault = firstRefusal(
      notBefore(data.firstDay, 'firstDay', adoption.heldOn, ADOPTION),
      notBefore(data.firstDay, 'firstDay', rectified?.on ?? null, { it: 'la rettifica sostanziale', en: 'the rectification of its substance' }),
    );
    if (fault !== null) return fault;
    const dates = datesOf(state, data.firstDay, state.deliberation.outages);
    return accepted<AdhesionEvent>({
      type: 'PublicationRecorded',
      data: {
        noticeBoardNo: data.noticeBoardNo,
        firstDay: data.firstDay,
        ...dates,
        // There is one when the publication is corrected, or follows the certificate of an immediate act.
        ...(state.deliberation.certificate === null ? {} : { certificate: certificateAgainst(state, dates.executiveOn) }),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: data.firstDay,
    });
  },
});

type Outage = Pick<BoardOutage, 'day' | 'hoursDown'>;

/** Every date of the publication, by the pinned policies, with the outages known. */
function datesOf(state: OpenedCase, firstDay: CivilDate, outages: readonly Outage[]): PublicationDates {
  const { policies } = state.opening;
  const { endsOn, removalOn, challengeableUntil, executiveOn, executiveFrom } = interruptedPublication(firstDay, outages, policies);
  return {
    publicationEndsOn: endsOn, removalOn, challengeableUntil, executiveOn, executiveFrom,
    transmissionDueOn: workingTerm(state, executiveOn, policies.slaDays.transmission),
  };
}

/**
 * A day on which the board was down. All dates are counted anew from all outages known, so that their order of arrival makes
 * no difference and none moves a date back. It may become known late: an executivity that had ripened and now lies ahead is
 * pending again; a certificate that the new day overtakes is flagged and the resolution accepted anew, unless the convention
 * is signed already: then only the flag tells of it, for the operator to judge; once it is concluded no date moves any more.
 */
export const recordBoardOutage = rule<Command<'RecordBoardOutage'>['data'], { readonly publication: DeliberationFact<'PublicationRecorded'> }>({
  ground: (state) => {
    const { deliberation } = state;
    const { publication } = deliberation;
    if (isNeverPublished(deliberation)) return NEVER_PUBLISHED;
    if (publication === null) {
      return outOfTurn(deliberation, 'RecordBoardOutage', 'PUBLISHED', {
        it: "un'interruzione rileva quando la delibera è all'albo pretorio.", en: 'an outage matters once the resolution is on the notice board.',
      });
    }
    return lossOf(deliberation) ?? endedFault(state) ?? { publication };
  },
  check: ({ day }, context) => notInFuture(context, { day }),
  decide: ({ state, ground: { publication }, data: { day, hoursDown }, context }) => {
    const { outages } = state.deliberation;
    const fault = firstRefusal(
      notBefore(day, 'day', publication.firstDay, FIRST_DAY),
      outsideFault(day, publication),
      outages.some((known) => known.day === day) ? alreadyRecorded({ it: `Un'interruzione del ${day}`, en: `An outage of ${day}` }) : null,
    );
    if (fault !== null) return fault;
    const known = [...outages, { day, hoursDown }];
    const counts = interruptedPublication(publication.firstDay, known, state.opening.policies).interruptedOn.includes(day);
    if (counts && isConcluded(state.convention)) {
      return refused('CONVENTION_CONCLUDED', {
        it: "La convenzione è stata conclusa sulle date di questa pubblicazione; si registra solo un'interruzione che non ne sposta alcuna.",
        en: 'The convention was concluded on the dates of this publication; only an outage that moves none of them is recorded still.',
      }, 'day');
    }
    const dates = datesOf(state, publication.firstDay, known);
    return accepted<AdhesionEvent>({
      type: 'BoardOutageRecorded',
      data: {
        day, hoursDown,
        counts,
        ...dates,
        certificate: dates.executiveOn === publication.executiveOn ? null : certificateAgainst(state, dates.executiveOn),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: day,
    });
  },
});

/** A day outside the publication does not count and may be recorded; one that lies a year after it is a slip. */
function outsideFault(day: CivilDate, { removalOn }: DeliberationFact<'PublicationRecorded'>): Refused | null {
  const last = addMonths(removalOn, 12);
  return day > last
    ? refused('OUTAGE_OUTSIDE_PUBLICATION', {
      it: `La delibera è stata defissa dall'albo pretorio il ${removalOn}; un'interruzione si registra per un giorno fino al ${last}.`,
      en: `The resolution left the notice board on ${removalOn}; an outage is recorded for a day up to ${last}.`,
    }, 'day')
    : null;
}

/** The certificate judged by the new executive day: it holds from that day on, earlier it is flagged and opens nothing. */
function certificateAgainst({ deliberation, convention }: OpenedCase, executiveOn: CivilDate): CertificateJudged | null {
  const { certificate, adoption } = deliberation;
  if (certificate === null || adoption?.immediate === true || convention.signature !== null) return null;
  const consistent = certificate.executiveOn >= executiveOn;
  return { consistent, gateOpensAt: consistent ? startOfDay(certificate.executiveOn) : null };
}
