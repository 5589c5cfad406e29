import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

// Stands for scripts/register-broker.ts: leaves a trace in the home.
appendFileSync(join(process.env['ASSOCIA_HOME'] ?? '', 'registered'), 'x');
