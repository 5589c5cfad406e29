import { isHandedOver, lastInvoiceOf, openDues } from '../../domain/adhesion/dues/standing.ts';
import type { AdhesionState } from '../../domain/adhesion/index.ts';
import { addDays, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Throw } from './throw.ts';

/** Data of a command of the account of an exit that suit the state, but for a twist now and then. */
export function dueData(type: 'DeclareDue' | 'SettleDue', state: AdhesionState, on: CivilDate, { pick, twist, days }: Throw): object {
  if (type === 'SettleDue') {
    const open = openDues(state);
    return { dueNo: twist < 90 ? (open[pick % Math.max(1, open.length)]?.dueNo ?? '0') : `${pick}`, outcome: twist % 2 === 0 ? 'PAID' : 'WAIVED', on, protocolNo: `${pick}` };
  }
  const last = isHandedOver(state) ? twist < 80 && lastInvoiceOf(state) === undefined : twist > 95;
  return { dueNo: `${pick % 50}/2030`, kind: last ? 'LAST_INVOICE' : 'INVESTMENT', amountCents: twist % 3 === 0 ? 0 : pick * 101, on, dueOn: addDays(on, days * 5) };
}

/** The last due with another amount, and its settlement with another day. */
export function dueCorrections({ dues }: AdhesionState, on: CivilDate): readonly ({ readonly version: number; readonly data: object } | null)[] {
  const due = dues.at(-1);
  const settlement = due?.settlement ?? null;
  return [
    due === undefined ? null : { version: due.version, data: { dueNo: due.dueNo, kind: due.kind, amountCents: due.amountCents + 1, on: due.on, dueOn: due.dueOn } },
    settlement === null ? null : { version: settlement.version, data: { dueNo: settlement.dueNo, outcome: settlement.outcome, on, protocolNo: 'corrected' } },
  ];
}
