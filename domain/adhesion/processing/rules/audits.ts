import type { Instant } from '../../../shared/civil-date.ts';
import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { rule } from '../../rule.ts';
import { agreementInForce, ENTRY_INTO_FORCE } from './agreement.ts';

/** The controller audits or inspects the Agency (art. 28 c.3 h GDPR), as often as it will, one a day; what is found stops nothing by itself. */
export const recordProcessorAudit = rule<Command<'RecordProcessorAudit'>['data'], { readonly inForceFrom: Instant }>({
  ground: agreementInForce,
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, ground: { inForceFrom }, data: { on, outcome, documentSha256 = null, reasons = null }, context }) => firstRefusal(
    state.processing.audits.some((audit) => audit.on === on) ? alreadyRecorded({ it: 'La verifica di questo giorno', en: 'The audit of this day' }) : null,
    notBefore(on, 'on', inForceFrom, ENTRY_INTO_FORCE),
  ) ?? accepted<AdhesionEvent>({ type: 'ProcessorAudited', data: { on, outcome, documentSha256, reasons, at: context.now }, effectiveOn: on }),
});
