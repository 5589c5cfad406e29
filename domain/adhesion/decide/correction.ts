import { accepted, refused, type Context } from '../../shared/process.ts';
import { CORRECTED_BY, mayRoleSend } from '../catalogue.ts';
import type { Command } from '../command-types.ts';
import { correctableFacts, type CorrectableFact } from '../correctable.ts';
import type { AdhesionEvent } from '../events.ts';
import { rewind } from '../rewind.ts';
import { SHAPES } from '../shapes.ts';
import { isOpened, type AdhesionState, type OpenedCase } from '../state.ts';
import { registerConvention } from './convention.ts';
import { conveneCouncil } from './council.ts';
import { confirmReceipt, recordOpinion } from './proposal.ts';
import { acceptAppointment, appointReferent } from './referents.ts';
import { certifyExecutivity, recordPublication, transmitResolution } from './resolution.ts';
import { rule, type Verdict } from './rule.ts';

/** Facts are never changed: a new event names the one it stands for, by the rules that the first one met. */
export const correctFact = rule<Command<'CorrectFact'>['data'], { readonly facts: readonly CorrectableFact[] }>({
  ground: (state) => {
    const facts = correctableFacts(state);
    if (facts.length === 0) return refused('NOT_CORRECTABLE', 'No fact that can be corrected stands yet.');
    return facts.some(({ underneath }) => underneath === null)
      ? { facts }
      : refused('CORRECTION_TOO_LATE', 'Later acts stand on every fact that could be corrected.');
  },
  decide: ({ state, ground: { facts }, data, context }) => {
    const fact = facts.find(({ version }) => version === data.version);
    if (fact === undefined) {
      return refused('NOT_CORRECTABLE', `Version ${data.version} is no fact that stands and can be corrected.`, 'version');
    }
    if (fact.underneath !== null) {
      return refused('CORRECTION_TOO_LATE', `It is too late to correct version ${fact.version}: ${fact.underneath} stands on it.`, 'version');
    }
    const command = CORRECTED_BY[fact.type];
    if (context.actor.role === 'member' && !mayRoleSend('member', command)) {
      return refused('FORBIDDEN', `${command} is not for this role, nor is the correction of what it recorded.`, 'version');
    }
    const rewound = rewind(state, fact.type, fact.version);
    const verdict = isOpened(rewound) ? decideAgain(rewound, fact, data.data, context) : accepted<AdhesionEvent>();
    return verdict.kind === 'refused' ? verdict : accepted(...verdict.events.flatMap((event) => correctionOf(fact, event)));
  },
});

/** The rule of the first fact, on the state without it. */
function decideAgain(state: OpenedCase, fact: CorrectableFact, data: unknown, context: Context): Verdict {
  const { type, version } = fact;
  switch (type) {
    case 'ReceiptConfirmed': return SHAPES.ConfirmReceipt(data) ? confirmReceipt.decide(state, data, context) : malformed(fact);
    case 'OpinionRecorded': return SHAPES.RecordOpinion(data) ? recordOpinion.decide(state, data, context) : malformed(fact);
    case 'CouncilConvened': return SHAPES.ConveneCouncil(data) ? conveneCouncil.decide(state, data, context) : malformed(fact);
    case 'PublicationRecorded': return SHAPES.RecordPublication(data) ? recordPublication.decide(state, data, context) : malformed(fact);
    case 'ExecutivityCertified': return SHAPES.CertifyExecutivity(data) ? certifyExecutivity.decide(state, data, context) : malformed(fact);
    case 'ResolutionTransmitted': return SHAPES.TransmitResolution(data) ? transmitResolution.decide(state, data, context) : malformed(fact);
    case 'ConventionRegistered': return SHAPES.RegisterConvention(data) ? registerConvention.decide(state, data, context) : malformed(fact);
    case 'ReferentAppointed': {
      if (!SHAPES.AppointReferent(data)) return malformed(fact);
      const others = { ...state, referents: state.referents.filter((referent) => referent.version !== version) };
      return keepNumber(state, fact, appointReferent.decide(others, data, context));
    }
    case 'AppointmentAccepted': {
      if (!SHAPES.AcceptAppointment(data)) return malformed(fact);
      return acceptAppointment.decide(state, data, context);
    }
    default: {
      const unknown: never = type;
      return unknown;
    }
  }
}

function malformed({ type }: CorrectableFact): Verdict {
  return refused('CORRECTION_MALFORMED', `A correction of ${type} gives the data of ${CORRECTED_BY[type]} in full.`, 'data');
}

/** A corrected appointment keeps its number. */
function keepNumber({ referents }: AdhesionState, { version }: CorrectableFact, verdict: Verdict): Verdict {
  const appointmentId = referents.find((referent) => referent.version === version)?.appointmentId;
  if (verdict.kind === 'refused' || appointmentId === undefined) return verdict;
  return accepted(...verdict.events.map((event) => (
    event.type === 'ReferentAppointed' ? { ...event, data: { ...event.data, appointmentId } } : event)));
}

function correctionOf({ version, type }: CorrectableFact, event: AdhesionEvent): readonly AdhesionEvent[] {
  if (!isCorrectable(event) || event.type !== type) return [];
  const { effectiveOn, ...fact } = event;
  const data = { corrects: version, ...fact };
  return [effectiveOn === undefined ? { type: 'FactCorrected', data } : { type: 'FactCorrected', data, effectiveOn }];
}

type CorrectableEvent = Extract<AdhesionEvent, { type: CorrectableFact['type'] }>;

function isCorrectable(event: AdhesionEvent): event is CorrectableEvent {
  return event.type in CORRECTED_BY;
}
