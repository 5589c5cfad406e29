import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { actNumber, civilDate, instant, sha256, subjectId, versionNumber } from '../schemas/fields.ts';
import { HTTPS_ADDRESS, MAX_ADDRESS } from './bounds.ts';
import type { CONVENTION_COMMANDS } from './catalogue.ts';

const Signature = {
  signer: subjectId.describe('Who signed'),
  office: z.enum([
    'MAYOR', 'DEPUTY_MAYOR', 'PRESIDENT', 'COMMISSIONER', 'MANAGER', 'SECRETARY', 'METROPOLITAN_MAYOR', 'AGENCY_PRESIDENT', 'AGENCY_DIRECTOR',
  ]).describe('Office held on that day; the office signs, not the person'),
  signedAt: instant.describe('When it was signed'),
  form: z.enum(['PADES', 'CADES', 'ADVANCED', 'HANDWRITTEN', 'SCANNED'])
    .describe('Form of the signature; the last two void the convention (art. 15 c.2-bis L. 241/1990)'),
  certificateValidTo: instant.optional().describe('End of validity of the certificate'),
  timestampedAt: instant.optional().describe('Trusted timestamp'),
  sha256: sha256.describe('Digest of the signed text'),
};

const RecordBudgetCover = z.strictObject({
  covered: z.boolean().describe('Whether the costs of the convention are covered; in a provisional budget new recurring fees are not'),
  actNo: actNumber.optional().describe('Number of the spending commitment or of the budget'),
}).describe('Says whether the costs are covered; never said holds nothing up, said that they are not holds up the signature');

const SignConvention = z.strictObject(Signature).describe("Records the member's signature, of the convention or of an addendum");

const CountersignConvention = z.strictObject(Signature).describe("Records the Agency's signature, of the convention or of an addendum");

const RegisterConvention = z.strictObject({
  repertoryNo: actNumber.describe('Number in the deed register'),
  protocolNo: actNumber.describe('Protocol number'),
  registeredOn: civilDate.describe('Day of the registration'),
  inForceOn: civilDate.describe('First day in force, by its clause'),
  preservationNo: actNumber.optional().describe('Number of its deposit in the preservation system (art. 44 CAD), where it is made already'),
}).describe('Records the registration of the convention');

const PublishConvention = z.strictObject({
  on: civilDate.describe('Day of the publication'),
  url: z.string().max(MAX_ADDRESS).regex(HTTPS_ADDRESS, says('deve essere un indirizzo https', 'must be an https address')).describe('Address at which it is published').meta({ examples: ['https://www.comune.example/trasparenza/accordi/1'] }),
}).describe('Records that the convention was published in Amministrazione trasparente (art. 23 D.Lgs. 33/2013)');

const RecordCertificateRevocation = z.strictObject({
  signature: versionNumber.describe('Version of the event of the signature, of the convention, of an addendum or of the data processing agreement'),
  revokedAt: instant.describe('From when the certificate was revoked or suspended'),
}).describe('Records that the certificate of a signature was revoked; a signature made after that counts as none (art. 24 c.4-bis CAD)');

const AmendConvention = z.strictObject({
  kind: z.enum(['SERVICES', 'ESSENTIAL']).describe("SERVICES: by the manager's act, at once. ESSENTIAL (aims, cost rule, duration): by the council's resolution, then signed by both"),
  actNo: actNumber.describe('Number of the act'),
  actOn: civilDate.describe('Day of the act'),
  sha256: sha256.describe('Digest of the text of the addendum'),
}).describe('Records the act that amends the convention');

/** The schema of every command of the convention. */
export const CONVENTION_SCHEMAS = {
  RecordBudgetCover,
  SignConvention,
  CountersignConvention,
  RegisterConvention,
  PublishConvention,
  RecordCertificateRevocation,
  AmendConvention,
} as const satisfies Readonly<Record<keyof typeof CONVENTION_COMMANDS, z.ZodType>>;
