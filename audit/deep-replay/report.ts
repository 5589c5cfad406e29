import type { Progress } from '../chain.ts';
import { report, type AuditReport, type Finding } from '../report.ts';
import type { EventVerdict } from './case.ts';
import { deepReplay, type Replaying } from './replay.ts';

/** Deep replay of cases as an audit: how many events were replayed, how many adopted, and what differs. */
export async function replayCases(replaying: Replaying, streams: readonly string[], progress: Progress = () => undefined): Promise<AuditReport> {
  const findings: Finding[] = [];
  const verdicts: EventVerdict[] = [];
  let [cases, runs] = [0, 0];
  for await (const verdict of deepReplay(replaying, streams)) {
    cases += 1;
    runs += verdict.runs;
    verdicts.push(...verdict.events);
    findings.push(...verdict.findings);
    progress(cases);
  }
  const counted = (wanted: EventVerdict): number => verdicts.filter((one) => one === wanted).length;
  return report({ cases, runs, events: verdicts.length, replayed: counted('REPLAYED'), adopted: counted('ADOPTED'), unproven: counted('UNPROVEN') }, findings);
}
