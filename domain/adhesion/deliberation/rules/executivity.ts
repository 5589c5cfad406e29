import { compareInstants, laterDate, startOfDay, type CivilDate } from '../../../shared/civil-date.ts';
import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { executiveOn, executivity, hasLostMandate, isAttestationOpen, isNeverPublished, isReturned } from '../standing.ts';
import type { DeliberationFact } from '../state.ts';
import { ADOPTION, FIRST_DAY } from './grounds.ts';
import { NEVER_PUBLISHED, outOfTurn } from './out-of-turn.ts';

interface Certifiable {
  readonly adoption: DeliberationFact<'ResolutionAdopted'>;
  readonly firstDay: CivilDate | null;
  readonly computed: CivilDate;
  /** The certificate that a new one would replace. */
  readonly before: DeliberationFact<'ExecutivityCertified'> | null;
}

/**
 * The certificate and the computation rule the gate together: earlier than computed is flagged and opens nothing until the
 * operator accepts it, later holds. A new one may come while the last is flagged, or after the resolution was returned.
 */
export const certifyExecutivity = rule<Command<'CertifyExecutivity'>['data'], Certifiable>({
  ground: ({ deliberation }) => {
    const { adoption, publication, certificate } = deliberation;
    if (isNeverPublished(deliberation)) return NEVER_PUBLISHED;
    const computed = executiveOn(deliberation);
    if (adoption === null || computed === null) {
      return outOfTurn(deliberation, 'CertifyExecutivity', 'PUBLISHED', {
        it: 'il certificato di esecutività segue la pubblicazione.', en: 'the certificate follows the publication.',
      });
    }
    if (certificate !== null && !isReturned(deliberation) && !isAttestationOpen(deliberation)) return alreadyRecorded({ it: 'Il certificato di esecutività', en: 'The certificate' });
    return { adoption, computed, firstDay: publication?.firstDay ?? null, before: certificate };
  },
  check: ({ executiveOn: executive, certifiedOn }, context) => firstRefusal(
    notInFuture(context, { executiveOn: executive, certifiedOn }),
    notBefore(certifiedOn, 'certifiedOn', executive, { it: 'il giorno che certifica', en: 'the day that it certifies' }),
  ),
  decide: ({ state, ground: { adoption, computed, firstDay, before }, data, context }) => {
    const same = before !== null && before.executiveOn === data.executiveOn && before.certifiedOn === data.certifiedOn;
    const fault = firstRefusal(
      same ? alreadyRecorded({ it: 'Questo certificato', en: 'This certificate' }) : null,
      notBefore(data.executiveOn, 'executiveOn', adoption.heldOn, ADOPTION),
      adoption.immediate ? null : notBefore(data.certifiedOn, 'certifiedOn', firstDay, FIRST_DAY),
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

/** Executivity ripens by law on its day, certificate or not. A timer overtaken by a correction, an outage or a loss does nothing. */
export const ripenExecutivity = rule<Command<'RipenExecutivity'>['data'], object>({
  ground: () => ({}),
  decide: ({ state: { deliberation }, data, context }) => {
    const { publication } = deliberation;
    const due = publication !== null && executivity(deliberation) === 'PENDING' && !hasLostMandate(deliberation) && publication.executiveOn === data.executiveOn
      && compareInstants(context.now, publication.executiveFrom) >= 0;
    return due
      ? accepted<AdhesionEvent>({
        type: 'ExecutivityRipened', data: { executiveOn: data.executiveOn, at: context.now }, effectiveOn: data.executiveOn,
      })
      : accepted();
  },
});
