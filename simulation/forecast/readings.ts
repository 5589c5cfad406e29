import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { civilDateOf, daysBetween, laterDate, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { Step } from '../durations.ts';

/** Steps whose beginning and end are dates of the acts themselves: of these it is recorded how long they took. */
export const MEASURED = ['proposal', 'receipt', 'opinion', 'auditors', 'agenda', 'publication'] as const satisfies readonly Step[];
export type MeasuredStep = (typeof MEASURED)[number];

/** When a step could begin, by the facts of a case; null: it can't yet. */
export function groundOf(step: MeasuredStep, { opening, deliberation }: Pick<AdhesionState, 'opening' | 'deliberation'>): CivilDate | null {
  const { sending, receipt, adoption } = deliberation;
  switch (step) {
    case 'proposal': return opening === null ? null : civilDateOf(opening.at);
    case 'receipt': return sentOn(sending?.sentAt ?? null);
    case 'opinion': return receipt?.receivedOn ?? null;
    case 'auditors': return latest(['TECHNICAL', 'ACCOUNTING'].map((kind) => givenOn(deliberation, kind)));
    case 'agenda': return latest(['TECHNICAL', 'ACCOUNTING', 'AUDITORS'].map((kind) => givenOn(deliberation, kind)));
    case 'publication': return adoption?.heldOn ?? null;
  }
}

/** How many days the steps took that this case has finished, by the dates of its acts. A later attempt of the council is no measure of an agenda. */
export function readingsOf(state: AdhesionState): readonly (readonly [step: MeasuredStep, days: number])[] {
  return MEASURED.flatMap((step) => {
    const from = groundOf(step, state);
    return from === null ? [] : endsOf(step, state).filter((to) => to >= from).map((to) => [step, daysBetween(from, to)] as const);
  });
}

function endsOf(step: MeasuredStep, { deliberation }: AdhesionState): readonly CivilDate[] {
  const { attempt, sending, receipt, adoption, publication } = deliberation;
  const there = (...days: readonly (CivilDate | null | undefined)[]) => days.filter((day) => day !== null && day !== undefined);
  switch (step) {
    case 'proposal': return attempt === 1 ? there(sentOn(sending?.sentAt ?? null)) : [];
    case 'receipt': return there(receipt?.receivedOn);
    case 'opinion': return there(givenOn(deliberation, 'TECHNICAL'), givenOn(deliberation, 'ACCOUNTING'));
    case 'auditors': return there(givenOn(deliberation, 'AUDITORS'));
    case 'agenda': return attempt === 1 ? there(adoption?.heldOn) : [];
    case 'publication': return there(publication?.firstDay);
  }
}

function sentOn(sentAt: Instant | null): CivilDate | null {
  return sentAt === null ? null : civilDateOf(sentAt);
}

function givenOn({ opinions }: AdhesionState['deliberation'], wanted: string): CivilDate | null {
  return opinions.find(({ kind, onAmendment }) => kind === wanted && !onAmendment)?.givenOn ?? null;
}

/** Null while one is missing. */
function latest(days: readonly (CivilDate | null)[]): CivilDate | null {
  return days.reduce((last, day) => (last === null || day === null ? null : laterDate(last, day)));
}
