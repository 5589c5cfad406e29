import { accepted } from '../../../shared/process.ts';
import { alreadyRecorded, firstRefusal, notBefore, notInFuture } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endedFault } from '../../membership/rules/bound.ts';
import { rule } from '../../rule.ts';
import { dpiaNeedOf, dpiaOf } from '../standing.ts';

/** The controller judges the risk of a processing (art. 35 c.1 GDPR); after an assessment it may find another one needed (c.11). */
export const declareDpiaNeed = rule<Command<'DeclareDpiaNeed'>['data'], object>({
  ground: (state) => endedFault(state) ?? {},
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { service, needed, on, reasons = null }, context }) => {
    const [before, assessed] = [dpiaNeedOf(state, service), dpiaOf(state, service)];
    const anew = needed && before !== undefined && assessed !== undefined && assessed.on >= before.on && on > assessed.on;
    return firstRefusal(
      before?.needed === needed && !anew ? alreadyRecorded({ it: 'Questo giudizio sulla valutazione di impatto', en: 'This word on the impact assessment' }) : null,
      notBefore(on, 'on', before?.on ?? null, { it: 'il giudizio precedente', en: 'the word before' }),
    ) ?? accepted<AdhesionEvent>({ type: 'DpiaNeedDeclared', data: { service, needed, on, reasons, at: context.now }, effectiveOn: on });
  },
});

/** The assessment itself; a later one of the same processing takes its place. One may be made that nobody declared necessary. */
export const recordDpia = rule<Command<'RecordDpia'>['data'], object>({
  ground: (state) => endedFault(state) ?? {},
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ state, data: { service, outcome, on, sha256 }, context }) => {
    const before = dpiaOf(state, service);
    return firstRefusal(
      before?.sha256 === sha256 ? alreadyRecorded({ it: 'Questa valutazione di impatto', en: 'This impact assessment' }) : null,
      notBefore(on, 'on', before?.on ?? null, { it: 'la valutazione precedente', en: 'the assessment before' }),
    ) ?? accepted<AdhesionEvent>({ type: 'DpiaRecorded', data: { service, outcome, on, sha256, at: context.now }, effectiveOn: on });
  },
});
