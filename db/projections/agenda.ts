import { workOrders, type MigrationState, type WorkOrder } from '../../domain/migration/index.ts';
import type { AnyProcess } from '../../domain/processes.ts';
import { civilDateOf, type CivilDate, type Instant } from '../../domain/shared/civil-date.ts';
import type { Party } from '../../domain/shared/process.ts';

/** What somebody has to do in a case, or what falls due by itself (`CLOCK`). */
export interface AgendaItem {
  readonly who: Party;
  /** A command, or the key of a timer. */
  readonly what: string;
  /** Null of what falls due by itself. */
  readonly since: Instant | null;
  readonly on: CivilDate | null;
  /** Of a work order: which it is. */
  readonly workItem?: WorkOrder['workItem'];
}

/** Turns and dates of a case, so that lists of many can be ordered by urgency without its state. */
export function agendaOf(process: AnyProcess, state: object): readonly AgendaItem[] {
  // Whose turn it is does not depend on the present: only whether a date has passed does.
  const turns = process.waiting(state, EPOCH).filter(({ who, what }) => who !== 'CLOCK' && what !== WORK_ORDER).map(({ who, what, since, dueOn }) => ({ who, what, since, on: dueOn }));
  // States come from the fold of this very process.
  const orders = process.name === 'migration' ? workOrders(state as MigrationState).map(({ who, since, dueOn, workItem }) => ({ who, what: WORK_ORDER, since, on: dueOn, workItem })) : [];
  const dates = process.timers(state).filter(({ key }) => !key.startsWith('remind') && !key.startsWith('overdue')).map(({ key, at }) => ({ who: 'CLOCK' as const, what: key, since: null, on: civilDateOf(at) }));
  return [...turns, ...orders, ...dates];
}

/** What a work order is a turn of. */
const WORK_ORDER = 'CompleteWorkItem';
const EPOCH = '1970-01-01T00:00:00Z';
