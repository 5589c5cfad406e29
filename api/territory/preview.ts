import { casesOfBody } from '../../db/queries/cases.ts';
import { summarizeAdhesion, type AdhesionState } from '../../domain/adhesion/index.ts';
import { standingServices } from '../../domain/adhesion/services/standing.ts';
import { addDays } from '../../domain/shared/civil-date.ts';
import { evolveEntry, findChange } from '../../domain/territory/journal.ts';
import { bodiesOn, type Change, type ChangeType } from '../../domain/territory/territory.ts';
import { ADHESION } from '../cases/kinds.ts';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { decideAsk, type TerritoryAsk } from './ask.ts';

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
  /** On the eve of the change, and on its day; of a withdrawal, on that day with it and without it. */
  readonly comuniBefore: number;
  readonly comuniAfter: number;
  readonly cases: readonly TouchedCase[];
}

/** What an operator's word on the territory would do; nothing is written. Throws the refusal that it would meet. */
export async function previewOf(context: Context, ask: TerritoryAsk): Promise<Preview> {
  const territory = await context.territory.current();
  const decision = await decideAsk(context, territory, ask);
  if (decision.kind === 'refused') throw Problem.refused(decision.code, decision.reasons);
  const [entry] = decision.events;
  if (entry === undefined) throw new Error('A change that is accepted has its event');
  const after = evolveEntry(territory, entry, new Date().toISOString());
  const known = findChange(after, entry.data.id);
  if (known === undefined) throw new Error('A change that is accepted is known');
  const { type, data } = known;
  const isWithdrawn = 'withdrawal' in known;
  return {
    change: { type, ...data },
    comuniBefore: isWithdrawn ? comuniOn(bodiesOn(territory, data.on)) : comuniOn(bodiesOn(after, addDays(data.on, -1))), comuniAfter: comuniOn(bodiesOn(after, data.on)),
    cases: isWithdrawn ? [] : await touchedBy(context, data),
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
      migrations: standingServices(adhesion).map((migration) => ({ id: migration.id, service: migration.service, state: migration.state })),
    };
  })));
  return found.flat();
}

function comuniOn(bodies: readonly { readonly bodyType: string }[]): number {
  return bodies.filter(({ bodyType }) => bodyType === 'COMUNE').length;
}
