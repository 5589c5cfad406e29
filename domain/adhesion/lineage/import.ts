import { actTerm } from '../../calendar/terms.ts';
import { startOfDay } from '../../shared/civil-date.ts';
import { accepted, refused, type Context, type Refused } from '../../shared/process.ts';
import { firstRefusal, notInFuture } from '../checks.ts';
import type { Command } from '../command-types.ts';
import { competenceOf } from '../competence.ts';
import { countersignConvention, signConvention } from '../convention/rules/signing.ts';
import { bringIntoForce, registerConvention } from '../convention/rules/registration.ts';
import { certifyExecutivity, ripenExecutivity } from '../deliberation/rules/executivity.ts';
import { recordPublication } from '../deliberation/rules/publication.ts';
import { wrongOrgan } from '../deliberation/rules/session.ts';
import { acceptResolution, transmitResolution } from '../deliberation/rules/transmission.ts';
import { isNeverPublished } from '../deliberation/standing.ts';
import { basisOf, workingTerm } from '../due-dates.ts';
import type { AdhesionEvent } from '../events.ts';
import { evolve } from '../evolve.ts';
import { decideOpening } from '../opening.ts';
import type { Verdict } from '../rule.ts';
import { isOpened, type AdhesionState, type OpenedCase } from '../state.ts';
import type { Paper } from './catalogue.ts';

type Step = (state: OpenedCase) => Verdict;

/** Who signed stands in the papers alone. */
const IN_THE_PAPERS = 'in-the-papers';

/**
 * An adhesion that was concluded on paper: what the papers say, step by step by the rules that it would have met here, so that an impossible order is refused
 * with their codes and nothing begins. The facts keep their days; what the clock owed since, it does at once.
 */
export function importAdhesion(state: AdhesionState, { paper, ...opening }: Command<'ImportAdhesion'>['data'], context: Context): Verdict {
  const opened = decideOpening(state, { ...opening, name: opening.name ?? undefined }, context);
  if (opened.kind === 'refused') return opened;
  const imported: AdhesionEvent = { type: 'AdhesionImported', data: { documents: paper.documents, at: context.now } };
  const begun = [...opened.events, imported];
  let current = begun.reduce(folded, state);
  const facts: AdhesionEvent[] = [];
  for (const { at, step } of stepsOf(paper, context)) {
    if (!isOpened(current)) break;
    const verdict = step(current);
    if (verdict.kind === 'refused') return { ...verdict, early: false, reasons: verdict.reasons.map((reason) => ({ ...reason, path: reason.path === undefined ? at : `${at}.${reason.path}` })) };
    const marked = verdict.events.map(markImported);
    facts.push(...marked);
    current = marked.reduce(folded, current);
  }
  return accepted(...begun, ...facts);
}

function stepsOf(paper: Paper, context: Context): readonly { readonly at: string; readonly step: Step }[] {
  const { publication, certificate, transmittedAt, signature, countersignature, registration, resolution } = paper;
  const signed = ({ signer = IN_THE_PAPERS, office, signedAt, form }: Paper['signature']) => ({ signer, office, signedAt, form, sha256: resolution.textSha256 });
  return [
    { at: 'resolution', step: (state) => adopted(state, resolution, context) },
    { at: 'publication', step: (state) => published(state, publication, context) },
    { at: 'publication', step: (state) => ripened(state, context) },
    ...(certificate === undefined ? [] : [{ at: 'certificate', step: (state: OpenedCase) => certifyExecutivity.decide(state, certificate, context) }]),
    { at: 'transmittedAt', step: (state) => transmitResolution.decide(state, { deliveredAt: transmittedAt }, context) },
    { at: 'transmittedAt', step: (state) => acceptResolution.decide(state, {}, context) },
    { at: 'signature', step: (state) => signConvention.decide(state, signed(signature), context) },
    { at: 'countersignature', step: (state) => countersignConvention.decide(state, signed(countersignature), context) },
    { at: 'registration', step: (state) => registerConvention.decide(state, registration, context) },
    { at: 'registration', step: (state) => bringIntoForce.decide(state, { inForceOn: registration.inForceOn }, context) },
  ];
}

/** The papers give the outcome; what came before it in the council is not asked. */
function adopted(state: OpenedCase, { resolutionNo, heldOn, textSha256, immediate: declared, ...resolution }: Paper['resolution'], context: Context): Verdict {
  const { organ = competenceOf(state).organ } = resolution;
  const fault: Refused | null = firstRefusal(wrongOrgan(state, organ), notInFuture(context, { heldOn }));
  if (fault !== null) return fault;
  const byStatute = isNeverPublished(state.deliberation);
  const immediate = declared && !byStatute;
  const executiveOn = immediate || byStatute ? heldOn : null;
  const { slaDays, saturdayRolls, calendarVersion } = state.opening.policies;
  return accepted<AdhesionEvent>({
    type: 'ResolutionAdopted',
    data: {
      organ, heldOn, resolutionNo, textSha256, immediate, amended: false, councillorsPresent: null, mayorPresent: false, votes: null, votesNeeded: null,
      immediateVotes: null, immediateReasons: null, urgencyReasons: null, councilReasons: null,
      publicationDueOn: byStatute ? null : actTerm(heldOn, slaDays.publication, { saturdayRolls, calendarVersion }),
      executiveOn, gateOpensAt: executiveOn === null ? null : startOfDay(executiveOn), transmissionDueOn: executiveOn === null ? null : workingTerm(state, executiveOn, slaDays.transmission), basis: basisOf(state), at: context.now,
    },
    effectiveOn: heldOn,
  });
}

/** Of an act that goes on a notice board the papers say when it did. */
function published(state: OpenedCase, publication: Paper['publication'], context: Context): Verdict {
  if (publication !== undefined) return recordPublication.decide(state, publication, context);
  return isNeverPublished(state.deliberation) ? accepted() : refused('INCOMPLETE', {
    it: "Per un atto che va all'albo pretorio servono il numero e il primo giorno di pubblicazione.", en: 'An act that goes on the notice board needs the number and the first day of its publication.',
  });
}

function ripened(state: OpenedCase, context: Context): Verdict {
  const { publication } = state.deliberation;
  return publication === null ? accepted() : ripenExecutivity.decide(state, { executiveOn: publication.executiveOn }, context);
}

function markImported(event: AdhesionEvent): AdhesionEvent {
  return { ...event, data: { ...event.data, origin: { kind: 'IMPORTED' } } } as AdhesionEvent;
}

function folded(state: AdhesionState, event: AdhesionEvent): AdhesionState {
  return evolve({ ...state, version: state.version + 1 }, event);
}
