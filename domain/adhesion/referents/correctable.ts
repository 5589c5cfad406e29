import type { Bilingual } from '../../shared/bilingual.ts';
import { accepted, type Context } from '../../shared/process.ts';
import { APPOINTMENT_ID, MAX_CONFIRMED, SERVICE_ID } from '../bounds.ts';
import { byRule, type CorrectableFact, type CorrectablesOf } from '../correctable-fact.ts';
import type { CommandData } from '../command-types.ts';
import { endOf } from '../membership/standing.ts';
import type { Rule, Verdict } from '../rule.ts';
import { actNumber, date, flag, instant, oneOf, optional, shape, subjectId, text, type Guard } from '../shape.ts';
import { knows } from '../policies.ts';
import { isOpened, type AdhesionState, type OpenedCase } from '../state.ts';
import type { REFERENTS_CORRECTED_BY } from './catalogue.ts';
import { tenureWith } from './evolve.ts';
import { acceptAppointment, appointReferent } from './rules/appointment.ts';
import { confirmReferents, declareVacancy, replaceReferent, suspendReferent } from './rules/change.ts';
import { recordRtdOnIpa } from './rules/ipa.ts';
import { rtdOnIpaOf } from './standing.ts';
import type { Referent, ReferentsSlice } from './state.ts';

const role = oneOf('ICT_REFERENT', 'RTD', 'DPO', 'CYBER_REFERENT', 'SECURITY_CONTACT', 'NIS_CONTACT', 'CSIRT_CONTACT', 'SERVICE_REFERENT');
const service = optional(text((value) => SERVICE_ID.test(value)));
const appointmentId = text((value) => APPOINTMENT_ID.test(value));
/** Put in by the edge, as in the command. */
const associated = optional(flag);

/** The shapes of the commands whose data a correction gives. */
const SHAPES = {
  AppointReferent: shape<CommandData['AppointReferent']>({
    role, subject: subjectId, actNo: actNumber, actOn: date, service, deputy: optional(flag), associated,
  }),
  AcceptAppointment: shape<CommandData['AcceptAppointment']>({ appointmentId, acceptedAt: instant }),
  ReplaceReferent: shape<CommandData['ReplaceReferent']>({ appointmentId, subject: subjectId, actNo: actNumber, actOn: date, associated }),
  SuspendReferent: shape<CommandData['SuspendReferent']>({ appointmentId, from: date }),
  ConfirmReferents: shape<CommandData['ConfirmReferents']>({
    appointmentIds: (value): value is string[] => Array.isArray(value) && value.length > 0 && value.length <= MAX_CONFIRMED && value.every(appointmentId),
  }),
  DeclareVacancy: shape<CommandData['DeclareVacancy']>({ role, service, from: date }),
  RecordRtdOnIpa: shape<CommandData['RecordRtdOnIpa']>({ on: date }),
};

