import { casesOfBodies } from '../../db/queries/cases.ts';
import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { civilDateOf } from '../../domain/shared/civil-date.ts';
import type { Bound } from '../../domain/territory/mend.ts';
import type { KnownChange } from '../../domain/territory/territory.ts';
import { ADHESION } from '../cases/kinds.ts';
import type { Context } from '../context.ts';

/** The cases that stand on a change; none of one that nobody recorded. */
export async function boundBy({ whole: { db } }: Context, change: KnownChange | undefined): Promise<Bound> {
  const today = civilDateOf(new Date().toISOString());
  if (change === undefined) return { today, joined: [], cases: [] };
  const { id, predecessors, successors } = change.data;
  const codes = successors.map(({ ipaCode }) => ipaCode);
  const found = await casesOfBodies(db, ADHESION.name, [...predecessors, ...codes]);
  return {
    today,
    // States come from the fold of that very process.
    joined: found.filter(({ state }) => isJoined(state as AdhesionState, id)).map((one) => one.id),
    cases: found.filter(({ body, state }) => codes.includes(body) && !ADHESION.isClosed(state)).map(({ body, id: adhesion }) => ({ body, adhesion })),
  };
}

function isJoined({ lineage: { succession, inherited } }: AdhesionState, change: string): boolean {
  return succession?.change === change || inherited.some((one) => one.change === change);
}
