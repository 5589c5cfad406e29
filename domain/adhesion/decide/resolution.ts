import { computePublication } from '../../calendar/publication.ts';
import { civilDateOf, compareInstants, laterDate, normalInstant, startOfDay, type CivilDate, type Instant } from '../../shared/civil-date.ts';
import { accepted, refused } from '../../shared/process.ts';
import type { Command } from '../command-types.ts';
import type { AdhesionEvent } from '../events.ts';
import { deliberationState, executiveOn, executivity, hasOpinion, isAttestationOpen, isReturned } from '../standing.ts';
import type { Deliberation, Fact } from '../state.ts';
import { workingTerm } from './proposal.ts';
import { basisOf, firstRefusal, notBefore, notInFuture, rule } from './rule.ts';
import { alreadyRecorded, outOfTurn } from './turns.ts';

interface Adopted {
  readonly adoption: Fact<'ResolutionAdopted'>;
}

/** The dates of publication and executivity are computed here once, by the pinned policies (artt. 124, 134 TUEL). */
export const recordPublication = rule<Command<'RecordPublication'>['data'], Adopted>({
  ground: ({ deliberation }) => {
    const { adoption, publication } = deliberation;
    if (publication !== null) return alreadyRecorded('The publication');
    if (adoption === null) return outOfTurn(deliberation, 'RecordPublication', 'APPROVED', 'publication follows the adoption.');
    return { adoption };
  },
  check: ({ firstDay }, context) => notInFuture(context, { firstDay }),
  decide: ({ state, ground: { adoption }, data, context }) => {
    const fault = notBefore(data.firstDay, 'firstDay', adoption.heldOn, 'the adoption');
    if (fault !== null) return fault;
    const { publicationCount, executivity: reading, calendarVersion, slaDays } = state.opening.policies;
    const dates = computePublication(data.firstDay, publicationCount, reading, calendarVersion);
    return accepted<AdhesionEvent>({
      type: 'PublicationRecorded',
      data: {
        noticeBoardNo: data.noticeBoardNo,
        firstDay: data.firstDay,
        publicationEndsOn: dates.endsOn,
        removalOn: dates.removalOn,
        challengeableUntil: dates.challengeableUntil,
        executiveOn: dates.executiveOn,
        executiveFrom: dates.executiveFrom,
        transmissionDueOn: workingTerm(state, dates.executiveOn, slaDays.transmission),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: data.firstDay,
    });
  },
});

interface Certifiable extends Adopted {
  readonly firstDay: CivilDate | null;
  readonly computed: CivilDate;
  /** The certificate that a new one would replace. */
  readonly before: Fact<'ExecutivityCertified'> | null;
}

/**
 * The certificate and the computation rule the gate together: earlier than computed is flagged and opens nothing until the
 * operator accepts it, later holds. A new one may come while the last is flagged, or after the resolution was returned.
 */
export const certifyExecutivity = rule<Command<'CertifyExecutivity'>['data'], Certifiable>({
  ground: ({ deliberation }) => {
    const { adoption, publication, certificate } = deliberation;
    const computed = executiveOn(deliberation);
    if (adoption === null || computed === null) {
      return outOfTurn(deliberation, 'CertifyExecutivity', 'PUBLISHED', 'the certificate follows the publication.');
    }
    if (certificate !== null && !isReturned(deliberation) && !isAttestationOpen(deliberation)) return alreadyRecorded('The certificate');
    return { adoption, computed, firstDay: publication?.firstDay ?? null, before: certificate };
  },
  check: ({ executiveOn: executive, certifiedOn }, context) => firstRefusal(
    notInFuture(context, { executiveOn: executive, certifiedOn }),
    notBefore(certifiedOn, 'certifiedOn', executive, 'the day that it certifies'),
  ),
  decide: ({ state, ground: { adoption, computed, firstDay, before }, data, context }) => {
    const same = before !== null && before.executiveOn === data.executiveOn && before.certifiedOn === data.certifiedOn;
    const fault = firstRefusal(
      same ? alreadyRecorded('This certificate') : null,
      notBefore(data.executiveOn, 'executiveOn', adoption.heldOn, 'the adoption'),
      adoption.immediate ? null : notBefore(data.certifiedOn, 'certifiedOn', firstDay, 'the first day of publication'),
    );
    if (fault !== null) return fault;
    const consistent = data.executiveOn >= computed;
    const gateOpensAt = adoption.gateOpensAt ?? (consistent ? startOfDay(laterDate(data.executiveOn, computed)) : null);
    return accepted<AdhesionEvent>({
      type: 'ExecutivityCertified',
      data: { executiveOn: data.executiveOn, certifiedOn: data.certifiedOn, consistent, gateOpensAt, basis: basisOf(state), at: context.now },
      effectiveOn: data.certifiedOn,
    });
  },
});

/** Executivity ripens by law on its day, certificate or not. A timer overtaken by a correction does nothing. */
export const ripenExecutivity = rule<Command<'RipenExecutivity'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { deliberation }, data, context }) => {
    const { publication } = deliberation;
    const due = publication !== null && executivity(deliberation) === 'PENDING' && publication.executiveOn === data.executiveOn
      && compareInstants(context.now, publication.executiveFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({
        type: 'ExecutivityRipened', data: { executiveOn: data.executiveOn, at: context.now }, effectiveOn: data.executiveOn,
      })
      : accepted();
  },
});

