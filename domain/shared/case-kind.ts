import { partsOfCase } from './body-code.ts';

/** A campaign is no comune's: its id says the day on which it was started. */
export const CAMPAIGN_ID = /^\d{8}-[0-9a-f]{8}$/;

/** Nor is the path to the constitution: `agency-1`, and the next one where that was given up. */
export const CONSTITUTION_ID = /^agency-[1-9]\d{0,5}$/;

export type NamedKind = 'adhesion' | 'migration' | 'campaign' | 'constitution';

/** Of which kind the case with an id is, which its form says; undefined: it is no id of a case. */
export function kindOfCase(id: string): NamedKind | undefined {
  const parts = partsOfCase(id);
  if (parts !== null) return parts.service === null ? 'adhesion' : 'migration';
  if (CONSTITUTION_ID.test(id)) return 'constitution';
  return CAMPAIGN_ID.test(id) ? 'campaign' : undefined;
}
