import { sameJson } from '../../shared/same-json.ts';
import type { Context } from '../../shared/process.ts';
import type { AdhesionEvent } from '../events.ts';
import { isOpened, type AdhesionState } from '../state.ts';
import { endOf } from '../membership/standing.ts';
import { groundsFor } from './grounds.ts';
import { openMigrations, standingServices } from './standing.ts';
import type { MigrationNote } from './state.ts';

/** True when the case has a migration of the full track to keep informed. */
export function hasToInform(state: AdhesionState): boolean {
  return state.migrations.some(({ full }) => full !== undefined);
}

/** What migrations of the full track are to be told: those whose grounds are not what they were told last. One that is closed hears only that the convention has ended, since its service goes on until then. */
export function informing(state: AdhesionState, { now }: Context): readonly AdhesionEvent[] {
  if (!isOpened(state)) return [];
  const hearing = endOf(state) === null ? openMigrations(state) : standingServices(state);
  return hearing.filter(isFull).flatMap(({ id, service, full: { dependsOn, told } }): readonly AdhesionEvent[] => {
    const grounds = groundsFor(state, service, dependsOn);
    return sameJson(grounds, told) ? [] : [{ type: 'MigrationInformed', data: { id, grounds, at: now } }];
  });
}

function isFull(note: MigrationNote): note is MigrationNote & Required<Pick<MigrationNote, 'full'>> {
  return note.full !== undefined;
}
