import { MANDATE_CHANGES } from '../../domain/adhesion/mandates/terms.ts';
import { addDays, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Throw } from './throw.ts';

/** A change of mandate of any kind, now and then with its last day, or with who holds the office. */
export function mandateChange(on: CivilDate, { pick, twist }: Throw): object {
  const kind = MANDATE_CHANGES[pick % MANDATE_CHANGES.length];
  const until = (kind === 'COUNCIL_SUSPENDED' || kind === 'ACTING_MAYOR' || kind === 'ASSEMBLY_DELEGATE') && twist % 3 === 0 ? { until: addDays(on, twist) } : {};
  const holder = twist % 4 === 1 ? { holder: twist < 50 ? 's-mayor' : 's-other' } : {};
  return { kind, on, ...until, ...(kind === 'ASSEMBLY_DELEGATE' ? { holder: 's-delegate', actNo: `${twist}/2026` } : holder) };
}
