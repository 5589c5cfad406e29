import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import type { WorkflowBundle } from '../../engine/bundle.ts';

/** The bundle that the global setup built: one for all test files, for to build it takes seconds. */
export function testBundle(): WorkflowBundle {
  return JSON.parse(readFileSync(inject('bundleFile'), 'utf8')) as WorkflowBundle;
}
