import type { CivilDate } from '../../shared/civil-date.ts';
import { byDay } from './order.ts';
import type { MandateFact, MandatesSlice } from './state.ts';
import type { HeadOffice, MandateChange } from './terms.ts';

type Mandates = Pick<MandatesSlice, 'mandates'>;

/** A stretch of the register of the head of the comune: from the day of a change up to (not with) that of the next; null: still. */
export interface Term {
  readonly office: HeadOffice;
  readonly from: CivilDate;
  readonly to: CivilDate | null;
  /** Version of the change that began it. */
  readonly change: number;
}

/** Who was at the head of the comune, by the changes known; before the first of them nothing is known. */
export function headRegister({ mandates }: Mandates): readonly Term[] {
  const begun = mandates.toSorted(byDay).reduce<readonly Omit<Term, 'to'>[]>((terms, { kind, on, version }) => {
    const office = putInCharge(kind, terms.at(-1)?.office ?? null);
    return office === null ? terms : [...terms, { office, from: on, change: version }];
  }, []);
  return begun.map((term, index) => ({ ...term, to: begun[index + 1]?.from ?? null }));
}

/**
 * Whom a change puts in charge. A commissioner holds the powers of mayor and council together, until a council is elected: the
 * mayor is elected with it (art. 40, 46 TUEL), so that a change of mayor alone, without COUNCIL_ELECTED of that day or
 * before, takes nothing from the commissioner. Signing and the competence of the council follow this one rule.
 */
function putInCharge(kind: MandateChange, before: HeadOffice | null): HeadOffice | null {
  switch (kind) {
    case 'COMMISSIONER_APPOINTED': return 'COMMISSIONER';
    case 'COUNCIL_ELECTED': return 'MAYOR';
    case 'MAYOR_CHANGED': return before === 'COMMISSIONER' ? null : 'MAYOR';
    case 'ELECTION_CALLED':
    case 'MAYOR_RESIGNED':
    case 'RESIGNATION_WITHDRAWN':
    case 'COUNCIL_SUSPENDED':
    case 'ACTING_MAYOR':
    case 'SECRETARY_CHANGED':
    case 'ASSEMBLY_DELEGATE': return null;
  }
}

/** Who is recorded at the head of the comune on a civil day; undefined where nothing is recorded. */
export function headOn(slice: Mandates, on: CivilDate): Term | undefined {
  return headRegister(slice).findLast(({ from }) => from <= on);
}

/** True while a commissioner is at the head, as far as is known. */
export function isCommissionerInOffice(slice: Mandates): boolean {
  return headRegister(slice).at(-1)?.office === 'COMMISSIONER';
}

/**
 * The suspension of the council by the prefect (art. 141 c.7 TUEL) that nothing has ended yet, or null: a commissioner acts in its place from the
 * appointment on, and a council elected since is another one.
 */
export function openSuspension({ mandates }: Mandates): SuspendedCouncil | null {
  return mandates.findLast((change): change is SuspendedCouncil => isSuspension(change) && !isFollowedBy(mandates, change, ['COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED'])) ?? null;
}

/** The suspension in which a day falls, unless another council was elected since; undefined for any other day. */
export function suspensionOn({ mandates }: Mandates, day: CivilDate): SuspendedCouncil | undefined {
  const known = mandates.filter(({ on }) => on <= day);
  return known.find((change): change is SuspendedCouncil => isSuspension(change) && day <= change.until && !isFollowedBy(known, change, ['COUNCIL_ELECTED']));
}

/** The resignation of the mayor that was not withdrawn and that no new head of the comune has followed yet, or null. */
export function openResignation({ mandates }: Mandates): ResignedMayor | null {
  return mandates.findLast((change): change is ResignedMayor => (
    isResignation(change) && !isFollowedBy(mandates, change, ['RESIGNATION_WITHDRAWN', 'COMMISSIONER_APPOINTED', 'COUNCIL_ELECTED', 'MAYOR_CHANGED']))) ?? null;
}

/** The resignation that stood on a day, by what is known of the days up to it: what a withdrawal of that day takes back; null where there was none. */
export function resignationOn({ mandates }: Mandates, day: CivilDate): ResignedMayor | null {
  return openResignation({ mandates: mandates.filter(({ on }) => on <= day) });
}

/** The withdrawal of a resignation: the first from its day on, before it was final; undefined where there is none. */
export function withdrawalOf({ mandates }: Mandates, resignation: MandateFact): MandateFact | undefined {
  const { on, finalFrom } = resignation;
  return finalFrom === undefined ? undefined : mandates.find((other) => other.kind === 'RESIGNATION_WITHDRAWN' && other.on >= on && other.on < finalFrom);
}

export type SuspendedCouncil = MandateFact & { readonly until: CivilDate };
type ResignedMayor = MandateFact & { readonly finalFrom: CivilDate };

function isResignation(change: MandateFact): change is ResignedMayor {
  return change.finalFrom !== undefined;
}

function isSuspension(change: MandateFact): change is SuspendedCouncil {
  return change.kind === 'COUNCIL_SUSPENDED' && change.until !== undefined;
}

function isFollowedBy(mandates: readonly MandateFact[], { on }: MandateFact, kinds: readonly MandateChange[]): boolean {
  return mandates.some((other) => kinds.includes(other.kind) && other.on >= on);
}

/** Changes whose day to confirm has not been said to have gone by. */
export function notLapsed({ mandates, lapses }: MandatesSlice): readonly MandateFact[] {
  const lapsed = new Set(lapses.map(({ change }) => change));
  return mandates.filter(({ version }) => !lapsed.has(version));
}
