import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { BODY_CODE } from '../../shared/body-code.ts';
import { actNumber, civilDate, instant, sha256, subjectId } from './fields.ts';
import { PolicyChoices } from './opening.ts';

const AGENCY_OFFICES = ['METROPOLITAN_MAYOR', 'AGENCY_PRESIDENT', 'AGENCY_DIRECTOR'] as const;
const MEMBER_OFFICES = ['MAYOR', 'DEPUTY_MAYOR', 'PRESIDENT', 'METROPOLITAN_MAYOR', 'COMMISSIONER', 'MANAGER', 'SECRETARY'] as const;

const signature = <Office extends readonly [string, ...string[]]>(offices: Office, who: string) => z.strictObject({
  signer: subjectId.optional().describe('Left out: the papers alone say who'),
  office: z.enum(offices).describe('Office of who signed'),
  signedAt: instant.describe(`When ${who} signed`),
  form: z.enum(['PADES', 'CADES', 'ADVANCED']).describe('Form of the signature; one by hand makes no convention (art. 15 c.2-bis L. 241/1990)'),
});

/** An adhesion that was concluded on paper, as its papers state it. */
export const PaperAdhesion = z.strictObject({
  body: z.string().regex(BODY_CODE, says('deve essere un codice IPA', 'must be an IPA code')).meta({ examples: ['c_a010'] }).describe('IPA code of the body'),
  policies: PolicyChoices.optional(),
  documents: z.array(z.strictObject({
    title: z.string().trim().min(1).max(200).meta({ examples: ['Deliberazione C.C. n. 12/2025'] }).describe('The paper, as it is cited; no names of persons'),
    protocolNo: actNumber.optional().describe('Its number in the register'),
    sha256: sha256.optional().describe('Digest of its file'),
  })).min(1, says('indica almeno un documento', 'names a document at least')).max(20).describe('The papers that it rests on'),
  resolution: z.strictObject({
    organ: z.enum(['COUNCIL', 'COMMISSIONER', 'ASSEMBLY', 'BOARD_OF_DIRECTORS']).optional().describe('Who resolved; left out: the competent organ of the body'), resolutionNo: actNumber, heldOn: civilDate.describe('Day of its adoption'),
    textSha256: sha256.describe('Digest of the approved convention'), immediate: z.boolean().default(false).describe('Immediately executable (art. 134 c.4 TUEL)'),
  }),
  publication: z.strictObject({ noticeBoardNo: actNumber, firstDay: civilDate.describe('First day on the notice board') }).optional().describe('Left out of an act that is executive by the statute of its body'),
  certificate: z.strictObject({ executiveOn: civilDate, certifiedOn: civilDate }).optional().describe('Of executivity; may be missing of an act that is immediately executable'),
  transmittedAt: instant.describe('When the resolution reached the Agency'),
  signature: signature(MEMBER_OFFICES, 'the body'),
  countersignature: signature(AGENCY_OFFICES, 'the Agency'),
  registration: z.strictObject({ repertoryNo: actNumber, protocolNo: actNumber, registeredOn: civilDate, inForceOn: civilDate.describe('First day in force') }),
}).describe('An adhesion that was concluded on paper');
export type PaperAdhesion = z.output<typeof PaperAdhesion>;
