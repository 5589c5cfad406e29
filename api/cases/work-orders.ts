import type { Place } from '../../db/queries/work-orders.ts';
import { decodeCursor } from '../http/paging.ts';

const NO_DAY = '-';

/** Where the next page begins. */
export function cursorOf({ dueOn, id, workItem }: Place): string {
  return `${dueOn ?? NO_DAY}/${id}/${workItem}`;
}

/** Throws Problem on a cursor that no page gave. */
export function placeIn(cursor: string | undefined): Place | undefined {
  const [day, id, workItem] = decodeCursor(cursor, /^(?:-|\d{4}-\d{2}-\d{2})\/[a-z][\w.-]{1,90}\/[a-z][a-z0-9-]{0,99}$/)?.split('/') ?? [];
  return day === undefined || id === undefined || workItem === undefined ? undefined : { dueOn: day === NO_DAY ? null : day, id, workItem };
}
