import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

// Stands for `cli.ts audit rehearse --gate`: leaves a trace in the home.
appendFileSync(join(process.env['ASSOCIA_HOME'] ?? '', 'rehearsed'), 'x');
console.log('all replay');
