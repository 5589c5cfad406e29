import type { CivilDate } from '../../domain/shared/civil-date.ts';
import type { Engine } from '../../engine/engine.ts';
import { ABBIATEGRASSO, deliberation, open, OPERATOR, stamped } from './procedure.ts';

/** Brings the case of Abbiategrasso up to its publication from a first day on; gives the version it stands at. */
export async function untilPublished(engine: Engine, firstDay: CivilDate): Promise<number> {
  let seen = 0;
  for (const { by, command } of [{ by: OPERATOR, command: open(ABBIATEGRASSO) }, ...deliberation(firstDay)]) {
    const answer = await engine.execute('adhesion/c_a010-1', stamped(command, by), seen);
    if (answer.outcome !== 'DONE') throw new Error(JSON.stringify(answer));
    seen = answer.version;
  }
  return seen;
}
