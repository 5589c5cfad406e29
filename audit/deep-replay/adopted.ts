import { RecordTooLarge, seal } from '../../db/event-store/record.ts';
import type { EventBody } from '../../domain/shared/process.ts';
import type { StampedCommand } from '../../domain/shared/store.ts';
import type { Deciding } from '../../workflows/deciding.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import type { Finding } from '../report.ts';
import type { StoredCase } from './stored.ts';

/** The codes that ran a case, and that of today, one after the other as they are wanted. */
export type Rules = () => AsyncIterable<Deciding>;

/** The events of one command: they stand together, or the record was altered. */
type OfOneCommand = StoredCase['events'];

/**
 * Events that no history stored, since a worker died between the append and Temporal's own record, are decided again from
 * their command, by each code that ran the case until one agrees: gives the versions that come out the same, and a finding
 * for each command whose events do not.
 */
export async function decideAgain(stored: StoredCase, explained: ReadonlySet<number>, rules: Rules): Promise<{ adopted: number[]; findings: Finding[] }> {
  const { stream } = stored;
  const unexplained = byCommand(stored.events).filter((events) => events.some(({ version }) => !explained.has(version)));
  let left = unexplained.filter((events) => events.every(({ version }) => !explained.has(version)));
  const partly = unexplained.filter((events) => !left.includes(events));
  const adopted: number[] = [];
  if (left.length > 0) {
    for await (const code of rules()) {
      const agreed = decidedAlike(stored, left, code);
      adopted.push(...agreed.flatMap(versionsOf));
      left = left.filter((events) => !agreed.includes(events));
      if (left.length === 0) break;
    }
  }
  return {
    adopted, findings: [
      ...left.map((events) => ({ code: 'EVENT_UNEXPLAINED', message: `No history caused it, and its command ${events[0]?.commandId} decides otherwise.`, stream, version: versionsOf(events)[0] ?? 0 })),
      ...partly.flatMap(versionsOf).filter((version) => !explained.has(version)).map((version) => ({ code: 'EVENT_UNEXPLAINED', message: 'A history caused only a part of its command.', stream, version })),
    ],
  };
}

function byCommand(events: StoredCase['events']): OfOneCommand[] {
  const groups: (readonly OfOneCommand[number][])[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last?.[0]?.commandId === event.commandId) groups[groups.length - 1] = [...last, event];
    else groups.push([event]);
  }
  return groups;
}

function versionsOf(events: OfOneCommand): number[] {
  return events.map(({ version }) => version);
}

/** Which of some commands this code decides as it is stored. A state of another shape than that of today is the code's own. */
function decidedAlike(stored: StoredCase, wanted: readonly OfOneCommand[], code: Deciding): OfOneCommand[] {
  const { stream, events, commands } = stored;
  const alike: OfOneCommand[] = [];
  let state = code.initial(stream);
  let at = 0;
  for (const group of wanted) {
    const first = (group[0]?.version ?? 1) - 1;
    for (; at < first; at += 1) state = code.evolve(stream, state, events[at] as EventBody);
    const command = commands.get(group[0]?.commandId ?? '');
    if (command !== undefined && decidesSo(stored, group, code, state, { id: group[0]?.commandId ?? '', ...command })) alike.push(group);
  }
  return alike;
}

function decidesSo({ stream }: StoredCase, stored: OfOneCommand, code: Deciding, state: object, command: StampedCommand): boolean {
  const { events, ifTooLarge } = code.decide(stream, state, command);
  if (sameEvents(events, stored)) return true;
  const before = stored[0];
  return sameEvents(ifTooLarge, stored) && isTooLarge({ stream, expected: (before?.version ?? 1) - 1, expectedHash: before?.prevHash ?? null, command, events });
}

/** Whether the store would refuse them, by its own rule. */
function isTooLarge(request: Parameters<typeof seal>[0]): boolean {
  try {
    seal(request, new Date().toISOString());
    return false;
  } catch (error) {
    if (error instanceof RecordTooLarge) return true;
    throw error;
  }
}

function sameEvents(decidedNow: readonly EventBody[], stored: readonly EventBody[]): boolean {
  const plain = ({ type, data, effectiveOn }: EventBody): object => ({ type, data, effectiveOn: effectiveOn ?? null });
  return sameJson(decidedNow.map(plain), stored.map(plain));
}
