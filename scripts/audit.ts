import { AuditReport, auditFaults, Exceptions, readProjectJson } from './supply-chain.ts';
import { npm } from './npm.ts';

const EXCEPTIONS = 'audit-exceptions.json';
const NOT_ASKED = 2;

/** `npm run audit`: known vulnerabilities of the locked packages. Exit 0: none; 1: some, or an exception ran out; 2: the registry could not be asked. */
const { status, stdout, stderr } = npm('audit', '--json');
const said = AuditReport.safeParse(parsed(stdout));
if (!said.success) {
  console.error(`Not checked: the registry gives no answer about vulnerabilities (npm audit ended with ${status}).`);
  console.error(`${stdout}${stderr}`.trim().split('\n').slice(0, 6).join('\n'));
  process.exit(NOT_ASKED);
}
const faults = auditFaults(said.data, Exceptions.parse(readProjectJson(EXCEPTIONS)), new Date().toISOString().slice(0, 10));
for (const fault of faults) console.error(fault);
if (faults.length > 0) console.error(`What is borne for a time goes into ${EXCEPTIONS}: package, advisory, reason, until.`);
else console.log('No known vulnerability that is not in the exceptions.');
process.exit(faults.length === 0 ? 0 : 1);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
