import { z } from 'zod';
import type { Bilingual } from '../../../shared/bilingual.ts';
import { says } from '../../../shared/says.ts';
import { civilDate } from '../../schemas/fields.ts';
import { ACCESS_TYPES, ACN_QUALIFICATIONS, HOSTINGS, PERSONAL_DATA } from '../terms.ts';

const MAX_APPLICATIONS = 500;
const MAX_SITES = 300;

const recordCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, says('deve essere un codice di lettere, cifre e . _ -', 'must be a code of letters, digits and . _ -')).meta({ examples: ['PROT-01'] });
const short = z.string().trim().min(1).max(100);
const number = (most: number) => z.int().min(0).max(most).meta({ format: 'int32' });

const ProtocolSystem = z.strictObject({
  agidAligned: z.boolean().describe("Whether it follows AgID's guidelines on documents (allegato 6)"),
  aooCode: z.string().regex(/^[A-Za-z0-9_-]{1,16}$/, says('deve essere il codice di una AOO', 'must be the code of an AOO')).optional().describe('Code of its AOO in IPA'),
});

/**
 * An application in use. A code and an area are asked for, so that it can be named and compared with those of other
 * comuni; the rest is said as it becomes known, and counts in the score once it is.
 */
export const Application = z.strictObject({
  code: recordCode.describe("The comune's code of the application, once in the inventory"),
  area: short.describe('What it is used for').meta({ examples: ['Protocollo'] }),
  name: short.optional().describe('Name of the product'),
  vendor: short.optional().describe('Who supplies it'),
  version: z.string().trim().min(1).max(50).optional().describe('Version in use'),
  hosting: z.enum(HOSTINGS).optional().describe('Where it runs'),
  acnQualification: z.enum(ACN_QUALIFICATIONS).optional().describe('Qualification by ACN of the cloud service or infrastructure'),
  contractEndsOn: civilDate.optional().describe('Last day of the contract'),
  noticeOn: civilDate.optional().describe('Last day on which the contract can be given notice'),
  users: number(1_000_000).optional().describe('How many use it'),
  auth: z.array(z.enum(['PASSWORD', 'DIRECTORY', 'SPID', 'CIE', 'SSO', 'MFA'])).max(6).optional().describe('How its users sign on'),
  interfaces: z.array(short).max(30).optional().describe('What it exchanges data with'),
  personalData: z.enum(PERSONAL_DATA).optional().describe('Class of personal data: none, common, special (artt. 9, 10 GDPR)'),
  volumeGb: number(1_000_000).optional().describe('Volume of its data, in GB'),
  owner: short.optional().describe('Office that answers for it'),
  exitFormat: short.optional().describe('Format in which its data can be taken out'),
  protocolSystem: ProtocolSystem.optional().describe('Of a protocol system: its part of the census'),
}).refine(({ contractEndsOn, noticeOn }) => contractEndsOn === undefined || noticeOn === undefined || noticeOn <= contractEndsOn, {
  ...says('deve precedere la fine del contratto', 'must come before the end of the contract'), path: ['noticeOn'],
});

/** A site and its connection. A code and the kind of access are asked for: without them nothing is said of it. */
export const Site = z.strictObject({
  code: recordCode.describe("The comune's code of the site, once in the inventory").meta({ examples: ['MUNICIPIO'] }),
  access: z.enum(ACCESS_TYPES).describe('How it is connected'),
  name: short.optional().describe('Name of the building'),
  bandwidthMbps: number(1_000_000).optional().describe('Bandwidth, in Mbit/s'),
  provider: short.optional().describe('Who supplies the line'),
  contractEndsOn: civilDate.optional().describe('Last day of the contract'),
  fibreDistanceMetres: number(1_000_000).optional().describe("Distance to the Metropolitan City's fibre, in metres"),
  backupLine: z.boolean().optional().describe('Whether there is a second line'),
  telephony: z.enum(['ANALOGUE', 'ISDN', 'VOIP', 'CMM_VOICE', 'MOBILE', 'NONE']).optional().describe("Telephony in use; CMM_VOICE is the Metropolitan City's"),
});

export const Applications = inventory(Application, MAX_APPLICATIONS);
export const Sites = inventory(Site, MAX_SITES);

/** Records of one kind, each code once. */
function inventory<Item extends z.ZodType<{ readonly code: string }>>(record: Item, most: number) {
  return z.array(record).max(most).superRefine((records, context) => {
    const seen = new Set<string>();
    for (const [index, { code }] of records.entries()) {
      if (seen.has(code)) context.addIssue({ code: 'custom', params: { words: repeated(code) }, path: [index, 'code'] });
      seen.add(code);
    }
  });
}

function repeated(code: string): Bilingual {
  return { it: `ripete il codice ${code}, già nell'inventario`, en: `repeats the code ${code}, which is in the inventory already` };
}
