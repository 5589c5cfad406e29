import type { BodyType } from '../../shared/body-types.ts';
import type { CivilDate, Instant } from '../../shared/civil-date.ts';
import type { SignatureForm, Office } from '../convention/terms.ts';
import type { Organ } from '../deliberation/terms.ts';
import type { AdhesionPolicies, PolicyChoices } from '../policies.ts';
import type { Ancestor, PaperDocument, SuccessorCase } from './events.ts';

/** What a case is opened for. */
interface Opened {
  readonly id: string;
  readonly body: string;
  readonly istatCode: string;
  readonly name: string | null;
  readonly population: number;
  /** Left out: a comune. */
  readonly bodyType?: BodyType | undefined;
}

/** A fact of a predecessor's case, as its event gave it. */
export interface FactToTake {
  readonly adhesion: string;
  readonly version: number;
  readonly type: string;
  readonly data: object;
  readonly effectiveOn?: CivilDate;
}

/** What the papers say of an adhesion that was concluded elsewhere. */
export interface Paper {
  readonly documents: readonly PaperDocument[];
  readonly resolution: {
    readonly organ?: Organ | undefined;
    readonly resolutionNo: string;
    readonly heldOn: CivilDate;
    readonly textSha256: string;
    readonly immediate: boolean;
  };
  /** There is none of an act that its body's statute makes executive. */
  readonly publication?: { readonly noticeBoardNo: string; readonly firstDay: CivilDate } | undefined;
  /** Of an act that was immediately executable there may be none. */
  readonly certificate?: { readonly executiveOn: CivilDate; readonly certifiedOn: CivilDate } | undefined;
  readonly transmittedAt: Instant;
  readonly signature: PaperSignature;
  readonly countersignature: PaperSignature;
  readonly registration: { readonly repertoryNo: string; readonly protocolNo: string; readonly registeredOn: CivilDate; readonly inForceOn: CivilDate };
}

interface PaperSignature {
  /** Subject id; left out where the papers alone say who. */
  readonly signer?: string | undefined;
  readonly office: Office;
  readonly signedAt: Instant;
  readonly form: SignatureForm;
}

/** What the edge and the change of the territory tell a case. */
export interface LineageEngineData {
  /** Another body takes the place of this one. */
  readonly SucceedAdhesion: { readonly change: string; readonly on: CivilDate; readonly successors: readonly SuccessorCase[] };
  /** The case of a body that takes the place of others. `policies`: those that the base pinned. */
  readonly InheritAdhesion: Opened & { readonly change: string; readonly on: CivilDate; readonly policies: AdhesionPolicies; readonly from: readonly Ancestor[]; readonly facts: readonly FactToTake[] };
  /** By an operator: an adhesion that was concluded on paper. */
  readonly ImportAdhesion: Opened & { readonly policies?: PolicyChoices | undefined; readonly paper: Paper };
}
