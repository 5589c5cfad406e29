import type { History } from '@temporalio/common/lib/proto-utils.js';
import { bundleFile, historyFile, isOfProcess, runsIn, type DossierRun } from '../dossier/contents.ts';
import type { DossierVerdict } from '../dossier/check.ts';
import { readHistory } from '../engine/archive/encoding.ts';
import { runOf } from '../engine/archive/run-of.ts';
import { withoutSourceMap, type WorkflowBundle } from '../engine/bundle.ts';
import { recordRuns } from '../engine/recorder.ts';
import type { Progress } from './chain.ts';
import type { Rules } from './deep-replay/adopted.ts';
import { judgeCase, type CaseVerdict, type EventVerdict } from './deep-replay/case.ts';
import { rulesOf, type Bundles, type LoadedRun } from './deep-replay/recordings.ts';
import { judgeRun, type RunVerdict } from './deep-replay/run.ts';
import type { StoredCase } from './deep-replay/stored.ts';
import type { Finding } from './report.ts';

type Checked = Pick<DossierVerdict, 'events' | 'commands'>;

/** What the replay of a dossier came to, in numbers and in findings. */
export interface DossierReplay {
  readonly checked: Readonly<Record<'runs' | 'replayed' | 'adopted' | 'unproven' | 'unarchived', number>>;
  readonly findings: readonly Finding[];
}

/**
 * Deep replay of what is in a dossier that was checked: each history with the bundle that ran it, against the records. It runs the code in the
 * file: only for a file of which it is known who signed it. `today` stands in for bundles that no history names, of runs from before the archive.
 */
export async function replayDossier(dossier: Checked, files: ReadonlyMap<string, Buffer>, today: WorkflowBundle, progress: Progress = () => undefined): Promise<DossierReplay> {
  const findings: Finding[] = [];
  const runs = archivedRuns(dossier, files, findings);
  const bundles = bundlesIn(files, today);
  const verdicts = await judgeRuns(runs, files, today, { findings, progress });
  const events: (EventVerdict | 'UNARCHIVED')[] = [];
  for (const stored of storedCases(dossier)) {
    const own = inOrder(runs.filter(({ workflowId }) => workflowId === stored.stream), verdicts);
    const judged = await judgedOr(stored, own.verdicts, () => rulesOf(bundles, new Set(runs.filter(({ workflowId }) => workflowId === stored.stream).flatMap((run) => run.bundles))));
    const isBeyond = ({ code, version = 0 }: Finding): boolean => code === 'EVENT_UNEXPLAINED' && (!own.isWhole || version > lastHeardOf(own.verdicts));
    const beyond = new Set(judged.findings.filter(isBeyond).map(({ version }) => version));
    findings.push(...judged.findings.filter((finding) => !isBeyond(finding)));
    events.push(...judged.events.map((verdict, at) => (beyond.has(at + 1) ? 'UNARCHIVED' : verdict)));
  }
  const counted = (wanted: EventVerdict | 'UNARCHIVED'): number => events.filter((one) => one === wanted).length;
  return { checked: { runs: runs.length, replayed: counted('REPLAYED'), adopted: counted('ADOPTED'), unproven: counted('UNPROVEN'), unarchived: counted('UNARCHIVED') }, findings };
}

/** Events that no process of ours folds are a finding, as any other. */
async function judgedOr(stored: StoredCase, verdicts: readonly RunVerdict[], rules: Rules): Promise<Pick<CaseVerdict, 'events' | 'findings'>> {
  try {
    return await judgeCase(stored, verdicts, rules);
  } catch (error) {
    return { events: stored.events.map(() => 'DIFFERS'), findings: [{ code: 'CASE_DOES_NOT_FOLD', message: `What its events give is no case: ${messageOf(error)}.`, stream: stored.stream }] };
  }
}

/** The bundles in the file, as the deep replay looks for them. */
function bundlesIn(files: ReadonlyMap<string, Buffer>, today: WorkflowBundle): Bundles {
  const bundle = (hash: string): Promise<{ readonly code: string } | undefined> => {
    const code = files.get(bundleFile(hash))?.toString('utf8');
    return Promise.resolve(code === undefined ? undefined : { code });
  };
  return { archive: { bundle }, today, candidate: null, rules: new Map() };
}

interface ArchivedRun extends LoadedRun {
  readonly startedAt: string;
  /** The run that it continued; empty: none. */
  readonly continued: string;
}

