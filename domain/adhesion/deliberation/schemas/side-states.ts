import { z } from 'zod';
import { actNumber, civilDate } from '../../schemas/fields.ts';
import { SUSPENSION_ENDS } from '../terms.ts';

const authority = z.enum(['COURT', 'BODY']);

export const SuspendResolution = z.strictObject({
  by: authority.describe('Who suspended it: a court, or the body itself'),
  orderNo: actNumber.describe('Number of the order'),
  from: civilDate.describe('First day of the suspension'),
}).describe('Records that the resolution was suspended');

export const LiftSuspension = z.strictObject({
  on: civilDate.describe('Day on which the suspension ended'),
  orderNo: actNumber.describe('Number of the order that ended it; its own where it expired'),
  ground: z.enum(SUSPENSION_ENDS).optional().describe('How it ended: the order was rejected, expired by its own term, or was withdrawn'),
}).describe('Records that the suspension was rejected, expired or was withdrawn');

export const RevokeResolution = z.strictObject({
  actNo: actNumber.describe('Number of the act of revocation'),
  on: civilDate.describe('Day of the revocation'),
}).describe('Records the revocation of the resolution (art. 21-quinquies L. 241/1990)');

export const AnnulResolution = z.strictObject({
  actNo: actNumber.describe('Number of the judgment or of the act'),
  on: civilDate.describe('Day of the judgment or of the act'),
  by: authority.describe('Who annulled it: a court, or the body itself'),
}).describe('Records the annulment of the resolution');

export const RectifyResolution = z.strictObject({
  actNo: actNumber.describe('Number of the act of rectification'),
  on: civilDate.describe('Day of the rectification'),
  substantial: z.boolean().describe('False: a slip, the dates stay. True: the substance changes, the act is published anew'),
}).describe('Records the rectification of the resolution');
