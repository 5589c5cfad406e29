import { acceptance, run, START } from '../moved.ts';

type Examples = Readonly<Record<string, readonly object[]>>;
type Faults = readonly (readonly [command: string, what: string, data: object])[];

const START_DATA = START[0].data;
const RUN = run('2026-10-07')[0].data;
const RECORD = acceptance('2026-10-14')[0].data;
const [ONE] = [{ set: 'A', source: 1, target: 1 }];

/** Data that the commands take. */
export const MOVING_VALID = {
  StartDataMigration: [START_DATA],
  RecordRehearsal: [RUN, { ...RUN, kind: 'FINAL', full: false, outcome: 'FAILED', counts: [{ set: 'A.1-X_2', source: 0, target: 2_147_483_647 }] }],
  RecordAcceptance: [RECORD],
  StartParallelRun: [{ startedOn: '2026-10-15' }],
  WaiveParallelRun: [{ waivedOn: '2026-10-15', reasons: 'Nobody used the old one' }],
} as const satisfies Examples;

/** Data that they refuse, each with what is wrong. */
export const MOVING_INVALID = [
  ['StartDataMigration', 'no evidence', { startedOn: '2026-10-06' }],
  ['StartDataMigration', 'a format in words', { ...START_DATA, exportFormat: { format: 'whatever Rossi sends', agreedOn: '2026-09-20', sha256: 'ab'.repeat(32) } }],
  ['StartDataMigration', 'a digest that is none', { ...START_DATA, backup: { verifiedOn: '2026-10-02', sha256: 'abc' } }],
  ['RecordRehearsal', 'no counts', { ...RUN, counts: [] }],
  ['RecordRehearsal', 'a set counted twice', { ...RUN, counts: [ONE, ONE] }],
  ['RecordRehearsal', 'more sets than there may be', { ...RUN, counts: Array.from({ length: 101 }, (_, n) => ({ ...ONE, set: `S${n}` })) }],
  ['RecordRehearsal', 'half a record', { ...RUN, counts: [{ ...ONE, source: 0.5 }] }],
  ['RecordRehearsal', 'fewer records than none', { ...RUN, counts: [{ ...ONE, target: -1 }] }],
  ['RecordRehearsal', 'a name with a space', { ...RUN, counts: [{ ...ONE, set: 'MARIO ROSSI' }] }],
  ['RecordAcceptance', 'one signature only', { ...RECORD, signatures: {} }],
  ['RecordAcceptance', 'an office of the other party', { ...RECORD, signatures: { agency: { office: 'MAYOR', signer: 's-1', signedAt: '2026-10-14T08:00:00Z' } } }],
  ['StartParallelRun', 'an instant for a day', { startedOn: '2026-10-15T08:00:00Z' }],
  ['WaiveParallelRun', 'no reasons', { waivedOn: '2026-10-15' }],
] as const satisfies Faults;
