import { addDays, type CivilDate } from '../shared/civil-date.ts';
import type { Account } from './account.ts';
import { lengthOf, type Period } from './plan.ts';
import { factsOf, type Constitution } from './state.ts';
import { thresholdMet, type TerritoryBody, type ThresholdCount } from './threshold.ts';

/**
 * What a comune's resolution is to the constitution: none yet; one that may still count; counted; too late (executive only after the
 * metropolitan council has resolved), so that the assembly takes it in; adopted for another legal form; without effect.
 */
export type Counting = 'NONE' | 'OPEN' | 'COUNTED' | 'LATE_ADHESION' | 'ADMITTED' | 'OTHER_FORM' | 'LOST';

/** A resolution counts when it is executive, not later than the day on which the metropolitan council resolves. */
export function countingOf(constitution: Constitution, body: string): Counting {
  const { account } = factsOf(constitution.members, body);
  const resolution = account?.resolution ?? null;
  if (account === null || resolution === null) return 'NONE';
  if (isLost(constitution, account)) return 'LOST';
  if (account.form !== constitution.form) return 'OTHER_FORM';
  if (constitution.lateMembers.some((member) => member.body === body)) return 'ADMITTED';
  const metropolitan = constitution.evidence.resolution;
  const executiveOn = executiveDay(account);
  if (executiveOn === null) return 'OPEN';
  return metropolitan !== null && executiveOn > metropolitan.adoptedOn ? 'LATE_ADHESION' : 'COUNTED';
}

/** The first day on which the resolution of an account is executive; null while it is not known to be. */
function executiveDay({ resolution }: Account): CivilDate | null {
  return resolution === null || resolution.standing === 'ADOPTED' || resolution.standing === 'AMENDED' ? null : resolution.executiveOn;
}

const LOSING: ReadonlySet<string> = new Set(['ANNULLED', 'REVOKED', 'SUSPENDED']);

/**
 * Revoked or suspended, it has no effect from a day on; annulled, from its adoption. What is lost after the constitution is a matter of the
 * member and no more of the count: a revocation works forward, and who is in goes by a withdrawal.
 */
function isLost({ evidence: { deed } }: Constitution, { resolution }: Account): boolean {
  if (resolution === null || !LOSING.has(resolution.standing)) return false;
  return deed === null || resolution.lostFrom === null || resolution.lostFrom <= deed.signedOn;
}

/** What counts towards the threshold: comuni of the territory whose resolutions are executive; `by`: those executive by a day. */
export function countExecutive(constitution: Constitution, by?: CivilDate): ThresholdCount {
  return count(constitution, ({ body }) => {
    const { account } = factsOf(constitution.members, body);
    return countingOf(constitution, body) === 'COUNTED' && (by === undefined || (account?.resolution?.executiveOn ?? by) <= by);
  });
}

/** The same with those that are adopted and not executive yet; `by`: those adopted by a day. */
export function countAdopted(constitution: Constitution, by?: CivilDate): ThresholdCount {
  return count(constitution, ({ body }) => {
    const { account } = factsOf(constitution.members, body);
    return ['COUNTED', 'OPEN'].includes(countingOf(constitution, body)) && (by === undefined || (account?.resolution?.adoptedOn ?? by) <= by);
  });
}

function count({ territory, threshold }: Constitution, counts: (body: TerritoryBody) => boolean): ThresholdCount {
  return thresholdMet(territory.bodies.filter(counts).map(({ body }) => body), territory, threshold);
}

/** First day on which resolutions that count reach the threshold; null: they do not. */
export function metOn(constitution: Constitution): CivilDate | null {
  if (!countExecutive(constitution).met) return null;
  const days = Object.values(constitution.members).flatMap(({ account }) => account?.resolution?.executiveOn ?? []).toSorted();
  return days.find((day) => countExecutive(constitution, day).met) ?? null;
}

/** The window in which a comune resolves: that of the plan, or its own where it got the acts late. */
export function windowOf({ members, plan }: Constitution, body: string): Period {
  return factsOf(members, body).window ?? plan.MUNICIPAL_RESOLUTIONS;
}

/** As many days as all have, from the day after the receipt, for who got the acts after the end of their sending. */
export function ownWindow({ plan }: Constitution, receivedOn: CivilDate | null): Period | null {
  if (receivedOn === null || receivedOn <= plan.TEMPLATES_SENT.to) return null;
  return { from: addDays(receivedOn, 1), to: addDays(receivedOn, lengthOf(plan.MUNICIPAL_RESOLUTIONS)) };
}

/** True for a comune that did not resolve in its window, whatever came after. It is neither joined nor rejected by that. */
export function isLateMember(constitution: Constitution, body: string, today: CivilDate): boolean {
  const { to } = windowOf(constitution, body);
  const resolution = factsOf(constitution.members, body).account?.resolution ?? null;
  return resolution === null || resolution.standing === 'ANNULLED' ? today > to : resolution.adoptedOn > to;
}

/** Comuni of the territory to which the acts were not delivered yet. */
export function withoutReceipt({ territory, members }: Constitution): readonly string[] {
  return territory.bodies.filter(({ body }) => factsOf(members, body).receivedOn === null).map(({ body }) => body);
}
