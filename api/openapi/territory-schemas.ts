import { z } from 'zod';
import { BODY_TYPES } from '../../domain/shared/body-types.ts';
import { bodyCode } from '../../domain/territory/schemas.ts';
import { CHANGES, MISTAKES } from '../../domain/territory/territory.ts';
import { code, day, digest, instant, int32, list, version } from './schemas.ts';

export const Body = z.object({
  ipaCode: bodyCode, istatCode: z.string().regex(/^\d{6}$/), name: z.string().max(100), population: int32(1), bodyType: z.enum(BODY_TYPES),
  from: day.nullable().describe('First day, where a change made it'),
  until: day.nullable().describe('Last day, where a change ended it'),
  succeededBy: list(bodyCode, 20).describe('Those that took its place'),
  predecessors: list(bodyCode, 100).describe('Those whose place it took'),
  competentOrgan: z.object({ it: z.string().max(200), en: z.string().max(200) }).describe('The organ that resolves on joining, with its article'),
}).meta({ id: 'Body', description: 'A body: a comune, or another that may join' });

const TouchedCase = z.object({
  adhesion: z.string().max(100), body: bodyCode, phase: code, version,
  migrations: list(z.object({ id: z.string().max(100), service: z.string().max(60), state: code })).describe('Open ones'),
}).meta({ id: 'TouchedCase', description: 'An open adhesion of a body that a change ends' });

const Act = z.object({ title: z.string().max(300), sha256: digest.optional() });
const content = {
  on: day, act: Act, predecessors: list(bodyCode, 20),
  successors: list(z.looseObject({ ipaCode: bodyCode, istatCode: z.string().regex(/^\d{6}$/), name: z.string().max(100), population: int32(1), bodyType: z.enum(BODY_TYPES) }), 20),
};
const mending = { reason: z.enum(MISTAKES), basis: Act.optional().describe('The act that says so'), at: instant };

export const TerritoryChangeView = z.object({
  id: z.string().max(60).describe('First day, and the first code that it leads to, as it was recorded first'), type: z.enum(CHANGES), ...content,
  corrections: list(z.object({ ...mending, before: z.object(content).describe('As it was until then') }), 100),
  withdrawal: z.object(mending).nullable().describe('Null: it stands'),
}).meta({ id: 'TerritoryChange', description: 'A change of the territory' });

const JoinedCase = z.object({
  adhesion: z.string().max(100), body: bodyCode, state: z.enum(['JOINED', 'PENDING']).describe('Whether the cases of the successors know of it already'),
  successors: list(z.object({ body: bodyCode, adhesion: z.string().max(100) }), 20).describe('Where it goes on'),
}).meta({ id: 'JoinedCase', description: 'A case that a change of the territory ends' });

export const TerritoryChangeOne = TerritoryChangeView.extend({
  cases: list(JoinedCase, 1000).optional().describe('For operators and auditors'),
}).meta({ id: 'TerritoryChangeOne', description: 'A change of the territory, with the cases that it ends' });

export const TerritoryPreview = z.object({
  change: TerritoryChangeView.omit({ corrections: true, withdrawal: true }), comuniBefore: int32(0).describe('On the eve of its day; of a withdrawal, on its day with it'), comuniAfter: int32(0).describe('On its day; of a withdrawal, without it'), cases: list(TouchedCase, 1000),
}).meta({ id: 'TerritoryPreview', description: 'What a change would do' });

export const ImportAnswer = z.object({
  items: list(z.object({ body: bodyCode, adhesion: z.string().max(100), phase: code, inForceOn: day.nullable(), endsOn: day.nullable() }), 500),
}).meta({ id: 'Imports', description: 'Adhesions that were imported, or would be' });

export const TerritoryView = z.object({
  at: day, comuni: int32(0), population: int32(0), others: int32(0).describe('Bodies that are no comuni'), changes: int32(0).describe('Changes known, those to come too'),
}).meta({ id: 'Territory', description: 'The territory on a day' });
