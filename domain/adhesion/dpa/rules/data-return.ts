import { accepted, refused } from '../../../shared/process.ts';
import { firstRefusal, notBefore, notInFuture, recordedForGood } from '../../checks.ts';
import type { Command } from '../../command-types.ts';
import type { AdhesionEvent } from '../../events.ts';
import { endOf } from '../../membership/standing.ts';
import type { End } from '../../membership/terms.ts';
import { rule } from '../../rule.ts';
import { dpaState } from '../standing.ts';
import type { DpaFact } from '../state.ts';

/** At the end of the convention, by the choice of the controller (art. 28 c.3 g GDPR); before it, processing goes on. */
export const confirmDataReturn = rule<Command<'ConfirmDataReturn'>['data'], { readonly agreement: DpaFact<'DpaCountersigned'> | null; readonly end: End }>({
  ground: (state) => {
    const { countersignature, dataReturn } = state.dpa;
    if (dataReturn !== null) return recordedForGood({ it: 'La restituzione dei dati', en: 'The return of the data' });
    const end = endOf(state);
    return end === null || dpaState(state) !== 'ENDING'
      ? refused('OUT_OF_TURN', {
        it: 'I dati si restituiscono o si cancellano quando è terminata una convenzione il cui atto di nomina (art. 28 GDPR) era in vigore.',
        en: 'Data are returned or deleted once a convention whose agreement was in force has ended.',
      })
      : { agreement: countersignature, end };
  },
  check: ({ on }, context) => notInFuture(context, { on }),
  decide: ({ ground: { agreement, end }, data: { outcome, on, protocolNo }, context }) => firstRefusal(
    notBefore(on, 'on', agreement?.inForceOn ?? null, { it: "l'entrata in vigore dell'atto di nomina", en: 'the day in force of the agreement' }),
    notBefore(on, 'on', end.on, { it: 'la fine della convenzione', en: 'the end of the convention' }),
  ) ?? accepted<AdhesionEvent>({ type: 'DataReturnConfirmed', data: { outcome, on, protocolNo, at: context.now }, effectiveOn: on }),
});
