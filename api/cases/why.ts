import type { Db } from '../../db/client.ts';
import { tracedEvents, type TracedEvent } from '../../db/queries/events.ts';
import { processOf } from '../../domain/processes.ts';
import type { Actor } from '../../domain/shared/actor.ts';
import type { Language } from '../../domain/shared/bilingual.ts';
import type { Instant } from '../../domain/shared/civil-date.ts';
import { readReason, sayReason, type Reason } from '../../domain/shared/reason.ts';
import { why, type AppliedRule, type Link, type UnknownField } from '../../domain/shared/why.ts';
import { inLanguage } from '../http/language.ts';
import { Problem } from '../problems.ts';
import { streamOf, type CaseKind } from './kinds.ts';
import { namedIn } from './named.ts';

/** Why a field of a case is as it is, by what was known at a version. */
export interface CaseWhy {
  readonly field: string;
  readonly version: number;
  readonly value: unknown;
  /** Newest first. */
  readonly chain: readonly CaseLink[];
  /** All events that were looked at, in order. */
  readonly events: readonly TracedEvent[];
}

/** An event that changed the field, with all that stands behind it. */
export interface CaseLink extends Pick<Link, 'before' | 'after' | 'rule' | 'timer'> {
  readonly event: TracedEvent;
  /** Version of the event that it takes back, for a correction. */
  readonly corrects: number | null;
  /** The fact that waited for its turn and was applied by this command: who sent it, and the event that parked it. */
  readonly parked: { readonly id: string; readonly type: string; readonly actor: Actor; readonly version: number } | null;
  /** Id of the event of another case that told of it. */
  readonly toldBy: string | null;
  /** What an act on the body that the field names was refused with. */
  readonly reasons: readonly Reason[];
}

/** Members to name to who mistyped a field; a view has fewer at each place. */
const NAMES = 60;

/**
 * Why a field of a case is as it was at a version, looked at from an instant. Throws Problem VALIDATION for what is no field of the
 * case at any version, which says the names that there are.
 */
export async function whyOf(db: Db, kind: CaseKind, id: string, { field, version, at }: { readonly field: string; readonly version: number; readonly at: Instant }): Promise<CaseWhy> {
  const stream = streamOf(kind, id);
  const events = await tracedEvents(db, stream, version);
  const process = processOf(stream);
  const view = (state: object) => (kind.viewForField === undefined ? kind.view(state, at) : kind.viewForField(state, field)) ?? {};
  const found = why({ process, computations: kind.computations, view }, events, field);
  if (!('chain' in found)) throw unknownField(field, found);
  return {
    field, version, value: found.value, events,
    chain: found.chain.flatMap(({ version: of, before, after, rule, timer, parkedAt }) => {
      const event = events[of - 1];
      if (event === undefined) return [];
      return [{ before, after, rule, timer, event, corrects: process.correction(event)?.corrects ?? null, parked: parkedFact(events, parkedAt), toldBy: tellerOf(event), reasons: refusalIn(kind, event, field) }];
    }),
  };
}

function refusalIn(kind: CaseKind, event: TracedEvent, field: string): readonly Reason[] {
  const refusals = kind.refusalsIn?.(event);
  return (refusals?.get(field.split('.')[1] ?? '') ?? []).map(readReason);
}

function unknownField(field: string, { within, names }: UnknownField): Problem {
  const some = names.slice(0, NAMES).join(', ');
  const place = within === '' ? { it: 'nella pratica', en: 'in the case' } : { it: `in ${within}`, en: `in ${within}` };
  return Problem.validation([{
    code: 'FIELD_UNKNOWN', path: 'field',
    message: { it: `«${field}» non è un campo della pratica; ${place.it} vi sono: ${some}.`, en: `"${field}" is no field of the case; ${place.en} there are: ${some}.` },
  }]);
}

function parkedFact(events: readonly TracedEvent[], parkedAt: number | null): CaseLink['parked'] {
  const event = parkedAt === null ? undefined : events[parkedAt - 1];
  return event === undefined ? null : { id: event.commandId, type: event.commandType, actor: event.actor, version: event.version };
}

/** What one process tells another has the id of the event that owes it; null for an event that nobody told. */
export function tellerOf({ commandId }: Pick<TracedEvent, 'commandId'>): string | null {
  return /^[a-z]+\/[^@/]+@\d+$/.test(commandId) ? commandId : null;
}

/** A link as the interface answers it. */
export function linkJson(kind: CaseKind, id: string, { event, before, after, rule, timer, corrects, parked, toldBy, reasons }: CaseLink, language: Language): object {
  const { version, type, recordedAt, effectiveOn = null, position, hash, actor, commandId, commandType, data } = event;
  const { numbers, acts } = namedIn(data);
  return {
    before: inLanguage(before, language), after: inLanguage(after, language),
    event: { id: `${streamOf(kind, id)}@${version}`, version, type, recordedAt, effectiveOn, position, hash, corrects },
    command: { id: commandId, type: commandType }, actor, parked, timer, toldBy, reasons: reasons.map((reason) => sayReason(reason, language)),
    acts: { numbers, digests: acts },
    basis: basisIn(data),
    rule: rule === null ? null : ruleJson(rule, language),
  };
}

/** The versions of the policies and of the calendar that the dates of an event were computed by; those of a correction are in what it says instead. */
export function basisIn(data: object): object | null {
  if ('basis' in data && typeof data.basis === 'object') return data.basis;
  return 'data' in data && typeof data.data === 'object' && data.data !== null ? basisIn(data.data) : null;
}

function ruleJson({ computation: { rule, says, law }, value, agrees, inputs }: AppliedRule, language: Language): object {
  return {
    code: rule, message: says[language], law, value, agrees,
    inputs: inputs.map(({ field, value: given, since, rule: inner }) => ({ field, value: inLanguage(given, language), since, rule: inner === null ? null : ruleJson(inner, language) })),
  };
}
