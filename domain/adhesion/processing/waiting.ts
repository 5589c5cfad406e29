import type { Bilingual } from '../../shared/bilingual.ts';
import { civilDateOf, type Instant } from '../../shared/civil-date.ts';
import type { Party, Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { BREACH_NOTICE_NAMES } from '../words.ts';
import { awarenessOf, isMemberToBeTold, openDuties, subprocessorsOf, subprocessorState } from './standing.ts';
import type { Breach } from './state.ts';
import { noticesRunning, objectionKey } from './timers.ts';

/** The terms to object that run, the sub-processors that were objected to, and what is owed for breaches, with its hour. */
export function processingWaiting(state: OpenedCase): readonly Waiting[] {
  return [...onSubprocessors(state), ...state.processing.breaches.flatMap(onBreach)];
}

function onSubprocessors(state: OpenedCase): readonly Waiting[] {
  if (endOf(state) !== null) return [];
  const objected = subprocessorsOf(state).filter((notice) => subprocessorState(notice) === 'OBJECTED').map(({ subprocessor, objection, at }) => turn(
    'OPERATOR', 'WithdrawSubprocessor', objection?.at ?? at, null, [{
      code: 'SUBPROCESSOR_OBJECTED',
      message: {
        it: `L'ente si è opposto al sub-responsabile «${subprocessor}»: l'Agenzia vi rinuncia, o ne comunica uno con altre garanzie.`,
        en: `The member objected to the sub-processor “${subprocessor}”: the Agency gives it up, or notifies it anew with other guarantees.`,
      },
    }],
  ));
  return [...noticesRunning(state).map((notice) => turn('CLOCK', objectionKey(notice), notice.at, notice.objectBy)), ...objected];
}

function onBreach(breach: Breach): readonly Waiting[] {
  const { breachNo, memberDueAt, at } = breach;
  if (memberDueAt !== null && isMemberToBeTold(breach)) {
    return [owed('OPERATOR', 'NotifyBreachToMember', at, memberDueAt, {
      it: `Della violazione ${breachNo} l'Agenzia informa l'ente entro il ${memberDueAt}: le ore decorrono anche nei giorni festivi.`,
      en: `The Agency tells the member of breach ${breachNo} by ${memberDueAt}: hours run on holidays too.`,
    })];
  }
  return openDuties(breach).map(({ to, dueAt }) => owed('MEMBER', 'NotifyBreachToAuthority', awarenessOf(breach).at, dueAt, {
    it: `Per la violazione ${breachNo} è dovuta ${BREACH_NOTICE_NAMES[to].it} entro il ${dueAt}; se non è dovuta, lo si motiva (WaiveBreachNotice).`,
    en: `For breach ${breachNo} ${BREACH_NOTICE_NAMES[to].en} is due by ${dueAt}; where it is not due, reasons are given (WaiveBreachNotice).`,
  }));
}

function owed(who: Party, what: string, since: Instant, dueAt: Instant, message: Bilingual): Waiting {
  return { ...turn(who, what, since, civilDateOf(dueAt), [{ code: 'BREACH_CLOCK', message }]), dueAt };
}
