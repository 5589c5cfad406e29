import { casesOfBody } from '../../db/queries/cases.ts';
import { summarizeAdhesion, type AdhesionState } from '../../domain/adhesion/index.ts';
import { openMigrations } from '../../domain/adhesion/services/standing.ts';
import { addDays } from '../../domain/shared/civil-date.ts';
import { decideChange, type ChangeRequest } from '../../domain/territory/decide.ts';
import { bodiesOn, evolveTerritory, type Change, type ChangeType } from '../../domain/territory/territory.ts';
import { ADHESION } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

/** An open adhesion of a body that a change ends. */
export interface TouchedCase {
  readonly adhesion: string;
  readonly body: string;
  readonly phase: string;
  readonly version: number;
  readonly migrations: readonly { readonly id: string; readonly service: string; readonly state: string }[];
}

export interface Preview {
  readonly change: Change & { readonly type: ChangeType };
  readonly comuniBefore: number;
  readonly comuniAfter: number;
  readonly cases: readonly TouchedCase[];
}

/** What a change would do; nothing is written. Throws the refusal that recording it would meet. */
export async function previewOf(context: Context, request: ChangeRequest): Promise<Preview> {
  const territory = await context.territory.current();
  const decision = decideChange(territory, request);
  if (decision.kind === 'refused') throw Problem.refused(decision.code, decision.reasons);
  const [event] = decision.events;
  if (event === undefined) throw new Error('A change that is accepted has its event');
  const { type, data } = event;
  const after = evolveTerritory(territory, event);
  return {
    change: { type, ...data },
    comuniBefore: comuniOn(bodiesOn(territory, addDays(data.on, -1))), comuniAfter: comuniOn(bodiesOn(after, data.on)),
    cases: await touchedBy(context, data),
  };
}

/** The open adhesions of the bodies that a change ends. */
export async function touchedBy({ whole: { db } }: Context, { predecessors, successors }: Change): Promise<readonly TouchedCase[]> {
  const ended = predecessors.filter((code) => !successors.some(({ ipaCode }) => ipaCode === code));
  const found = await Promise.all(ended.map(async (body) => (await casesOfBody(db, ADHESION.name, body)).filter(({ state }) => !ADHESION.isClosed(state)).map(({ id, state }): TouchedCase => {
    // States come from the fold of that very process.
    const adhesion = state as AdhesionState;
    return {
      adhesion: id, body, phase: summarizeAdhesion(adhesion).phase, version: adhesion.version,
      migrations: openMigrations(adhesion).map((migration) => ({ id: migration.id, service: migration.service, state: migration.state })),
    };
  })));
  return found.flat();
}

function comuniOn(bodies: readonly { readonly bodyType: string }[]): number {
  return bodies.filter(({ bodyType }) => bodyType === 'COMUNE').length;
}
