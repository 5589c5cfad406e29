import { wallTime } from './text.ts';
import type { Adhesion } from './views.ts';

export interface MeantDate {
  /** A civil date, or wall time in Rome. */
  readonly on: string;
  readonly meaning: string;
}

/** The days of an adhesion in their order, each with what it means. */
export function adhesionDates({ recognition, deliberation, convention }: Adhesion): MeantDate[] {
  const { convocation, resolutionNo, noticeBoardNo, policy } = deliberation;
  const { signature, countersignature, repertoryNo, protocolNo } = convention;
  const numbered = (text: string, number: string | null | undefined): string => (typeof number === 'string' ? `${text} n. ${number}` : text);
  const known: (readonly [on: string | null | undefined, meaning: string])[] = [
    [recognition?.dueOn, 'recognition asked for by this day'],
    [recognition?.submittedOn, 'recognition submitted'],
    [recognition?.validatedOn, 'recognition validated'],
    [recognition?.staleOn, 'recognition stale from here on'],
    [deliberation.sentAt, 'proposal sent to the comune'],
    [deliberation.deliveredAt, 'proposal delivered (PEC)'],
    [convocation?.sessionAt, `session of the consiglio comunale, ${convocation?.call === 2 ? 'second' : 'first'} call`],
    [deliberation.adoptedOn, numbered('resolution adopted, delibera', resolutionNo)],
    [deliberation.firstDay, numbered('first day on the albo pretorio,', noticeBoardNo)],
    [deliberation.publicationEndsOn, 'last day on the albo pretorio'],
    [deliberation.removalOn, 'removed from the albo pretorio'],
    [deliberation.executiveOn, `resolution executive by law${typeof policy === 'string' ? ` (reading ${policy})` : ''}`],
    [deliberation.certifiedExecutiveOn, 'resolution executive as the comune certifies'],
    [deliberation.gateOpensAt, 'from here on the convention may be signed'],
    [deliberation.transmittedAt, 'resolution received by the Agency'],
    [deliberation.acceptedAt, 'resolution accepted by the Agency'],
    [deliberation.challengeableUntil, 'last day to challenge the resolution (TAR)'],
    [deliberation.extraordinaryAppealUntil, 'last day for the extraordinary appeal (President of the Republic)'],
    [deliberation.annullableUntil, 'last day for the comune to annul its own act, where the cap applies'],
    [signature?.signedAt, `convention signed for the comune (${signature?.office}, ${signature?.form})`],
    [countersignature?.signedAt, `convention countersigned for the Agency (${countersignature?.office}, ${countersignature?.form})`],
    [convention.concludedOn, 'convention concluded'],
    [convention.registeredOn, `convention registered, ${numbered('repertorio', repertoryNo)}, ${numbered('protocollo', protocolNo)}`],
    [convention.inForceOn, 'convention in force'],
    [convention.renewal?.opensOn, 'renewal of the convention is opened'],
    [convention.withdrawal?.effectOn, 'withdrawal takes effect'],
    [convention.endsOn, 'convention ends'],
    [convention.termination?.on, `convention ended (${convention.termination?.code})`],
  ];
  return known.flatMap(([on, meaning]) => (typeof on === 'string' ? [{ on: isCivil(on) ? on : wallTime(on), meaning }] : []))
    // By day: within one the order above is that of the path, and some have no hour.
    .toSorted((a, b) => a.on.slice(0, 10).localeCompare(b.on.slice(0, 10)));
}

function isCivil(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}
