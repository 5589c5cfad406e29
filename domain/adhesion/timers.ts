import type { Timer } from '../shared/process.ts';
import type { AdhesionCommand } from './command-types.ts';
import { executivity } from './standing.ts';
import type { AdhesionState } from './state.ts';

/** Keys of the timers; a date that was set again has a timer of its own, since one fires once. */
export const EXECUTIVITY_TIMER = 'executivity';
export const IN_FORCE_TIMER = 'in-force';

/** The act ripens, and the convention comes into force, by themselves on days known before. */
export function timers({ closure, deliberation, convention }: AdhesionState): readonly Timer<AdhesionCommand>[] {
  if (closure !== null) return [];
  const due: Timer<AdhesionCommand>[] = [];
  const { publication, publicationCount } = deliberation;
  if (publication !== null && executivity(deliberation) === 'PENDING') {
    const { executiveOn, executiveFrom } = publication;
    due.push({ key: keyOf(EXECUTIVITY_TIMER, publicationCount), at: executiveFrom, command: { type: 'RipenExecutivity', data: { executiveOn } } });
  }
  const { registration, registrationCount, inForce } = convention;
  if (registration !== null && !inForce) {
    const { inForceOn, inForceFrom } = registration;
    due.push({ key: keyOf(IN_FORCE_TIMER, registrationCount), at: inForceFrom, command: { type: 'BringIntoForce', data: { inForceOn } } });
  }
  return due;
}

function keyOf(name: string, count: number): string {
  return count > 1 ? `${name}-${count}` : name;
}
