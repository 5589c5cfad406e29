import type { Actor, Role } from '../shared/actor.ts';
import type { TextRef } from '../shared/text-ref.ts';
import { accepted, refused, type Context, type Refused } from '../shared/process.ts';
import { onlyFor } from '../shared/roles.ts';
import { COMMAND_CATALOGUE, CORRECTED_BY, mayRoleSend } from './catalogue.ts';
import { isClosed } from './closing.ts';
import type { Command } from './command-types.ts';
import type { CorrectableFact } from './correctable-fact.ts';
import { correctableFacts, CORRECTABLES } from './correctable.ts';
import type { AdhesionEvent } from './events.ts';
import { endingAct } from './membership/standing.ts';
import { rule, type Verdict } from './rule.ts';
import { isOpened, type AdhesionState, type OpenedCase } from './state.ts';

/** Facts are never changed: a new event names the one it stands for, by the rules that the first one met. */
export const correctFact = rule<Command<'CorrectFact'>['data'], { readonly facts: readonly CorrectableFact[] }>({
  ground: (state) => {
    const facts = standingFacts(state);
    if (facts.length === 0) return refused('NOT_CORRECTABLE', { it: 'Non vi è ancora alcun fatto che si possa correggere.', en: 'No fact that can be corrected stands yet.' });
    return facts.some(({ underneath }) => underneath === null)
      ? { facts }
      : refused('CORRECTION_TOO_LATE', {
        it: 'Su ogni fatto che si potrebbe correggere si fondano già atti successivi.', en: 'Later acts stand on every fact that could be corrected.',
      });
  },
  decide: ({ state, ground: { facts }, data, context }) => {
    const others = othersFault(facts, context.actor.role);
    if (others !== null) return others;
    const fact = facts.find(({ version }) => version === data.version);
    if (fact === undefined) {
      if (isClosed(state)) {
        return refused('CASE_CLOSED', {
          it: "La pratica è chiusa; si può correggere solo l'atto che l'ha conclusa.", en: 'This case is closed; only the act that ended it can be corrected.',
        }, 'version');
      }
      return refused('NOT_CORRECTABLE', {
        it: `La versione ${data.version} non è un fatto in essere che si possa correggere.`, en: `Version ${data.version} is no fact that stands and can be corrected.`,
      }, 'version');
    }
    if (fact.underneath !== null) {
      return refused('CORRECTION_TOO_LATE', {
        it: `È tardi per correggere la versione ${fact.version}: vi si fonda già ${fact.underneath.it}.`,
        en: `It is too late to correct version ${fact.version}: ${fact.underneath.en} stands on it.`,
      }, 'version');
    }
    if (!mayCorrect(context.actor.role, fact)) {
      const command = CORRECTED_BY[fact.type];
      return refused('FORBIDDEN', onlyFor(`CorrectFact (${command})`, COMMAND_CATALOGUE[command].by), 'version');
    }
    const rewound = CORRECTABLES[fact.type].rewind(state, fact.version);
    const verdict = isOpened(rewound) ? decideAgain(rewound, fact, data.data, context) : accepted<AdhesionEvent>();
    return verdict.kind === 'refused' ? verdict : accepted(...verdict.events.flatMap((event) => correctionOf(fact, event, data.reasons ?? (event.type === 'ExclusionPrepared' ? undefined : reasonsPrepared(state, fact)))));
  },
});

/** The facts that an actor may correct now: none on which later acts stand. */
export function correctableBy(state: AdhesionState, { role }: Actor): readonly CorrectableFact[] {
  return standingFacts(state).filter((fact) => isCorrectableBy(role, fact));
}

/** Why an actor may correct nothing though there is what can be corrected now, whatever the data; null when it may. */
export function correctionFault(state: OpenedCase, actor: Actor): Refused | null {
  return othersFault(standingFacts(state), actor.role);
}

function othersFault(facts: readonly CorrectableFact[], role: Role): Refused | null {
  return facts.some((fact) => isCorrectableBy(role, fact))
    ? null
    : refused('FORBIDDEN', {
      it: "Ciò che ora si può correggere è registrato dall'Agenzia, che lo corregge.", en: 'What can be corrected now is recorded by the Agency, which corrects it.',
    });
}

function isCorrectableBy(role: Role, fact: CorrectableFact): boolean {
  return fact.underneath === null && mayCorrect(role, fact);
}

/** The Agency corrects every fact, a member those that it may record. */
function mayCorrect(role: Role, { type }: CorrectableFact): boolean {
  return role !== 'member' || mayRoleSend('member', CORRECTED_BY[type]);
}

/** In a case that is closed only the act that ended it. */
function standingFacts(state: AdhesionState): readonly CorrectableFact[] {
  const facts = correctableFacts(state);
  return isClosed(state) ? facts.filter(({ version }) => version === endingAct(state)) : facts;
}

/** True in a case that was closed by an act which can still be corrected; CloseAdhesion is none. */
export function isEndCorrectable(state: AdhesionState): boolean {
  return standingFacts(state).some(({ underneath }) => underneath === null);
}

/** The rule of the first fact, on the state without it; a suspension holds new steps, not the correction of old ones. */
function decideAgain(state: OpenedCase, { type, version }: CorrectableFact, data: unknown, context: Context): Verdict {
  const resumed = type === 'SuspensionLifted' ? state : { ...state, deliberation: { ...state.deliberation, suspension: null } };
  return CORRECTABLES[type].decide(resumed, data, context, version)
    ?? refused('CORRECTION_MALFORMED', {
      it: `La correzione indica per intero i dati di ${CORRECTED_BY[type]}.`, en: `The correction gives the data of ${CORRECTED_BY[type]} in full.`,
    }, 'data');
}

/** Why the correction that another operator prepared was asked for. */
function reasonsPrepared({ membership: { preparation } }: OpenedCase, { version }: CorrectableFact): TextRef | undefined {
  return preparation?.corrects === version ? preparation.reasons : undefined;
}

function correctionOf({ version, type }: CorrectableFact, event: AdhesionEvent, reasons: TextRef | undefined): readonly AdhesionEvent[] {
  const why = reasons === undefined ? {} : { reasons };
  // By the two-person rule nothing is corrected yet; why it is to be, is kept for who carries it out.
  if (event.type === 'ExclusionPrepared') return [{ ...event, data: { ...event.data, ...why } }];
  // The same command may now record another outcome: a session corrected from adopted to rejected.
  if (!isCorrectable(event) || CORRECTED_BY[event.type] !== CORRECTED_BY[type]) return [];
  const { effectiveOn, ...fact } = event;
  const data = { corrects: version, ...why, ...fact };
  return [effectiveOn === undefined ? { type: 'FactCorrected', data } : { type: 'FactCorrected', data, effectiveOn }];
}

type CorrectableEvent = Extract<AdhesionEvent, { type: CorrectableFact['type'] }>;

function isCorrectable(event: AdhesionEvent): event is CorrectableEvent {
  return event.type in CORRECTED_BY;
}
