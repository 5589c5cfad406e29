/** What a subject of NIS does at the portal of the ACN every year (art. 7 D.Lgs. 138/2024): it registers, or says that it still is one, and brings its data up to date. */
export const NIS_DUTIES = ['REGISTRATION', 'UPDATE'] as const;
export type NisDuty = (typeof NIS_DUTIES)[number];
