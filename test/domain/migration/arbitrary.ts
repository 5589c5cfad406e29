import fc from 'fast-check';
import { migration, type MigrationState } from '../../../domain/migration/index.ts';
import { offerFor } from '../../../domain/migration/services.ts';
import { addHours } from '../../../domain/shared/civil-date.ts';
import { fold, type Context } from '../../../domain/shared/process.ts';
import {
  AUDITOR, ENGINE, MEMBER, NOW, OPEN, OPERATOR, OTHER_MEMBER, stateAfter, TEXT, type AnyCommand, type AnyEvent,
} from './scenario.ts';
import { OFFERED, OPEN_IT, SHA } from './work-items/scenario.ts';

/** One command as it may come, sensible or not. */
export interface Attempt {
  readonly command: AnyCommand;
  readonly context: Context;
}

const date = fc.constantFrom('2024-02-29', '2026-07-03', '2026-07-08', '2026-07-11', '2026-07-12', '2027-01-01');
const WORK_ITEMS = ['RTD_COMMUNITY', 'TRAINING'].flatMap((service) => { const fulfilment = offerFor({ service })?.fulfilment; return fulfilment?.kind === 'MANUAL' ? fulfilment.workItems.map(({ id }) => id) : []; });
const workItemId = fc.constantFrom(...WORK_ITEMS, 'nothing');
const key = fc.constantFrom('note-PROVISIONING@2', 'note-CANCELLED@3', 'note-OPERATING@5', 'nothing');

/** A completion with all that the item asks for. */
export function completionOf(workItemId: string, completedOn: string): AnyCommand {
  const proof = workItemId === 'survey' ? { checked: ['entry', 'power'], evidence: [{ sha256: SHA }] } : workItemId === 'rooms' ? { note: TEXT } : {};
  return { type: 'CompleteWorkItem', data: { workItemId, completedOn, ...proof } };
}

const command: fc.Arbitrary<AnyCommand> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(OPEN_IT) },
  { weight: 2, arbitrary: fc.constantFrom('RTD_COMMUNITY', 'TRAINING', 'FIBRE').map((service) => ({ ...OPEN, data: { ...OPEN.data, service } })) },
  {
    weight: 6,
    arbitrary: fc.record({ workItemId, completedOn: date, note: fc.constantFrom(TEXT, undefined) }).map(({ note, ...data }) => (
      { type: 'CompleteWorkItem' as const, data: note === undefined ? data : { ...data, note } }
    )),
  },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...OFFERED.fulfilment.workItems.map(({ id }) => id)), date).map(([id, completedOn]) => completionOf(id, completedOn)) },
  fc.constantFrom('survey', 'rooms', 'lay', 'hand-over', 'enrol-rtd').map((id) => ({ type: 'ReopenWorkItem' as const, data: { workItemId: id, reasons: TEXT } })),
  fc.tuple(fc.constantFrom('survey', 'rooms', 'lay'), fc.constantFrom('2026-07-17', '2026-07-24', '2026-07-15')).map(([id, dueOn]) => ({ type: 'NoteWorkItemOverdue' as const, data: { workItemId: id, dueOn } })),
  fc.constant({ type: 'Cancel' as const, data: { reasons: TEXT } }),
  { weight: 2, arbitrary: date.map((closedOn) => ({ type: 'CloseMigration' as const, data: { closedOn } })) },
  key.map((of) => ({ type: 'CompleteEffect' as const, data: { key: of } })),
  fc.constant({ type: 'WithdrawFact' as const, data: { commandId: 'cmd-0' } }),
);

/** Mostly who may send it, so that paths go on; sometimes anybody. */
function sender(sent: AnyCommand): fc.Arbitrary<Context['actor']> {
  const own = ['OpenMigration', 'CompleteEffect', 'NoteWorkItemOverdue'].includes(sent.type) ? ENGINE : OPERATOR;
  return fc.oneof({ weight: 5, arbitrary: fc.constant(own) }, fc.constantFrom(OPERATOR, MEMBER, OTHER_MEMBER, AUDITOR, ENGINE));
}

/** Commands in the order in which they come, an hour apart; the first opens the migration more often than not. */
export const attempts: fc.Arbitrary<readonly Attempt[]> = fc.tuple(fc.boolean(), fc.array(command, { maxLength: 25 }))
  .chain(([opened, commands]) => fc.constantFrom<AnyCommand>(OPEN, OPEN_IT).map((first) => (opened ? [first, ...commands] : commands)))
  .chain((commands) => fc.tuple(...commands.map((sent) => sender(sent).map((actor) => ({ sent, actor })))))
  .map((sent) => sent.map(({ sent: one, actor }, index) => (
    { command: one, context: { actor, now: addHours(NOW, index), commandId: `cmd-${index}` } }
  )));

/** Every event that the attempts led to; what was refused left none. */
export function eventsOf(tried: readonly Attempt[]): readonly AnyEvent[] {
  return tried.reduce<readonly AnyEvent[]>((events, attempt) => [...events, ...accepted(stateAfter(...events), attempt)], []);
}

/** The events of one attempt; none when it is refused. */
export function accepted(state: MigrationState, { command: sent, context }: Attempt): readonly AnyEvent[] {
  const decision = migration.decide(state, sent, context);
  return decision.kind === 'accepted' ? decision.events : [];
}

export function foldFrom(state: MigrationState, events: readonly AnyEvent[]): MigrationState {
  return fold(migration, state, events);
}
