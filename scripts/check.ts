import { runChecks, runStep } from './run.ts';

/** `npm run check`: everything that needs no server, in under a minute. */
const failed = runChecks();
if (!runStep({ name: 'unit tests', run: ['vitest', 'run', '--project', 'unit', '--reporter', 'minimal'] })) failed.push('unit tests');
if (failed.length > 0) {
  console.error(`npm run check: ${failed.join(', ')} failed`);
  process.exit(1);
}
