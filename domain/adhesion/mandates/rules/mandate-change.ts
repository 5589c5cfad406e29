import { effectTerm } from '../../../calendar/terms.ts';
import { addDays, civilDateOf, laterDate, type CivilDate, type Instant } from '../../../shared/civil-date.ts';
import { accepted, refused, type Refused } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import { basisOf } from '../../due-dates.ts';
import type { AdhesionEvent } from '../../events.ts';
import { knows } from '../../policies.ts';
import { fillBy } from '../../referents/fill-by.ts';
import { rule } from '../../rule.ts';
import type { OpenedCase } from '../../state.ts';
import { changesUnanswered } from '../confirmation.ts';
import { resignationOn } from '../standing.ts';
import type { MandateFact } from '../state.ts';
import { RESIGNATION_DAYS, type MandateChange } from '../terms.ts';

type ChangeData = Command<'RecordMandateChange'>['data'];

const SUSPENSION_DAYS = 90;
const ASK_TO_CONFIRM: readonly MandateChange[] = ['MAYOR_CHANGED', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED'];

/** A change of mayor, council, commissioner or secretary, who acts for the mayor, or whom the mayor sends to the assembly; an election is called for a day that may lie ahead. */
export const recordMandateChange = rule<ChangeData, object>({
  ground: () => ({}),
  check: ({ kind, on }, context) => (kind === 'ELECTION_CALLED' ? null : notInFuture(context, { on })),
  decide: ({ state, data, context }) => {
    const { kind, on } = data;
    if (state.mandates.some((known) => known.kind === kind && known.on === on)) return alreadyRecorded({ it: 'Questo cambio di mandato', en: 'This change' });
    return untilFault(state, data) ?? holderFault(data) ?? delegationFault(data) ?? withdrawalFault(state, data) ?? accepted<AdhesionEvent>({
      type: 'MandateChanged',
      data: { kind, on, ...said(data), ...confirmation(state, kind, on, context.now), ...ownDates(state, data), at: context.now },
      effectiveOn: on,
    });
  },
});

function said({ holder, actNo }: ChangeData): Pick<MandateFact, 'holder' | 'actNo'> {
  return { ...(holder === undefined ? {} : { holder }), ...(actNo === undefined ? {} : { actNo }) };
}

/**
 * A resignation is final once 20 days have gone by from its presentation (art. 53 c.3 TUEL), so from the day after them. The prefect
 * suspends a council for 90 days at most (art. 141 c.7), for fewer where the decree says so.
 */
function ownDates(state: OpenedCase, { kind, on, until }: ChangeData): Pick<MandateFact, 'finalFrom' | 'until' | 'basis'> {
  if (kind === 'MAYOR_RESIGNED') return { finalFrom: addDays(effectTerm(on, RESIGNATION_DAYS, state.opening.policies.calendarVersion), 1), basis: basisOf(state) };
  if (kind === 'COUNCIL_SUSPENDED') return { until: until ?? longestSuspension(state, on), basis: basisOf(state) };
  return until === undefined ? {} : { until };
}

function longestSuspension({ opening }: OpenedCase, on: CivilDate): CivilDate {
  return effectTerm(on, SUSPENSION_DAYS, opening.policies.calendarVersion);
}

function untilFault(state: OpenedCase, { kind, on, until }: ChangeData): Refused | null {
  if (until === undefined) return null;
  if (kind === 'ACTING_MAYOR') return notBefore(until, 'until', on, { it: "l'inizio della sostituzione del sindaco", en: 'the day from which the deputy acts' });
  if (kind === 'ASSEMBLY_DELEGATE') return notBefore(until, 'until', on, { it: 'il giorno della delega', en: 'the day of the delegation' });
  if (kind !== 'COUNCIL_SUSPENDED') {
    return refused('UNTIL_NOT_EXPECTED', {
      it: "Solo la sospensione del consiglio, la sostituzione del sindaco e la delega in assemblea hanno un ultimo giorno (until).",
      en: 'Only a suspension of the council, an acting mayor and a delegate in the assembly have a last day (until).',
    }, 'until');
  }
  const last = longestSuspension(state, on);
  return firstRefusal(
    notBefore(until, 'until', on, { it: "l'inizio della sospensione", en: 'the beginning of the suspension' }),
    until > last
      ? refused('SUSPENSION_TOO_LONG', {
        it: `Il prefetto sospende il consiglio per non più di ${SUSPENSION_DAYS} giorni (art. 141 TUEL): al più tardi fino al ${last}.`,
        en: `The prefect suspends a council for ${SUSPENSION_DAYS} days at most (art. 141 TUEL): until ${last} at the latest.`,
      }, 'until')
      : null,
  );
}

const PUT_SOMEBODY_IN_OFFICE: readonly MandateChange[] = ['MAYOR_CHANGED', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED', 'ACTING_MAYOR', 'SECRETARY_CHANGED', 'ASSEMBLY_DELEGATE'];

function holderFault({ kind, holder }: ChangeData): Refused | null {
  return holder === undefined || PUT_SOMEBODY_IN_OFFICE.includes(kind) ? null : refused('HOLDER_NOT_EXPECTED', {
    it: 'Questo cambio non mette nessuno in carica: holder si indica per un sindaco (anche eletto con il consiglio), un commissario, chi sostituisce il sindaco, un segretario, un delegato in assemblea.',
    en: 'This change puts nobody in an office: a holder is named of a mayor (also of one elected with the council), a commissioner, an acting mayor, a secretary, a delegate in the assembly.',
  }, 'holder');
}

/** A delegation is of a person by an act: without either there is none. */
function delegationFault({ kind, holder, actNo }: ChangeData): Refused | null {
  if (kind !== 'ASSEMBLY_DELEGATE') {
    return actNo === undefined ? null : refused('ACT_NOT_EXPECTED', {
      it: "Il numero dell'atto (actNo) si indica solo per la delega in assemblea.", en: 'The number of an act (actNo) is given only of a delegate in the assembly.',
    }, 'actNo');
  }
  if (holder === undefined) return refused('INCOMPLETE', { it: 'Per una delega in assemblea serve il delegato (holder).', en: 'A delegation to the assembly needs its delegate (holder).' }, 'holder');
  return actNo === undefined ? refused('INCOMPLETE', { it: 'Per una delega in assemblea serve il numero (actNo).', en: 'A delegation to the assembly needs its number (actNo).' }, 'actNo') : null;
}

/** A resignation is withdrawn while it is not final: on the twentieth day from its presentation at the latest (art. 53 c.3 TUEL). */
function withdrawalFault(state: OpenedCase, { kind, on }: ChangeData): Refused | null {
  if (kind !== 'RESIGNATION_WITHDRAWN') return null;
  const resignation = resignationOn(state, on);
  if (resignation === null) {
    return refused('NO_RESIGNATION', {
      it: `Al ${on} non risultano dimissioni del sindaco da ritirare: prima si registrano con RecordMandateChange.`,
      en: `No resignation of the mayor stands on ${on} that could be withdrawn: it is recorded first, with RecordMandateChange.`,
    }, 'on');
  }
  const { finalFrom } = resignation;
  return on < finalFrom ? null : refused('RESIGNATION_FINAL', {
    it: `Le dimissioni presentate il ${resignation.on} sono efficaci e irrevocabili dal ${finalFrom} (art. 53 TUEL): si ritirano entro il ${addDays(finalFrom, -1)}.`,
    en: `The resignation presented on ${resignation.on} is final from ${finalFrom} (art. 53 TUEL): it is withdrawn by ${addDays(finalFrom, -1)}.`,
  }, 'on');
}

/**
 * The mayor's fiduciary acts lapse with the mandate; whoever is new at the head has civil days to confirm the referents, never
 * rolled: an effect ripens at their end. They count from the change, but not before it is recorded (day in Rome), since a
 * confirmation is dated by its recording and could not be in time otherwise. Changes of one day ask once: the second
 * repeats the day of the first, and still asks by itself if the first is corrected away.
 */
function confirmation(state: OpenedCase, kind: MandateChange, on: CivilDate, now: Instant): Pick<MandateFact, 'confirmBy' | 'basis'> {
  if (!ASK_TO_CONFIRM.includes(kind) || !knows(state, '2026.2')) return {};
  const asked = state.mandates.find((known) => known.on === on && known.confirmBy !== undefined)?.confirmBy;
  const confirmBy = asked ?? addDays(laterDate(on, civilDateOf(now)), state.opening.policies.mandates.confirmDays);
  return { confirmBy, basis: basisOf(state) };
}

/** The clock: who was not confirmed holds the role no more. */
export const lapseConfirmation = rule<Command<'LapseConfirmation'>['data'], object>({
  ground: () => ({}),
  decide: ({ state, data, context }) => {
    const change = changesUnanswered(state).find(({ version }) => version === data.change);
    if (change === undefined) return accepted();
    const from = addDays(change.confirmBy, 1);
    return accepted<AdhesionEvent>({
      type: 'ConfirmationLapsed',
      data: { change: change.version, from, fillBy: fillBy(state, from), basis: basisOf(state), at: context.now },
      effectiveOn: from,
    });
  },
});
