import { factRefused } from '../../domain/shared/case.ts';
import { processOf } from '../../domain/processes.ts';
import type { EventBody } from '../../domain/shared/process.ts';
import { sameJson } from '../chain.ts';
import type { Finding } from '../report.ts';
import type { StoredCase } from './stored.ts';

/**
 * Events that no history stored, since a worker died between the append and Temporal's own record, are decided again from
 * their command: gives the versions that come out the same, and a finding for each command whose events do not.
 */
export function decideAgain(stored: StoredCase, explained: ReadonlySet<number>): { adopted: number[]; findings: Finding[] } {
  const process = processOf(stored.stream);
  const adopted: number[] = [];
  const findings: Finding[] = [];
  let state = process.initial();
  for (let index = 0; index < stored.events.length;) {
    const commandId = stored.events[index]?.commandId ?? '';
    const events = ofOneCommand(stored.events, index);
    if (events.every(({ version }) => !explained.has(version))) {
      const versions = events.map(({ version }) => version);
      if (sameEvents(decided(stored, state, commandId), events)) adopted.push(...versions);
      else findings.push({ code: 'EVENT_UNEXPLAINED', message: `No history caused it, and its command ${commandId} decides otherwise.`, stream: stored.stream, version: versions[0] ?? 0 });
    } else {
      findings.push(...events.filter(({ version }) => !explained.has(version)).map(({ version }) => ({ code: 'EVENT_UNEXPLAINED', message: 'A history caused only a part of its command.', stream: stored.stream, version })));
    }
    for (const event of events) state = process.evolve(state, event);
    index += events.length;
  }
  return { adopted, findings };
}

/** The events from an index on that one command caused: they stand together. */
function ofOneCommand(events: StoredCase['events'], from: number): StoredCase['events'] {
  const commandId = events[from]?.commandId;
  const next = events.findIndex((event, index) => index > from && event.commandId !== commandId);
  return events.slice(from, next === -1 ? undefined : next);
}

function decided({ stream, commands }: StoredCase, state: object, commandId: string): readonly EventBody[] {
  const command = commands.get(commandId);
  if (command === undefined) return [];
  const { type, data, actor, receivedAt } = command;
  const decision = processOf(stream).decide(state, { type, data }, { actor, now: receivedAt, commandId });
  // A fact that is refused is answered by an event; a decision that is refused leaves none.
  return decision.kind === 'refused' ? [factRefused(commandId, type, decision)] : decision.events;
}

function sameEvents(decidedNow: readonly EventBody[], stored: readonly EventBody[]): boolean {
  const plain = ({ type, data, effectiveOn }: EventBody): object => ({ type, data, effectiveOn: effectiveOn ?? null });
  return sameJson(decidedNow.map(plain), stored.map(plain));
}
