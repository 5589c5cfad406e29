import { ACCESS_TYPES, HOSTINGS, PERSONAL_DATA, type AccessType, type AcnQualification, type Hosting, type PersonalData } from './terms.ts';

/** What is counted of an application; the whole record stands beside, in a document. */
export interface CountedApplication {
  readonly hosting?: Hosting | undefined;
  readonly acnQualification?: AcnQualification | undefined;
  readonly personalData?: PersonalData | undefined;
  readonly exitFormat?: string | undefined;
  readonly protocolSystem?: { readonly agidAligned: boolean; readonly aooCode?: string | undefined } | undefined;
}

/** What is counted of a site. */
export interface CountedSite {
  readonly access: AccessType;
  readonly backupLine?: boolean | undefined;
}

/** How many there are of each kind; UNKNOWN are those of which it was not said. */
export type Tally<Kind extends string> = Readonly<Record<Kind | 'UNKNOWN', number>>;

/** Numbers about the applications, none about a person: what an event may hold of them. */
export interface ApplicationFacts {
  readonly count: number;
  readonly byHosting: Tally<Hosting>;
  readonly byPersonalData: Tally<PersonalData>;
  readonly acnQualified: number;
  readonly exitFormatKnown: number;
  /** The census of protocol systems: how many follow AgID's guidelines (allegato 6), how many name their AOO. */
  readonly protocolSystems: { readonly count: number; readonly agidAligned: number; readonly withAoo: number };
}

/** Numbers about the sites. */
export interface SiteFacts {
  readonly count: number;
  readonly byAccess: Tally<AccessType>;
  readonly withBackupLine: number;
}

/** Where an inventory stands: a document beside the events, encrypted and erasable, and the salted digest of it. */
export interface DocumentRef {
  readonly documentId: string;
  readonly digest: string;
}

/** The members of a submission that stand beside it. */
export type InventoryName = keyof CountedInventories;

/** What an event holds of each. */
export interface CountedInventories {
  readonly applications: DocumentRef & ApplicationFacts;
  readonly sites: DocumentRef & SiteFacts;
}

/** Counts the applications, by their records as the edge took them. */
export function countApplications(records: readonly CountedApplication[]): ApplicationFacts {
  const protocols = records.flatMap(({ protocolSystem }) => (protocolSystem === undefined ? [] : [protocolSystem]));
  return {
    count: records.length,
    byHosting: tally(HOSTINGS, records.map(({ hosting }) => hosting)),
    byPersonalData: tally(PERSONAL_DATA, records.map(({ personalData }) => personalData)),
    acnQualified: records.filter(({ acnQualification = 'NONE' }) => acnQualification !== 'NONE').length,
    exitFormatKnown: records.filter(({ exitFormat }) => exitFormat !== undefined).length,
    protocolSystems: {
      count: protocols.length,
      agidAligned: protocols.filter(({ agidAligned }) => agidAligned).length,
      withAoo: protocols.filter(({ aooCode }) => aooCode !== undefined).length,
    },
  };
}

/** Counts the sites. */
export function countSites(records: readonly CountedSite[]): SiteFacts {
  return {
    count: records.length,
    byAccess: tally(ACCESS_TYPES, records.map(({ access }) => access)),
    withBackupLine: records.filter(({ backupLine }) => backupLine === true).length,
  };
}

function tally<Kind extends string>(kinds: readonly Kind[], values: readonly (Kind | undefined)[]): Tally<Kind> {
  const all: readonly (Kind | 'UNKNOWN')[] = [...kinds, 'UNKNOWN'];
  // A number for each kind, by construction.
  return Object.fromEntries(all.map((kind) => [kind, values.filter((value = 'UNKNOWN' as Kind) => value === kind).length])) as Tally<Kind>;
}
