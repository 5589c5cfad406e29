import type { Undo } from '../saga/state.ts';
import { PROVISIONED_BY_HAND } from '../saga/steps.ts';
import { roleOf, type WorkItem } from './state.ts';

/** How a work item is undone in a roll-back. Where the catalogue says it of none, all that was done is undone as one; where it says it of others, there is nothing of this one to undo: null. */
export function undoOf({ workItems }: { readonly workItems: readonly WorkItem[] }, workItemId: string): Undo | null {
  const item = workItems.find(({ id }) => id === workItemId);
  if (item?.undo !== undefined) return { step: `work-item-${item.id}`, how: { kind: 'WORK', title: item.undo, role: roleOf(item) } };
  return workItems.some(({ undo }) => undo !== undefined) ? null : PROVISIONED_BY_HAND;
}