/** Oldest first. */
function archivedRuns({ events }: Checked, files: ReadonlyMap<string, Buffer>, findings: Finding[]): ArchivedRun[] {
  const runs = runsIn(events.map(({ event }) => event)).flatMap(({ workflowId, runId, state, bundles }: DossierRun): ArchivedRun[] => {
    try {
      const history = readHistory(files.get(historyFile(runId)) ?? Buffer.alloc(0));
      return [{ workflowId, runId, state, bundle: bundles.at(-1) ?? null, bundles, history, startedAt: runOf(history).startedAt, continued: continuedIn(history) }];
    } catch (error) {
      findings.push(differs(workflowId, runId, `its history can't be read: ${messageOf(error)}`));
      return [];
    }
  });
  return runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}

function continuedIn({ events }: History): string {
  return events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? '';
}

/** Replays runs, those of one bundle together; what can't be is a finding. */
async function judgeRuns(runs: readonly ArchivedRun[], files: ReadonlyMap<string, Buffer>, today: WorkflowBundle, { findings, progress }: { findings: Finding[]; progress: Progress }): Promise<Map<string, RunVerdict>> {
  const verdicts = new Map<string, RunVerdict>();
  for (const [hash, group] of Map.groupBy(runs, ({ bundle }) => bundle)) {
    const code = hash === null ? withoutSourceMap(today.code) : files.get(bundleFile(hash))?.toString('utf8');
    try {
      if (code === undefined) throw new Error(`the bundle ${String(hash)} that ran it is not in the dossier`);
      for await (const recording of recordRuns(code, group)) {
        const run = group.find(({ runId }) => runId === recording.runId);
        if (run !== undefined) verdicts.set(run.runId, withoutEmptyAppends(judgeRun(run, recording, null)));
        progress(verdicts.size);
      }
    } catch (error) {
      const missed = group.filter(({ runId }) => !verdicts.has(runId));
      findings.push(...missed.map(({ workflowId, runId }) => differs(workflowId, runId, `it could not be replayed: ${messageOf(error)}`)));
    }
  }
  return verdicts;
}

/** A command that changed nothing is in no record of the log, and so not in the dossier. */
function withoutEmptyAppends(verdict: RunVerdict): RunVerdict {
  return { ...verdict, calls: verdict.calls.filter(({ type, arguments: [request] }) => type !== 'append' || (request as { readonly events: readonly object[] }).events.length > 0) };
}

function differs(stream: string, runId: string, why: string): Finding {
  return { code: 'REPLAY_DIFFERS', message: `Run ${runId}: ${why}.`, stream };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The verdicts of a case's runs, oldest first, and whether they are a chain from its beginning. A run whose predecessor is not archived yet is not
 * held against the snapshot of another.
 */
function inOrder(runs: readonly ArchivedRun[], verdicts: ReadonlyMap<string, RunVerdict>): { verdicts: RunVerdict[]; isWhole: boolean } {
  const ordered: RunVerdict[] = [];
  let isWhole = true;
  for (const { runId, continued } of runs) {
    const verdict = verdicts.get(runId);
    const before = ordered.at(-1);
    const follows = continued === (before?.runId ?? '');
    isWhole &&= follows && verdict !== undefined;
    if (verdict !== undefined) ordered.push(follows ? verdict : { ...verdict, begunWith: before?.continuedWith ?? verdict.begunWith });
  }
  return { verdicts: ordered, isWhole };
}

/** The newest version that any run was told of: what comes after was stored by runs that were not archived yet. */
function lastHeardOf(verdicts: readonly RunVerdict[]): number {
  const told = verdicts.flatMap(({ calls }) => calls.flatMap(({ answer }) => (answer as { readonly events?: readonly { readonly version: number }[] } | null | undefined)?.events ?? []));
  return told.reduce((last, { version }) => Math.max(last, version), 0);
}

function storedCases({ events, commands }: Checked): StoredCase[] {
  const streams = Map.groupBy(events.filter(({ event }) => isOfProcess(event.stream)), ({ event }) => event.stream);
  return [...streams].map(([stream, own]) => ({
    stream,
    events: own.map(({ event: { version, type, data, effectiveOn, commandId, prevHash, actor }, hash }) => ({ version, type, data, ...(effectiveOn === null ? {} : { effectiveOn }), commandId, hash, prevHash, actor })),
    commands: new Map(commands.filter((command) => command.stream === stream).map((command) => [command.commandId, command])),
  }));
}
