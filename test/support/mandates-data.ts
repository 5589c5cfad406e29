import { MANDATE_CHANGES } from '../../domain/adhesion/mandates/terms.ts';
import { addDays, type CivilDate } from '../../domain/shared/civil-date.ts';
import type { Throw } from './throw.ts';

const OF_ORGANS = MANDATE_CHANGES.filter((kind) => kind !== 'ASSEMBLY_DELEGATE');

/** A change of mandate of any kind, now and then with its last day, or with who holds the office. A delegate takes the turn of a secretary, so that changes of the head stay as frequent. */
export function mandateChange(on: CivilDate, { pick, twist }: Throw): object {
  const drawn = OF_ORGANS[pick % OF_ORGANS.length];
  const kind = drawn === 'SECRETARY_CHANGED' && twist % 2 === 0 ? 'ASSEMBLY_DELEGATE' : drawn;
  const until = (kind === 'COUNCIL_SUSPENDED' || kind === 'ACTING_MAYOR' || kind === 'ASSEMBLY_DELEGATE') && twist % 3 === 0 ? { until: addDays(on, twist) } : {};
  const holder = twist % 4 === 1 ? { holder: twist < 50 ? 's-mayor' : 's-other' } : {};
  return { kind, on, ...until, ...(kind === 'ASSEMBLY_DELEGATE' ? { holder: 's-delegate', actNo: `${twist}/2026` } : holder) };
}
