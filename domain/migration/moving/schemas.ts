import { z } from 'zod';
import { actNumber, civilDate, freeText, instant, sha256, subjectId } from '../../adhesion/schemas/fields.ts';
import { says } from '../../shared/says.ts';
import type { MOVING_COMMANDS } from './catalogue.ts';
import { AGENCY_OFFICES, CODE, COMUNE_OFFICES, MOST_SETS, RUN_KINDS, RUN_OUTCOMES } from './evidence.ts';

const code = z.string().regex(CODE, says('ha lettere maiuscole, cifre, punti, trattini', 'takes capital letters, digits, dots, hyphens'));
const records = z.int().min(0).max(2_147_483_647).meta({ format: 'int32', examples: [12_400] });
const defects = z.int().min(0).max(10_000).meta({ format: 'int32', examples: [0] });

const StartDataMigration = z.strictObject({
  startedOn: civilDate.describe('Day on which the data begin to be moved'),
  backup: z.strictObject({
    verifiedOn: civilDate.describe('Day on which it was restored as a test'),
    sha256: sha256.describe('Digest of the report of that test'),
  }).describe('The backup of the old data'),
  vendorNotice: z.strictObject({
    deliveredOn: civilDate.describe('Day of its delivery'),
    protocolNo: actNumber.describe('Protocol number'),
  }).describe('The notice to who runs the old system'),
  exportFormat: z.strictObject({
    format: code.describe('Code of the format').meta({ examples: ['CSV'] }),
    agreedOn: civilDate.describe('Day of the agreement'),
    sha256: sha256.describe('Digest of the agreement'),
  }).describe('The format in which the old system gives its data'),
}).describe('Begins to move the data, with the evidence that they can be got back, are expected and can be read');

const Count = z.strictObject({
  set: code.describe('Code of the set of data').meta({ examples: ['PROTOCOL_ENTRIES'] }),
  source: records.describe('Records in the old system'),
  target: records.describe('Records that arrived'),
});

const RecordRehearsal = z.strictObject({
  kind: z.enum(RUN_KINDS).describe('REHEARSAL: tried out. FINAL: for good'),
  full: z.boolean().describe('Whether all data were moved, not a part'),
  counts: z.array(Count).min(1).max(MOST_SETS)
    .refine((counts) => new Set(counts.map(({ set }) => set)).size === counts.length, says('conta un insieme più volte', 'must count each set once'))
    .describe('Records of each set, there and here'),
  startedAt: instant.describe('When it began'),
  endedAt: instant.describe('When it ended'),
  outcome: z.enum(RUN_OUTCOMES).describe('Whether it came to its end'),
  reasons: freeText.optional().describe('Why it took place though a step with personal data lacked something; needed then'),
}).describe('Records a run that moved data; counts that differ are recorded and keep the acceptance shut');

const signature = <Office extends string>(offices: readonly [Office, ...Office[]]) => z.strictObject({
  office: z.enum(offices).describe('Office held on that day; the office signs, not the person'),
  signer: subjectId.describe('Who signed'),
  signedAt: instant.describe('When it was signed'),
});

const RecordAcceptance = z.strictObject({
  recordSha256: sha256.describe('Digest of the acceptance record'),
  signatures: z.strictObject({
    agency: signature(AGENCY_OFFICES).describe("The Agency's"),
    comune: signature(COMUNE_OFFICES).describe("The comune's"),
  }).describe('Signatures under the record'),
  openDefects: z.strictObject({
    severity1: defects.describe('The service cannot be used'),
    severity2: defects.describe('It can be used in part'),
    severity3: defects.describe('It can be used'),
  }).describe('Defects that the record finds open, by severity'),
}).describe('Records that both parties accept the service as it was tested');

const StartParallelRun = z.strictObject({
  startedOn: civilDate.describe('First day on which old and new run side by side'),
}).describe('Begins the parallel run; it may end after the working days that the migration pins');

const WaiveParallelRun = z.strictObject({
  waivedOn: civilDate.describe('Day on which the comune decided so'),
  reasons: freeText.describe('Why old and new need not run side by side'),
}).describe('Records that the comune does without the parallel run');

/** The schema of every command of this area. */
export const MOVING_SCHEMAS = {
  StartDataMigration, RecordRehearsal, RecordAcceptance, StartParallelRun, WaiveParallelRun,
} as const satisfies Readonly<Record<keyof typeof MOVING_COMMANDS, z.ZodType>>;
