import type { CommandEntry } from '../command-entry.ts';
import type { ReferentsEventData } from './events.ts';

/** Commands of the referents, in the order of the path. */
export const REFERENTS_COMMANDS = {
  AppointReferent: { by: ['member'], parkable: false, freeText: [] },
  AcceptAppointment: { by: ['member'], parkable: true, freeText: [] },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Facts that may be corrected, each with the command whose data a correction gives. */
export const REFERENTS_CORRECTED_BY = {
  ReferentAppointed: 'AppointReferent',
  AppointmentAccepted: 'AcceptAppointment',
} as const satisfies { readonly [Type in keyof ReferentsEventData]?: keyof typeof REFERENTS_COMMANDS };
