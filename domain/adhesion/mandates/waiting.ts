import type { Waiting } from '../../shared/process.ts';
import { endOf } from '../membership/standing.ts';
import type { OpenedCase } from '../state.ts';
import { turn } from '../turn.ts';
import { openResignation } from './standing.ts';

/** Who is awaited at the head of the comune after a resignation; it stops nothing, and nobody after the end of the convention. */
export function mandatesWaiting(state: OpenedCase): readonly Waiting[] {
  const resignation = openResignation(state);
  if (resignation === null || endOf(state) !== null) return [];
  const { on, finalFrom, at } = resignation;
  const message = {
    it: `Il sindaco ha presentato le dimissioni il ${on}: sono efficaci e irrevocabili dal ${finalFrom} (art. 53 TUEL), e fino al giorno prima si possono ritirare. Si attendono lo scioglimento del consiglio e la nomina del commissario (art. 141 TUEL), che si registra con COMMISSIONER_APPOINTED; intanto la pratica prosegue.`,
    en: `The mayor presented their resignation on ${on}: it is final from ${finalFrom} (art. 53 TUEL), and until the day before it may be withdrawn. The dissolution of the council and the appointment of a commissioner (art. 141 TUEL) are awaited, to be recorded with COMMISSIONER_APPOINTED; the case goes on meanwhile.`,
  };
  return [turn('MEMBER', 'RecordMandateChange', at, null, [{ code: 'MAYOR_RESIGNED', message }])];
}
