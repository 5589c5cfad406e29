/** The eight dimensions of the recognition: AgID's seven bullets, with platforms and infrastructure told apart. */
export const DIMENSIONS = [
  'DIGITISED_SERVICES', 'APPLICATIONS', 'DATA_INTEROPERABILITY', 'STAFF_DIGITAL_SKILLS', 'PLATFORMS', 'INFRASTRUCTURE', 'CONNECTIVITY',
  'ORGANISATIONAL_PROCESSES',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** One value for each dimension. */
export function byDimension<Value>(valueOf: (dimension: Dimension) => Value): Readonly<Record<Dimension, Value>> {
  // A member for each dimension, by construction.
  return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, valueOf(dimension)])) as Record<Dimension, Value>;
}

/** The best answer to a dimension; the worst is 0. */
export const BEST_ANSWER = 4;

/** `IN_PROGRESS`: the comune said that it works on its answer; the draft is its own, the case hears of it when it is submitted. */
export type RecognitionState = 'NOT_STARTED' | 'INVITED' | 'IN_PROGRESS' | 'SUBMITTED' | 'RETURNED' | 'VALIDATED' | 'STALE';

export const HOSTINGS = ['ON_PREM', 'IAAS', 'SAAS', 'PSN'] as const;
export type Hosting = (typeof HOSTINGS)[number];

/** Qualification by ACN: of cloud services (QC) and of cloud infrastructures (QI), each in four levels. */
export const ACN_QUALIFICATIONS = ['NONE', 'QC1', 'QC2', 'QC3', 'QC4', 'QI1', 'QI2', 'QI3', 'QI4'] as const;
export type AcnQualification = (typeof ACN_QUALIFICATIONS)[number];

export const PERSONAL_DATA = ['NONE', 'COMMON', 'SPECIAL'] as const;
export type PersonalData = (typeof PERSONAL_DATA)[number];

/** How a site is connected; `CMM_FIBRE` is the Metropolitan City's own network. */
export const ACCESS_TYPES = ['CMM_FIBRE', 'FTTH', 'FTTC', 'DSL', 'FWA', 'MOBILE', 'SATELLITE', 'NONE'] as const;
export type AccessType = (typeof ACCESS_TYPES)[number];
