import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ourNotes } from './ours.ts';

/**
 * Records anew what Go's golang.org/x/mod/sumdb says of trees, proofs and notes, ours among them. It needs Go; the tests read the
 * record and need none. `node test/independent/record.ts`
 */
const here = fileURLToPath(new URL('.', import.meta.url));
const { status, stdout, stderr } = spawnSync('go', ['run', '.'], { cwd: here, input: JSON.stringify(ourNotes()), encoding: 'utf8', maxBuffer: 2 ** 26 });
if (status !== 0) throw new Error(stderr);
writeFileSync(fileURLToPath(new URL('../golden/tlog/go.json', import.meta.url)), stdout);
