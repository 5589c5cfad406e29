import type { CivilDate } from '../../shared/civil-date.ts';
import type { CommandEntry } from '../command-entry.ts';
import type { ReferentsEventData } from './events.ts';
import type { ReferentRole } from './terms.ts';

/** Commands of the referents, in the order of the path. */
export const REFERENTS_COMMANDS = {
  AppointReferent: { by: ['member'], parkable: false, freeText: [] },
  AcceptAppointment: { by: ['member'], parkable: true, freeText: [] },
  ReplaceReferent: { by: ['member'], parkable: false, freeText: [] },
  SuspendReferent: { by: ['member'], parkable: false, freeText: [] },
  DeclareVacancy: { by: ['member'], parkable: false, freeText: [] },
  ConfirmReferents: { by: ['member'], parkable: false, freeText: [] },
  RecordRtdOnIpa: { by: ['operator', 'member'], parkable: false, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Command of the engine: a vacancy that has lasted too long. */
export interface ReferentsEngineData {
  readonly MarkLongVacancy: { readonly role: ReferentRole; readonly since: CivilDate };
}

/** What the edge adds to an appointment of a person of the Agency. */
export interface Associable {
  readonly associated?: boolean | undefined;
}

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const REFERENTS_CORRECTED_BY = {
  ReferentAppointed: 'AppointReferent',
  AppointmentAccepted: 'AcceptAppointment',
  ReferentReplaced: 'ReplaceReferent',
  ReferentSuspended: 'SuspendReferent',
  VacancyDeclared: 'DeclareVacancy',
  ReferentsConfirmed: 'ConfirmReferents',
  RtdPublishedOnIpa: 'RecordRtdOnIpa',
} as const satisfies { readonly [Type in keyof ReferentsEventData]?: keyof typeof REFERENTS_COMMANDS };
