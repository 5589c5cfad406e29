import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Before the command line is loaded, as a caller waits for it: compiled code is kept where config.ts has it.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
await import('../cli.ts');
