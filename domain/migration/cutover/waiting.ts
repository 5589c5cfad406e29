import { turn } from '../../adhesion/turn.ts';
import { dateInWords } from '../../calendar/date-words.ts';
import { civilDateOf, type CivilDate } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import { need } from '../gates/need.ts';
import { needed, needsOf, turnsOf } from '../gates/index.ts';
import type { FullMigration } from '../state.ts';

/** Whose turn it is in this area; nothing in it depends on the present. */
export function cutoverWaiting(state: FullMigration): readonly Waiting[] {
  const { migration: { state: stage }, moving: { parallelRun, waiver } } = state;
  if (stage === 'CUTOVER') return afterGo(state);
  if (stage !== 'PARALLEL_RUN') return [];
  // While it lasts the parallel run tells of itself; the window may be set beside it.
  const isRunning = waiver === null && parallelRun?.over === false;
  return needed(state, 'CUTOVER', 'DecideGo').filter(({ who }) => !isRunning || who !== 'CLOCK');
}

/** The cutover; or what has gone missing since the go, up to the end of the window: another is set, unless nothing is to begin any more. */
function afterGo(state: FullMigration): readonly Waiting[] {
  const { migration: { since }, cutover: { schedule } } = state;
  const dueOn = schedule === null ? null : civilDateOf(schedule.to);
  const needs = needsOf(state, 'CUTOVER');
  const isToEnd = needs.some(({ what }) => what === 'Cancel');
  return turnsOf(state, needs.length === 0 || isToEnd ? needs : [...needs, HELD_UP], [turn('OPERATOR', 'RecordCutover', since, null, dueOn === null ? [] : [goodUntil(dueOn)])]).map((one) => ({ ...one, dueOn }));
}

function goodUntil(lastDay: CivilDate): Reason {
  const { it, en } = dateInWords(lastDay);
  return {
    code: 'GO_FOR_WINDOW',
    message: {
      it: `Il via libera vale per la finestra che finisce ${it}: allora si registra la messa in esercizio (RecordCutover) o, se non è avvenuta, si fissa un'altra finestra (ScheduleCutover).`,
      en: `The go is for the window that ends on ${en}: by then the cutover is recorded (RecordCutover) or, if there was none, another window set (ScheduleCutover).`,
    },
  };
}

const HELD_UP = need('OPERATOR', 'ScheduleCutover', 'CUTOVER_HELD_UP', {
  it: "Dopo il via libera è venuto a mancare qualcosa: se la finestra non basta, se ne fissa un'altra (ScheduleCutover) o vi si rinuncia (CancelCutover).",
  en: 'Something has gone missing since the go: if the window is too short, another is set (ScheduleCutover) or it is called off (CancelCutover).',
});
