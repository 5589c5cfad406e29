import { compareInstants, type Instant } from '../../shared/civil-date.ts';
import type { Waiting } from '../../shared/process.ts';
import type { Reason } from '../../shared/reason.ts';
import type { Migration, OpenedMigration } from '../state.ts';
import { itemsBefore, openItems, type WorkItem } from './state.ts';

/** One entry for every work item that can be done now. */
export function workItemsWaiting({ migration }: OpenedMigration): readonly Waiting[] {
  if (migration.state !== 'PROVISIONING' && migration.state !== 'ROLLING_BACK') return [];
  return openItems(migration)
    .filter((item) => itemsBefore(migration, item).every(({ done }) => done !== null))
    .map((item) => ({
      who: 'OPERATOR',
      what: 'CompleteWorkItem',
      since: readySince(migration, item),
      dueOn: null,
      reasons: [workItemOpen(item)],
    }));
}

export function workItemOpen({ id, title }: WorkItem): Reason {
  return { code: 'WORK_ITEM_OPEN', message: { it: `${id}: ${title.it}.`, en: `${id}: ${title.en}.` } };
}

function readySince(migration: Migration, item: WorkItem): Instant {
  return itemsBefore(migration, item).reduce(
    (latest, { done }) => (done !== null && compareInstants(done.at, latest) > 0 ? done.at : latest),
    migration.since,
  );
}
