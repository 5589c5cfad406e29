import { z } from 'zod';
import { says } from '../../shared/says.ts';
import { actNumber, civilDate, freeText, instant, serviceId, sha256 } from '../schemas/fields.ts';
import { SUBPROCESSOR_CODE } from './bounds.ts';
import type { PROCESSING_COMMANDS } from './catalogue.ts';
import { AUDIT_OUTCOMES, AWARE_PARTIES, BREACH_NOTICES, DPIA_OUTCOMES } from './terms.ts';

const subprocessor = z.string().regex(SUBPROCESSOR_CODE, says("deve essere il codice di un sub-responsabile nell'elenco dell'Agenzia", "must be the code of a sub-processor in the Agency's list"))
  .describe("Code of the sub-processor in the Agency's list").meta({ examples: ['CLOUD_PROVIDER'] });
const breachNo = actNumber.describe('Number in the register of breaches (art. 33 c.5 GDPR)');
const delayReasons = freeText.optional().describe('Why it is late; needed when it is');

const processing = serviceId.describe('Processing: a service of the catalogue, or a code of its own');

const RecordDpoContact = z.strictObject({
  on: civilDate.describe('Day on which the contact was told'),
  protocolNo: actNumber.describe('Protocol number'),
}).describe('Records that the contact of the DPO in office was told to the Garante (art. 37 c.7 GDPR)');

const DeclareDpiaNeed = z.strictObject({
  service: processing,
  needed: z.boolean().describe('Whether its risk is high, so that an impact assessment is needed'),
  on: civilDate.describe('Day on which it was judged'),
  reasons: freeText.optional().describe('Why'),
}).describe('Records whether a processing needs an impact assessment of the controller (art. 35 GDPR)');

const RecordDpia = z.strictObject({
  service: processing,
  outcome: z.enum(DPIA_OUTCOMES).describe('Risk that is left; where it is high the Garante is consulted before (art. 36 GDPR)'),
  on: civilDate.describe('Day of the assessment'),
  sha256: sha256.describe('Digest of its document'),
}).describe("Records the controller's impact assessment of a processing (art. 35 GDPR)");

const RecordProcessorAudit = z.strictObject({
  on: civilDate.describe('Day of the audit or inspection, its last one'),
  outcome: z.enum(AUDIT_OUTCOMES).describe('What was found: all is as agreed, but for some findings, or it is not'),
  documentSha256: sha256.optional().describe('Digest of its report'),
  reasons: freeText.optional().describe('What was found, in words'),
}).describe("Records the controller's audit or inspection of the Agency (art. 28 c.3 h GDPR)");

const NotifySubprocessor = z.strictObject({
  subprocessor,
  sha256: sha256.describe('Digest of the notice, which says who it is, for what and with which guarantees'),
  deliveredAt: instant.describe('Delivery of the notice to the member (PEC receipt)'),
}).describe('Records that the Agency told the member of a sub-processor that it means to engage (art. 28 c.2 GDPR)');

const ObjectToSubprocessor = z.strictObject({
  subprocessor,
  deliveredAt: instant.describe('Delivery of the objection to the Agency (PEC receipt)'),
  reasons: freeText.describe('Why the member objects'),
}).describe("Records the member's objection to a sub-processor");

const WithdrawSubprocessor = z.strictObject({
  subprocessor,
  on: civilDate.describe('First day on which it is not engaged, or no more'),
}).describe('Records that the Agency gave up a sub-processor');

const ReportBreach = z.strictObject({
  breachNo,
  awareBy: z.enum(AWARE_PARTIES).describe('Who became aware of it first: the Agency as processor, or the member as controller'),
  awareAt: instant.describe('When they became aware of it'),
}).describe('Records a breach of personal data; from then on its clocks run (art. 33 GDPR)');

const NotifyBreachToMember = z.strictObject({
  breachNo,
  deliveredAt: instant.describe('When the member was told (PEC receipt)'),
  delayReasons,
}).describe('Records that the Agency told the member of a breach (art. 33 c.2 GDPR)');

const NotifyBreachToAuthority = z.strictObject({
  breachNo,
  to: z.enum(BREACH_NOTICES).describe('What was sent: the notification to the Garante (art. 33 c.1 GDPR), the alert or the notification to the ACN (L. 90/2024)'),
  notifiedAt: instant.describe('When it was sent'),
  protocolNo: actNumber.describe('Protocol number'),
  delayReasons,
}).describe('Records that the member notified an authority of a breach');

const WaiveBreachNotice = z.strictObject({
  breachNo,
  to: z.enum(BREACH_NOTICES).describe('What is not sent'),
  reasons: freeText.describe('Why it is not due, such as why no risk to persons is likely'),
}).describe('Records that the member owes no notice of a breach (art. 33 c.1 GDPR)');

/** The schema of every command of the processing. */
export const PROCESSING_SCHEMAS = {
  RecordDpoContact,
  DeclareDpiaNeed,
  RecordDpia,
  RecordProcessorAudit,
  NotifySubprocessor,
  ObjectToSubprocessor,
  WithdrawSubprocessor,
  ReportBreach,
  NotifyBreachToMember,
  NotifyBreachToAuthority,
  WaiveBreachNotice,
} as const satisfies Readonly<Record<keyof typeof PROCESSING_COMMANDS, z.ZodType>>;
