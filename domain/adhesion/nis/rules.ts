import { accepted, refused } from '../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notInFuture } from '../checks.ts';
import type { Command } from '../command-types.ts';
import type { AdhesionEvent } from '../events.ts';
import { endedFault } from '../membership/rules/bound.ts';
import { rule, type RulesOf } from '../rule.ts';
import type { NIS_COMMANDS } from './catalogue.ts';
import { isDone } from './standing.ts';
import { nisWindow, yearOf } from './windows.ts';

/** Once in the window of each year, or later in that year: late, not refused. Of a case that was opened before it was asked whoever records it is believed. */
const recordNisDuty = rule<Command<'RecordNisDuty'>['data'], object>({
  ground: (state) => endedFault(state) ?? (state.opening.policies.nisSubject === false
    ? refused('NOT_A_NIS_SUBJECT', {
      it: "Per questa pratica l'ente non è un soggetto NIS (D.Lgs. 138/2024): all'ACN non deve né la registrazione né l'aggiornamento annuale.",
      en: 'By the policies of this case the body is no subject of NIS (D.Lgs. 138/2024): it owes the ACN neither the registration nor the yearly update.',
    })
    : {}),
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { duty, on }, context }) => {
    const year = yearOf(on);
    const { from, to } = nisWindow(duty, year);
    return firstRefusal(
      on < from ? refused('NIS_WINDOW_NOT_OPEN', {
        it: `Per il ${year} si può fare dal ${from} al ${to}.`, en: `For ${year} it can be done from ${from} to ${to}.`,
      }, 'on') : null,
      isDone(state, duty, year) ? alreadyRecorded({ it: `Per il ${year}`, en: `That of ${year}` }) : null,
    ) ?? accepted<AdhesionEvent>({ type: 'NisDutyDone', data: { duty, year, on, dueOn: to, late: on > to, at: context.now }, effectiveOn: on });
  },
});

/** The rule of every command of the subjects of NIS. */
export const NIS_RULES: RulesOf<keyof typeof NIS_COMMANDS> = { RecordNisDuty: recordNisDuty };
