import { readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { expect, test } from 'vitest';
import { encodeHistory, readHistory } from '../../../engine/archive/encoding.ts';
import { interventionsIn } from '../../../engine/outside-runs.ts';

const STREAM = 'adhesion/c_a010-1';

function found(name: string) {
  const history = readHistory(encodeHistory(historyFromJSON(JSON.parse(readFileSync(new URL(`../../golden/histories/${name}`, import.meta.url), 'utf8')))));
  const runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.originalExecutionRunId ?? '';
  return interventionsIn(STREAM, runId, history).map(({ how }) => how);
}

test('a run that was cancelled, as a request from outside did before cases went on, is an intervention', () => {
  expect(found('adhesion.0.1.0-cancelled.0.json')).toEqual(['CANCELED']);
});

test('a run that continued as new is none', () => {
  expect(found('adhesion.0.1.0.3.json')).toEqual([]);
});
