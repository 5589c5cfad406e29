import { parallelRunNeeds, runNeeds } from '../moving/needs.ts';
import { need, type Need } from '../gates/need.ts';
import { serviceReferentNeeds } from '../gates/plan-approved.ts';
import { defectNeeds } from '../operation/needs.ts';
import { stageOf } from '../saga/standing.ts';
import type { FullMigration } from '../state.ts';
import { conflictsOf } from './windows.ts';
import { forbiddenReason, NOT_FREE } from './words.ts';

/** What the gate to CUTOVER still needs: acceptance, rehearsal, parallel run, a free window, the go. */
export function cutoverNeeds(state: FullMigration): readonly Need[] {
  const { moving: { acceptance }, cutover: { decision, done } } = state;
  if (done?.outcome === 'SUCCEEDED') return [];
  return [
    ...(acceptance === null ? [need('OPERATOR', 'RecordAcceptance', 'ACCEPTANCE_MISSING', {
      it: 'Manca il verbale di collaudo firmato da entrambi.', en: 'The acceptance record, signed by both, is missing.',
    })] : []),
    ...runNeeds(state),
    ...defectNeeds(state),
    ...parallelRunNeeds(state),
    ...windowNeeds(state),
    // Who gave it and leaves has given it.
    ...(stageOf(state) === 'CUTOVER' && decision?.go === true ? [] : [...serviceReferentNeeds(state), need('MEMBER', 'DecideGo', 'GO_MISSING', {
      it: 'Manca il via libera del referente del servizio.', en: "The service referent's go is missing.",
    })]),
  ];
}

/** A window that was free when it was set may be so no longer: a vote or a session was called since. */
function windowNeeds(state: FullMigration): readonly Need[] {
  if (state.cutover.schedule === null) {
    return [need('OPERATOR', 'ScheduleCutover', 'WINDOW_MISSING', { it: 'Manca la finestra della messa in esercizio.', en: 'The window of the cutover is missing.' })];
  }
  const conflicts = conflictsOf(state);
  return conflicts.length === 0 ? [] : [
    need('OPERATOR', 'ScheduleCutover', 'WINDOW_NOT_FREE', NOT_FREE),
    ...conflicts.map(forbiddenReason).map(({ code, message }) => need('OPERATOR', 'ScheduleCutover', code, message)),
  ];
}