interface Transmissible {
  /** What the transmission follows: the first day of publication, or the adoption of an act immediately executable. */
  readonly ground: CivilDate;
  /** Delivery of a transmission that was returned. */
  readonly returnedDelivery: Instant | null;
}

/** Transmission goes on while executivity ripens; after a return the resolution is transmitted again. */
export const transmitResolution = rule<Command<'TransmitResolution'>['data'], Transmissible>({
  ground: ({ deliberation }) => {
    const { adoption, publication, transmission, returned } = deliberation;
    if (transmission !== null && !isReturned(deliberation)) return alreadyRecorded('The transmission');
    const ground = publication?.firstDay ?? (adoption?.immediate === true ? adoption.heldOn : null);
    if (ground === null) {
      return outOfTurn(deliberation, 'TransmitResolution', 'PUBLISHED', 'the resolution is transmitted once published, or once adopted if immediate.');
    }
    return { ground, returnedDelivery: returned?.deliveredAt ?? null };
  },
  check: ({ deliveredAt }, context) => notInFuture(context, { deliveredAt }),
  decide: ({ state, ground: { ground, returnedDelivery }, data, context }) => {
    const fault = firstRefusal(
      notBefore(data.deliveredAt, 'deliveredAt', ground, 'the publication'),
      returnedDelivery !== null && compareInstants(data.deliveredAt, returnedDelivery) <= 0
        ? refused('DATE_BEFORE_GROUND', `deliveredAt must be after the transmission that was returned (${returnedDelivery}).`, 'deliveredAt')
        : null,
    );
    if (fault !== null) return fault;
    const deliveredOn = civilDateOf(data.deliveredAt);
    return accepted<AdhesionEvent>({
      type: 'ResolutionTransmitted',
      data: {
        deliveredAt: normalInstant(data.deliveredAt),
        acceptanceDueOn: workingTerm(state, deliveredOn, state.opening.policies.slaDays.acceptance),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: deliveredOn,
    });
  },
});

/** The Agency takes the resolution; what is flagged needs a reason, an amendment its decision and its opinion. */
export const acceptResolution = rule<Command<'AcceptResolution'>['data'], Deliberation>({
  ground: ({ deliberation }) => {
    if (deliberationState(deliberation) !== 'TRANSMITTED') {
      return outOfTurn(deliberation, 'AcceptResolution', 'TRANSMITTED', 'it follows the transmission of the resolution.');
    }
    if (deliberation.amendment === 'PENDING') {
      return refused('AMENDMENT_UNDECIDED', 'The council amended the text; decide on it first with DecideAmendment.');
    }
    if (deliberation.amendment === 'FORMAL' && !hasOpinion(deliberation, 'TECHNICAL', true)) {
      return refused('AMENDMENT_OPINION_MISSING', 'The technical opinion on the amendment is missing; return the resolution for it.');
    }
    return deliberation;
  },
  decide: ({ ground, data, context }) => {
    const { overrideReason = null } = data;
    const flagged = isAttestationOpen(ground);
    if (flagged && overrideReason === null) {
      return refused('OVERRIDE_REASON_REQUIRED', 'The certificate is earlier than the computed day (ATTESTATION_INCONSISTENT); accepting it needs a reason.', 'overrideReason');
    }
    const computed = executiveOn(ground);
    return accepted<AdhesionEvent>({
      type: 'ResolutionAccepted',
      data: { overrideReason, gateOpensAt: flagged && computed !== null ? startOfDay(computed) : null, at: context.now },
    });
  },
});

export const returnResolution = rule<Command<'ReturnResolution'>['data'], object>({
  ground: ({ deliberation }) => deliberationState(deliberation) === 'TRANSMITTED'
    ? {}
    : outOfTurn(deliberation, 'ReturnResolution', 'TRANSMITTED', 'only a transmitted resolution can be returned.'),
  decide: ({ data, context }) => accepted<AdhesionEvent>({
    type: 'ResolutionReturned', data: { reasons: data.reasons, at: context.now },
  }),
});

/** The amended text becomes the approved one, or the proposal goes out again as it was. */
export const decideAmendment = rule<Command<'DecideAmendment'>['data'], Deliberation & Adopted>({
  ground: ({ deliberation }) => deliberation.amendment === 'PENDING' && deliberation.adoption !== null
    ? { ...deliberation, adoption: deliberation.adoption }
    : outOfTurn(deliberation, 'DecideAmendment', 'APPROVED_AMENDED', 'there is no amendment to decide on.'),
  decide: ({ ground, data, context }) => {
    if (data.decision === 'ACCEPT_AS_FORMAL') {
      return accepted<AdhesionEvent>({ type: 'AmendmentAccepted', data: { reasons: data.reasons, at: context.now } });
    }
    if (ground.attempt >= ground.attemptsAllowed) {
      return refused('ATTEMPTS_EXHAUSTED', `All ${ground.attemptsAllowed} attempts were used; AllowFurtherAttempt grants one more.`, 'decision');
    }
    return accepted<AdhesionEvent>({
      type: 'AmendmentResubmitted',
      data: { attempt: ground.attempt + 1, heldOn: ground.adoption.heldOn, reasons: data.reasons, at: context.now },
    });
  },
});
