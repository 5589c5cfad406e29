import { processOf } from '../../domain/processes.ts';
import type { CaseSnapshot } from '../../workflows/case-port.ts';
import { sameJson } from '../chain.ts';
import type { Finding } from '../report.ts';
import { decideAgain } from './adopted.ts';
import type { RunVerdict } from './run.ts';
import { explain, type StoredCase } from './stored.ts';

/**
 * REPLAYED: a history stored it. ADOPTED: no history did, and its command decides the same again. UNPROVEN: a history did, the code that
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

/** Brings together what the runs of a case came to and what the store has. */
export function judgeCase(stored: StoredCase, runs: readonly RunVerdict[]): CaseVerdict {
  const { stream } = stored;
  const findings: Finding[] = runs.flatMap(({ runId, differences }) => differences.map((difference) => ({ code: 'REPLAY_DIFFERS', message: `Run ${runId}: ${difference}`, stream })));
  const explained = runs.map(({ calls, byOwnCode }) => explain(stored, calls, byOwnCode));
  const unproven = new Set(explained.flatMap((one) => [...one.unproven]));
  const again = decideAgain(stored, new Set([...unproven, ...explained.flatMap(({ versions }) => [...versions])]));
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
  let before: RunVerdict | undefined;
  for (const run of runs) {
    const { begunWith, continuedWith, runId } = run;
    const given = before?.continuedWith ?? null;
    if (given !== null && !sameJson(given, begunWith)) findings.push({ code: 'SNAPSHOT_DIFFERS', message: `Run ${runId} was begun with something else than the run before gave it.`, stream: stored.stream });
    const snapshot = continuedWith?.snapshot;
    if (snapshot !== undefined && !isFold(stored, snapshot)) {
      findings.push({ code: 'SNAPSHOT_DIFFERS', message: `The state that run ${runId} handed on is not the fold of the events.`, stream: stored.stream, version: snapshot.version });
    }
    before = run;
  }
  return findings;
}

/** A state of another shape is compared after it was brought to that of today, as a run does that begins with it. */
function isFold({ stream, events }: StoredCase, { version, headHash, state, stateSchema }: CaseSnapshot): boolean {
  const process = processOf(stream);
  const folded = events.slice(0, version).reduce((at: object, event) => process.evolve(at, event), process.initial());
  const restored = process.restore(state, stateSchema);
  return (events[version - 1]?.hash ?? null) === headHash && (restored === null || sameJson(restored, folded));
}
