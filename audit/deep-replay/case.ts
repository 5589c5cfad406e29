import { processOf, type AnyProcess } from '../../domain/processes.ts';
import type { CaseSnapshot } from '../../workflows/case-port.ts';
import { sameJson } from '../../domain/shared/same-json.ts';
import type { Finding } from '../report.ts';
import { decideAgain, type Rules } from './adopted.ts';
import type { RunVerdict } from './run.ts';
import { explain, type StoredCase } from './stored.ts';

/**
 * REPLAYED: a history stored it. ADOPTED: no history did, or not at the time of its replay, and its command decides the same again. UNPROVEN: a history did, the code that
 * ran it is not known, and that of today would record something else.
 */
export type EventVerdict = 'REPLAYED' | 'ADOPTED' | 'UNPROVEN' | 'DIFFERS';

export interface CaseVerdict {
  readonly stream: string;
  readonly runs: number;
  /** By version, from 1. */
  readonly events: readonly EventVerdict[];
  readonly findings: readonly Finding[];
}

/** Brings together what the runs of a case came to and what the store has; `rules` decide what no run shows. */
export async function judgeCase(stored: StoredCase, runs: readonly RunVerdict[], rules: Rules): Promise<CaseVerdict> {
  const { stream } = stored;
  const findings: Finding[] = runs.flatMap(({ runId, differences }) => differences.map((difference) => ({ code: 'REPLAY_DIFFERS', message: `Run ${runId}: ${difference}`, stream })));
  const explained = runs.map(({ calls, byOwnCode }) => explain(stored, calls, byOwnCode));
  const unproven = new Set(explained.flatMap((one) => [...one.unproven]));
  const again = await decideAgain(stored, new Set([...unproven, ...explained.flatMap(({ versions }) => [...versions])]), rules);
  findings.push(...explained.flatMap((one) => one.findings), ...again.findings, ...snapshotFaults(stored, runs));
  const adopted = new Set(again.adopted);
  const broken = new Set(findings.map(({ version }) => version));
  return {
    stream, runs: runs.length, findings,
    events: stored.events.map(({ version }) => (broken.has(version) ? 'DIFFERS' : unproven.has(version) ? 'UNPROVEN' : adopted.has(version) ? 'ADOPTED' : 'REPLAYED')),
  };
}

/** A snapshot is the fold of the events up to it, and the next run begins with what the one before gave. */
function snapshotFaults(stored: StoredCase, runs: readonly RunVerdict[]): Finding[] {
  const findings: Finding[] = [];
  const fold = new Fold(stored);
  let before: RunVerdict | undefined;
  for (const run of runs) {
    const { begunWith, continuedWith, runId } = run;
    const given = before?.continuedWith ?? null;
    if (given !== null && !sameJson(given, begunWith)) findings.push({ code: 'SNAPSHOT_DIFFERS', message: `Run ${runId} was begun with something else than the run before gave it.`, stream: stored.stream });
    const snapshot = continuedWith?.snapshot;
    if (snapshot !== undefined && !isFold(stored, snapshot, fold)) {
      findings.push({ code: 'SNAPSHOT_DIFFERS', message: `The state that run ${runId} handed on is not the fold of the events.`, stream: stored.stream, version: snapshot.version });
    }
    before = run;
  }
  return findings;
}

/** A state of another shape is compared after it was brought to that of today, as a run does that begins with it. */
function isFold({ stream, events }: StoredCase, { version, headHash, state, stateSchema }: CaseSnapshot, fold: Fold): boolean {
  const restored = processOf(stream).restore(state, stateSchema);
  return (events[version - 1]?.hash ?? null) === headHash && (restored === null || sameJson(restored, fold.upTo(version)));
}

/** The state of a case at one version after the other: what was folded for the one before is not folded again. */
class Fold {
  private readonly process: AnyProcess;
  private readonly events: StoredCase['events'];
  private state: object;
  private at = 0;

  constructor({ stream, events }: StoredCase) {
    this.process = processOf(stream);
    this.events = events;
    this.state = this.process.initial();
  }

  upTo(version: number): object {
    // Runs go on where the one before ended, but for what was altered.
    if (version < this.at) [this.state, this.at] = [this.process.initial(), 0];
    for (const event of this.events.slice(this.at, version)) this.state = this.process.evolve(this.state, event);
    this.at = Math.max(this.at, Math.min(version, this.events.length));
    return this.state;
  }
}
