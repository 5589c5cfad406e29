import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileAtomic } from './files.ts';
import { errorText } from './errors.ts';
import { holdsCases } from './external.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 5_000;

/** Notes, on disk, that Temporal's store is a new one: a start that is killed before the repair leaves it to the next. */
export function noteRepair(home: string): void {
  writeFileAtomic(markerPath(home), '', 0o600);
}

/** Starts every open case on its stream when Temporal's store was new and the database holds cases; never throws. */
export async function repairIfNoted(
  home: string,
  databaseUrl: string,
  repair: () => Promise<void>,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (let attempt = 1; existsSync(markerPath(home)) && attempt <= ATTEMPTS && !signal.aborted; attempt += 1) {
    try {
      if (await holdsCases(databaseUrl)) {
        say("Temporal's store is new while the database holds cases: they are started again on their streams");
        await repair();
      }
      rmSync(markerPath(home), { force: true });
    } catch (error) {
      say(`The repair did not succeed: ${errorText(error)}`);
      await sleep(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

function markerPath(home: string): string {
  return join(home, 'repair.pending');
}
