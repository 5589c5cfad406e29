import type { FullMigration } from '../state.ts';
import { need, type Need } from './need.ts';

/** What a step waits for that may not be done while the resolution is suspended, though a member that leaves may. */
export function suspensionNeeds(state: FullMigration): readonly Need[] {
  return state.grounds.known?.convention === 'SUSPENDED' ? conventionNeeds(state) : [];
}

/** No new stage while the resolution is suspended (domain section 6), none that binds a member anew once it leaves. */
export function conventionNeeds({ grounds }: FullMigration): readonly Need[] {
  switch (grounds.known?.convention ?? 'ENDED') {
    case 'IN_FORCE': return [];
    case 'SUSPENDED': return [need('OPERATOR', 'LiftSuspension', 'RESOLUTION_SUSPENDED', {
      it: "La delibera di adesione è sospesa: nessuna nuova fase finché la sospensione non cessa.", en: 'The resolution of the adhesion is suspended: no new stage until the suspension ends.',
    })];
    case 'LEAVING': return [need('OPERATOR', 'Cancel', 'MEMBER_LEAVING', {
      it: "L'ente recede dalla convenzione: non inizia nulla di nuovo.", en: 'The member withdraws from the convention: nothing new begins.',
    })];
    case 'ENDED': return [need('OPERATOR', 'Cancel', 'CONVENTION_NOT_IN_FORCE', {
      it: 'La convenzione non è in vigore.', en: 'The convention is not in force.',
    })];
  }
}
