import type { AdhesionState } from '../adhesion/index.ts';
import { executiveOn, executivity } from '../adhesion/deliberation/standing.ts';
import type { AgencyLegalForm } from '../adhesion/policies.ts';
import { numberOf } from '../shared/case-number.ts';
import type { CivilDate } from '../shared/civil-date.ts';
import { sameJson } from '../shared/same-json.ts';

/** How a resolution stands: `AMENDED` while the Agency has not decided whether it is the text that all approve. */
export type ResolutionStanding = 'ADOPTED' | 'AMENDED' | 'EXECUTIVE' | 'SUSPENDED' | 'REVOKED' | 'ANNULLED';

export interface ToldResolution {
  readonly resolutionNo: string;
  readonly adoptedOn: CivilDate;
  readonly standing: ResolutionStanding;
  /** First day on which it is executive; null until it is known. */
  readonly executiveOn: CivilDate | null;
  /** From when it has no effect: of a suspension, a revocation, an annulment. */
  readonly lostFrom: CivilDate | null;
}

/** What a constitution needs to know of an adhesion, as it stands at a version of its stream. */
export interface Account {
  /** IPA code. */
  readonly body: string;
  readonly adhesion: string;
  readonly version: number;
  /** Day of the certified receipt of the acts. */
  readonly receivedOn: CivilDate | null;
  /** The legal form that the council was asked for. */
  readonly form: AgencyLegalForm;
  readonly resolution: ToldResolution | null;
}

/** The account that an adhesion gives of itself; null before it was opened. */
export function accountOf({ version, opening, deliberation }: AdhesionState): Account | null {
  // The threshold counts comuni; other bodies join beside it.
  if (opening === null || opening.competence !== undefined) return null;
  const { adoption, receipt } = deliberation;
  return {
    body: opening.body, adhesion: opening.id, version, receivedOn: receipt?.receivedOn ?? null, form: opening.policies.agencyLegalForm,
    resolution: adoption === null ? null : {
      resolutionNo: adoption.resolutionNo, adoptedOn: adoption.heldOn, standing: standingOf(deliberation), executiveOn: executiveOn(deliberation), lostFrom: lostFrom(deliberation),
    },
  };
}

function standingOf(deliberation: AdhesionState['deliberation']): ResolutionStanding {
  const { annulment, revocation, suspension, amendment } = deliberation;
  if (annulment !== null) return 'ANNULLED';
  if (revocation !== null) return 'REVOKED';
  if (suspension !== null) return 'SUSPENDED';
  if (amendment === 'PENDING') return 'AMENDED';
  return ['EXECUTIVE', 'IMMEDIATE'].includes(executivity(deliberation)) ? 'EXECUTIVE' : 'ADOPTED';
}

/** An annulment reaches back to the adoption, a revocation works forward. */
function lostFrom({ adoption, annulment, revocation, suspension }: AdhesionState['deliberation']): CivilDate | null {
  if (annulment !== null) return annulment.effectFrom ?? adoption?.heldOn ?? annulment.on;
  return revocation?.effectFrom ?? revocation?.on ?? suspension?.from ?? null;
}

/** True when two accounts of an adhesion say the same, whatever happened in it in between. */
export function saysTheSame(one: Account, other: Account): boolean {
  return sameJson({ ...one, version: 0 }, { ...other, version: 0 });
}

/** True for an account that takes the place of another: of the same adhesion a later version, of a body a later adhesion. */
export function isNewer(account: Account, known: Account | undefined): boolean {
  if (known === undefined) return true;
  return account.adhesion === known.adhesion ? account.version > known.version : numberOf(account.adhesion) > numberOf(known.adhesion);
}
