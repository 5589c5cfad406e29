import { actTerm } from '../../../calendar/terms.ts';
import { capital } from '../../../shared/bilingual.ts';
import type { CivilDate } from '../../../shared/civil-date.ts';
import { accepted, refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { OPINIONS } from '../../words.ts';
import { deliberationState, hasOpinion, stateOnPath } from '../standing.ts';
import { RECEIPT } from './grounds.ts';
import { outOfTurn } from './out-of-turn.ts';

/**
 * Opinions of the offices (art. 49 TUEL) and of the auditors (art. 239), in any order from the receipt to the session;
 * those on an amendment come after the vote.
 */
export const recordOpinion = rule<Command<'RecordOpinion'>['data'], { readonly receivedOn: CivilDate; readonly amended: boolean }>({
  ground: ({ deliberation }) => {
    const state = deliberationState(deliberation);
    const { receipt, amendment } = deliberation;
    const right = {
      it: 'i pareri si rendono dalla ricezione della proposta fino alla convocazione del consiglio, o su un emendamento.',
      en: 'opinions are given from the receipt of the proposal until the council is convened, or on an amendment.',
    };
    if (receipt === null) return outOfTurn(deliberation, 'RecordOpinion', 'OPINIONS_PENDING', right);
    const amended = amendment !== null && stateOnPath(deliberation) !== 'ACCEPTED';
    const voted = deliberation.adoption !== null || deliberation.rejection !== null;
    if (voted && !amended) {
      return refused('OPINION_AFTER_SESSION', {
        it: 'Il consiglio ha già votato: il parere sulla proposta precede la seduta, e non vi sono emendamenti su cui renderlo.',
        en: 'The council has voted: an opinion on the proposal comes before the session, and no amendment is open.',
      });
    }
    const open = state === 'OPINIONS_PENDING' || state === 'AUDITORS_PENDING' || amended;
    return open ? { receivedOn: receipt.receivedOn, amended } : outOfTurn(deliberation, 'RecordOpinion', 'OPINIONS_PENDING', right);
  },
  check: ({ givenOn }, context) => notInFuture(context, { givenOn }),
  decide: ({ state, ground, data, context }) => {
    const { kind, outcome, givenOn, reasons = null, onAmendment = false } = data;
    const fault = firstRefusal(
      onAmendment === ground.amended ? null : refused('OUT_OF_TURN', ground.amended
        ? { it: "Il consiglio ha già votato; si può rendere solo il parere sull'emendamento.", en: 'The council has voted; only an opinion on its amendment is still open.' }
        : { it: 'Non vi sono emendamenti; il parere va reso sulla proposta.', en: 'No amendment is open; the opinion must be on the proposal.' }, 'onAmendment'),
      hasOpinion(state.deliberation, kind, onAmendment)
        ? refused('OPINION_ALREADY_GIVEN', {
          it: `${capital(OPINIONS[kind].it)} è già agli atti; un errore si corregge con CorrectFact.`,
          en: `${capital(OPINIONS[kind].en)} is recorded already; a mistake in it is mended with CorrectFact.`,
        }, 'kind')
        : null,
      notBefore(givenOn, 'givenOn', ground.receivedOn, RECEIPT),
    );
    if (fault !== null) return fault;
    return accepted<AdhesionEvent>({
      type: 'OpinionRecorded',
      data: {
        kind, outcome, givenOn, onAmendment, reasons,
        auditorsDueOn: auditorsDueOn(state, data),
        basis: basisOf(state),
        at: context.now,
      },
      effectiveOn: givenOn,
    });
  },
});

/** The auditors' term begins with the later of the two opinions of the offices. */
function auditorsDueOn(state: OpenedCase, { kind, givenOn, onAmendment }: Command<'RecordOpinion'>['data']): CivilDate | null {
  if (onAmendment === true || kind === 'AUDITORS' || hasOpinion(state.deliberation, 'AUDITORS')) return null;
  const other = state.deliberation.opinions.find((opinion) => !opinion.onAmendment && opinion.kind !== kind && opinion.kind !== 'AUDITORS');
  if (other === undefined) return null;
  const { slaDays, saturdayRolls, calendarVersion } = state.opening.policies;
  const from = other.givenOn > givenOn ? other.givenOn : givenOn;
  return actTerm(from, slaDays.auditors, { saturdayRolls, calendarVersion });
}
