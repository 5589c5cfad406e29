import { processIo } from './cli/io.ts';
import { run } from './cli/program.ts';

// The exit code is set and not forced, so that what was printed reaches a pipe in full.
process.exitCode = await run(process.argv.slice(2), processIo());
