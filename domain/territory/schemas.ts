import { z } from 'zod';
import { civilDate, sha256 } from '../adhesion/schemas/fields.ts';
import { BODY_TYPES } from '../shared/body-types.ts';
import { BODY_CODE, isBodyCode } from '../shared/body-code.ts';
import { says } from '../shared/says.ts';
import { CHANGES, MISTAKES } from './territory.ts';

const oneLine = (most: number) => z.string().trim().min(1, says('manca', 'is missing')).max(most)
  .regex(/^[^\r\n\t]*$/, says('deve stare su una riga', 'must be one line'));

export const bodyCode = z.string().regex(BODY_CODE, says('deve essere un codice IPA', 'must be an IPA code')).refine(isBodyCode, says('è il nome dell\'Agenzia, non di un ente', 'is the name of the Agency, not of a body')).meta({ examples: ['c_m424'] });

export const BodyEntry = z.strictObject({
  ipaCode: bodyCode.describe('IPA code; of a comune c_ and its cadastral code'),
  istatCode: z.string().regex(/^\d{6}$/, says('deve essere un codice ISTAT di sei cifre', 'must be an ISTAT code of six digits')).meta({ examples: ['015251'] })
    .describe('ISTAT code of the comune; of any other body that of the comune of its seat'),
  name: oneLine(100).describe('Official name').meta({ examples: ['Vermezzo con Zelo'] }),
  population: z.int().min(1).max(100_000_000).meta({ format: 'int32', examples: [5773] }).describe('Inhabitants'),
  bodyType: z.enum(BODY_TYPES).default('COMUNE').describe('Kind of body; default a comune'),
}).refine(({ ipaCode, bodyType }) => bodyType !== 'COMUNE' || /^c_[a-z]\d{3}$/.test(ipaCode), {
  ...says('di un comune è c_ seguito dal codice catastale', 'of a comune is c_ and its cadastral code'), path: ['ipaCode'],
}).refine(({ ipaCode, bodyType }) => bodyType === 'COMUNE' || !/^c_[a-z]\d{3}$/.test(ipaCode), {
  ...says('ha la forma del codice di un comune', 'has the form of the code of a comune'), path: ['ipaCode'],
});

const Act = z.strictObject({
  title: oneLine(300).describe('The act, as it is cited').meta({ examples: ['L.R. Lombardia 4 febbraio 2019, BURL 7 febbraio 2019'] }),
  sha256: sha256.optional().describe('Digest of its text'),
});
const content = {
  on: civilDate.describe('First day on which the change counts'),
  act: Act.describe('The act that the change rests on'),
  predecessors: z.array(bodyCode).max(20).describe('IPA codes of the bodies that it ends, or of the one that is renamed'),
  successors: z.array(BodyEntry).min(1).max(20).describe('The bodies that it makes, or leaves changed'),
};

/** A change of the territory as it is asked for. */
export const TerritoryChange = z.strictObject({
  type: z.enum(CHANGES).describe('Merger, incorporation, split, change of name or code, registration of a body that is no comune'),
  ...content, predecessors: content.predecessors.default([]),
}).describe('A change of the territory');

const mending = {
  reason: z.enum(MISTAKES).describe('Why it was recorded wrongly'),
  basis: Act.optional().describe('The act that says so, where there is one'),
};

/** What is to be read of a change that was recorded; what is left out stays. */
export const ChangeCorrection = z.strictObject({
  ...mending, on: content.on.optional(), act: content.act.optional(), predecessors: content.predecessors.optional(), successors: content.successors.optional(),
}).describe('A correction of a change of the territory; its kind stays');

export const ChangeWithdrawal = z.strictObject(mending).describe('The withdrawal of a change of the territory, which is read as if it had never been');
