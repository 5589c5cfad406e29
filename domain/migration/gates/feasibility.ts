import type { FullMigration } from '../state.ts';
import { conventionNeeds } from './convention.ts';
import { need, type Need } from './need.ts';

/** To FEASIBILITY: convention in force, recognition validated, no mandatory role empty for too long. That the service is offered was said when it was asked for. */
export function feasibilityNeeds(state: FullMigration): readonly Need[] {
  const { known } = state.grounds;
  return [
    ...conventionNeeds(state),
    ...(known?.recognitionValid === true ? [] : [need('OPERATOR', 'ValidateRecognition', 'RECOGNITION_NOT_VALID', {
      it: 'La ricognizione del comune non è convalidata, o non è più attuale.', en: 'The recognition of the comune is not validated, or has gone stale.',
    })]),
    ...(known?.longVacancies ?? []).map((role) => need('MEMBER', 'AppointReferent', 'ROLE_VACANT_TOO_LONG', {
      it: `Il ruolo ${role} è vacante da troppo tempo: un nuovo servizio inizia quando è ricoperto.`, en: `The role ${role} has stood empty for too long: a new service begins once it is filled.`,
    })),
  ];
}
