import { CALENDAR_VERSIONS } from '../calendar/holidays.ts';
import { refused, type Refused } from '../shared/process.ts';
import { POLICY_VERSIONS, type AdhesionPolicies, type PolicyChoices } from './policies.ts';

/** The readings of the law that may be chosen where it is disputed, by policy. */
export const READINGS = {
  executivity: ['START_EXCLUSIVE', 'START_INCLUSIVE', 'END'],
  publicationCount: ['INCLUDE_FIRST', 'EXCLUDE_FIRST'],
  agencyLegalForm: ['SPECIAL_CONSORTIUM', 'CONVENTION_ONLY', 'IN_HOUSE_COMPANY', 'FOUNDATION'],
  majority: ['ABSOLUTE_OF_MEMBERS', 'SIMPLE_OF_VOTERS'],
  abstentions: ['NOT_VOTERS', 'VOTERS'],
  calendarVersion: CALENDAR_VERSIONS,
  policyVersion: POLICY_VERSIONS,
} as const satisfies { readonly [Policy in keyof AdhesionPolicies]?: readonly AdhesionPolicies[Policy][] };

/**
 * A policy, or a reading of one, that this code does not know, as a refusal: a case would pin what nothing can go by. The edge
 * refuses it first, by the schema; this holds for whoever starts a case by itself.
 */
export function unknownPolicy(choices: PolicyChoices, known: AdhesionPolicies): Refused | null {
  const readings: { readonly [policy: string]: readonly unknown[] | undefined } = READINGS;
  for (const [policy, reading] of Object.entries(choices)) {
    if (!(policy in known)) {
      const names = Object.keys(known).join(', ');
      return unknown(policy, { it: `non esiste; si sceglie tra ${names}`, en: `does not exist; it is one of ${names}` });
    }
    if (reading !== undefined && readings[policy]?.includes(reading) === false) {
      const names = readings[policy].join(', ');
      return unknown(policy, { it: `non ha questo valore; si sceglie tra ${names}`, en: `does not have this value; it is one of ${names}` });
    }
  }
  return null;
}

function unknown(policy: string, { it, en }: { readonly it: string; readonly en: string }): Refused {
  return refused('UNKNOWN_POLICY', { it: `La regola (policy) policies.${policy} ${it}.`, en: `The policy policies.${policy} ${en}.` }, `policies.${policy}`);
}
