import { accepted, type Context } from '../../shared/process.ts';
import { APPOINTMENT_ID, SERVICE_ID } from '../bounds.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import type { Verdict } from '../rule.ts';
import { actNumber, date, flag, instant, oneOf, optional, shape, subjectId, text } from '../shape.ts';
import type { OpenedCase } from '../state.ts';
import type { REFERENTS_CORRECTED_BY } from './catalogue.ts';
import { acceptAppointment, appointReferent } from './rules/appointment.ts';
import type { ReferentsSlice } from './state.ts';

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  AppointReferent: shape<CommandData['AppointReferent']>({
    role: oneOf('ICT_REFERENT', 'RTD', 'DPO', 'CYBER_REFERENT', 'SECURITY_CONTACT', 'NIS_CONTACT', 'CSIRT_CONTACT', 'SERVICE_REFERENT'),
    subject: subjectId,
    actNo: actNumber,
    actOn: date,
    service: optional(text((value) => SERVICE_ID.test(value))),
    deputy: optional(flag),
  }),
  AcceptAppointment: shape<CommandData['AcceptAppointment']>({
    appointmentId: text((value) => APPOINTMENT_ID.test(value)), acceptedAt: instant,
  }),
};

export const REFERENTS_CORRECTABLES: CorrectablesOf<keyof typeof REFERENTS_CORRECTED_BY> = {
  ReferentAppointed: {
    // The appointment is not taken out, for its place and its number: it is replaced by the corrected one.
    rewind: (state) => state,
    decide: appointAgain,
  },
  AppointmentAccepted: {
    rewind: (state, version) => ({
      ...state,
      referents: state.referents.map((known) => (known.acceptance?.version === version ? { ...known, acceptance: null } : known)),
    }),
    decide: byRule(SHAPES.AcceptAppointment, acceptAppointment),
  },
};

/** Decided beside the other appointments; a corrected appointment keeps its number. */
function appointAgain(state: OpenedCase, data: unknown, context: Context, version: number): Verdict | null {
  if (!SHAPES.AppointReferent(data)) return null;
  const others = { ...state, referents: state.referents.filter((referent) => referent.version !== version) };
  return keepNumber(state, version, appointReferent.decide(others, data, context));
}

function keepNumber({ referents }: ReferentsSlice, version: number, verdict: Verdict): Verdict {
  const appointmentId = referents.find((referent) => referent.version === version)?.appointmentId;
  if (verdict.kind === 'refused' || appointmentId === undefined) return verdict;
  return accepted(...verdict.events.map((event) => (
    event.type === 'ReferentAppointed' ? { ...event, data: { ...event.data, appointmentId } } : event)));
}

/** The facts of the referents that stand, each with what stands on it. */
export function referentsFacts({ referents }: ReferentsSlice): readonly CorrectableFact[] {
  return referents.flatMap(({ version, acceptance }): readonly CorrectableFact[] => [
    { type: 'ReferentAppointed', version, underneath: acceptance === null ? null : 'the acceptance of the appointment' },
    ...(acceptance === null ? [] : [{ type: 'AppointmentAccepted', version: acceptance.version, underneath: null } as const]),
  ]);
}
