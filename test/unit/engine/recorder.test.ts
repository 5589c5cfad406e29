import { readFileSync } from 'node:fs';
import { historyFromJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { expect, test } from 'vitest';
import { withoutSourceMap } from '../../../engine/bundle.ts';
import { keptBundle } from '../../../engine/kept-bundle.ts';
import { hasDecided, recordRuns } from '../../../engine/recorder.ts';

const read = (name: string): History => historyFromJSON(JSON.parse(readFileSync(new URL(`../../golden/histories/${name}`, import.meta.url), 'utf8')));

/** As it stands before any worker has answered its first task. */
const startedOnly = ({ events }: History): History => ({ events: (events ?? []).slice(0, 1) });

test('of a run that was only started nothing is replayed, and the others are: Temporal would wait for its first task for ever', async () => {
  const [first, second] = [read('adhesion.0.1.0.0.json'), read('adhesion.0.1.0.1.json')];
  const heard: [string, string, boolean, string | null][] = [];
  const runs = [{ workflowId: 'adhesion/c_a010-1', history: startedOnly(second) }, { workflowId: 'adhesion/c_a010-1', history: first }];
  for await (const { workflowId, runId, activations, error } of recordRuns(withoutSourceMap((await keptBundle()).code), runs)) heard.push([workflowId, runId, activations.length > 0, error]);
  const idOf = ({ events }: History) => events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? 'none';
  expect(heard).toEqual([['adhesion/c_a010-1', idOf(first), true, null], ['adhesion/c_a010-1', idOf(second), false, null]]);
  expect([hasDecided(first), hasDecided(startedOnly(second)), hasDecided({})]).toEqual([true, false, false]);
}, 30_000);