export const REFERENTS_CORRECTABLES: CorrectablesOf<keyof typeof REFERENTS_CORRECTED_BY> = {
  // An appointment is not taken out, for its place and its number: it is replaced by the corrected one.
  ReferentAppointed: { rewind: (state) => state, decide: appointAgain(SHAPES.AppointReferent, appointReferent) },
  ReferentReplaced: { rewind: (state) => state, decide: appointAgain(SHAPES.ReplaceReferent, replaceReferent) },
  AppointmentAccepted: {
    rewind: (state, version) => ({
      ...state,
      referents: state.referents.map((known) => (known.acceptance?.version === version ? { ...known, acceptance: null } : known)),
    }),
    decide: byRule(SHAPES.AcceptAppointment, acceptAppointment),
  },
  ReferentSuspended: {
    rewind: (state, version) => tenureWith(state, { suspensions: state.tenure.suspensions.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.SuspendReferent, suspendReferent),
  },
  // A confirmation counts from when it was recorded: other names do not make it a later one.
  ReferentsConfirmed: {
    rewind: (state, version, instead) => (instead === undefined ? state : withoutConfirmation(state, version)),
    decide: (state, data, context, version) => {
      if (!SHAPES.ConfirmReferents(data)) return null;
      const at = state.tenure.confirmations.find((known) => known.version === version)?.at ?? context.now;
      return confirmReferents.decide(withoutConfirmation(state, version), data, { ...context, now: at });
    },
  },
  VacancyDeclared: {
    rewind: (state, version) => tenureWith(state, { vacancies: state.tenure.vacancies.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.DeclareVacancy, declareVacancy),
  },
  RtdPublishedOnIpa: {
    rewind: (state, version) => ({ ...state, rtdOnIpa: state.rtdOnIpa.filter((known) => known.version !== version) }),
    decide: byRule(SHAPES.RecordRtdOnIpa, recordRtdOnIpa),
  },
};

function withoutConfirmation<State extends AdhesionState>(state: State, version: number): State {
  return { ...state, tenure: { ...state.tenure, confirmations: state.tenure.confirmations.filter((known) => known.version !== version) } };
}

/** Decided beside the other appointments; a corrected appointment keeps its number. */
function appointAgain<Data>(hasShape: Guard<Data>, rule: Rule<Data>) {
  return (state: OpenedCase, data: unknown, context: Context, version: number): Verdict | null => {
    if (!hasShape(data)) return null;
    const others = { ...state, referents: state.referents.filter((referent) => referent.version !== version) };
    return keepNumber(state, version, rule.decide(others, data, context));
  };
}

function keepNumber({ referents }: ReferentsSlice, version: number, verdict: Verdict): Verdict {
  const number = referents.find((referent) => referent.version === version)?.appointmentId;
  if (verdict.kind === 'refused' || number === undefined) return verdict;
  return accepted(...verdict.events.map((event) => {
    if (event.type === 'ReferentAppointed') return { ...event, data: { ...event.data, appointmentId: number } };
    return event.type === 'ReferentReplaced' ? { ...event, data: { ...event.data, appointmentId: number } } : event;
  }));
}

/** The facts of the referents that stand, each with what stands on it. */
export function referentsFacts(state: AdhesionState): readonly CorrectableFact[] {
  // Cases of 2026.1 were refused the correction of a confirmation, and go on so.
  const confirmations = isOpened(state) && knows(state, '2026.2') ? ofConfirmations(state) : [];
  return [...ofAppointments(state), ...ofSuspensions(state), ...ofVacancies(state), ...confirmations, ...ofIpa(state)];
}

function ofAppointments(state: AdhesionState): readonly CorrectableFact[] {
  return state.referents.flatMap((referent): readonly CorrectableFact[] => {
    const { version, acceptance, replaces } = referent;
    const changed = laterChange(state, referent, version);
    return [
      {
        type: replaces === undefined ? 'ReferentAppointed' : 'ReferentReplaced', version,
        underneath: acceptance === null ? changed : { it: "l'accettazione della nomina", en: 'the acceptance of the appointment' },
      },
      ...(acceptance === null ? [] : [{ type: 'AppointmentAccepted', version: acceptance.version, underneath: changed } as const]),
    ];
  });
}

function ofSuspensions(state: AdhesionState): readonly CorrectableFact[] {
  const { suspensions, confirmations } = state.tenure;
  return suspensions.map(({ version, appointmentId: suspended }) => {
    const reinstated = confirmations.some((known) => known.version > version && known.appointmentIds.includes(suspended));
    const referent = state.referents.find((known) => known.appointmentId === suspended);
    const underneath = reinstated ? { it: 'la conferma', en: 'the confirmation' } : referent === undefined ? null : laterChange(state, referent, version);
    return { type: 'ReferentSuspended', version, underneath };
  });
}

function ofConfirmations(state: AdhesionState): readonly CorrectableFact[] {
  return state.tenure.confirmations.map(({ version, appointmentIds }) => {
    const lapsed = state.lapses.some((lapse) => lapse.version > version);
    const changed = state.referents.filter((referent) => appointmentIds.includes(referent.appointmentId)).map((referent) => laterChange(state, referent, version));
    return { type: 'ReferentsConfirmed', version, underneath: lapsed ? { it: 'la decadenza di chi non è stato confermato', en: 'the lapse of who was not confirmed' } : (changed.find((later) => later !== null) ?? null) };
  });
}

function ofVacancies({ referents, tenure }: AdhesionState): readonly CorrectableFact[] {
  return tenure.vacancies.map((vacancy) => {
    const followed = referents.some((referent) => (
      referent.version > vacancy.version && referent.role === vacancy.role && referent.service === vacancy.service && !referent.deputy));
    return { type: 'VacancyDeclared', version: vacancy.version, underneath: followed ? { it: 'la nomina successiva', en: 'the appointment that followed' } : null };
  });
}

/** The word of the RTD in office on IPA, until the convention has ended. */
function ofIpa(state: AdhesionState): readonly CorrectableFact[] {
  const published = rtdOnIpaOf(state);
  const underneath = endOf(state) === null ? null : { it: 'la fine della convenzione', en: 'the end of the convention' };
  return published === null ? [] : [{ type: 'RtdPublishedOnIpa', version: published.version, underneath }];
}

/** What was recorded of an appointment after that version. */
function laterChange({ referents, tenure }: AdhesionState, { appointmentId: changed }: Referent, version: number): Bilingual | null {
  const about = (fact: { readonly version: number; readonly appointmentId: string | null }): boolean => (
    fact.version > version && fact.appointmentId === changed);
  if (referents.some(({ replaces }) => replaces === changed)) return { it: 'la nomina successiva', en: 'the appointment that followed' };
  if (tenure.vacancies.some(about)) return { it: 'la vacanza', en: 'the vacancy' };
  return tenure.suspensions.some(about) ? { it: 'la sospensione', en: 'the suspension' } : null;
}
