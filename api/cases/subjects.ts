import { AGENCY } from '../../domain/shared/body-code.ts';
import { isDatabaseAway } from '../../db/unavailable.ts';
import type { Subjects } from '../../db/vault/subjects.ts';
import type { Reason } from '../../domain/shared/reason.ts';
import type { Bilingual } from '../../domain/shared/bilingual.ts';
import { DIMENSIONS } from '../../domain/adhesion/recognition/terms.ts';
import { Problem } from '../problems.ts';

/** Members of a command's data that name a person. */
const FIELDS = ['signer', 'subject', 'signedOffBy', 'assessedBy', 'holder'] as const;

/**
 * Persons are named by the ids of `POST /v1/subjects` and in no other way: a name written in their place would stand in
 * the records for ever. A person is of the case's body or of the Agency. Throws Problem; a fact that may not be lost
 * (`isFact`) is not held up by a database that is away. Answers the places in the data that name persons of the Agency.
 */
export async function checkSubjects(subjects: Subjects, body: string | undefined, data: object, isFact: boolean): Promise<ReadonlySet<string>> {
  const reasons: Reason[] = [];
  const ofAgency = new Set<string>();
  let ofAnotherBody = false;
  for (const { id, path } of named(data)) {
    const found = await subjects.findBody(id).catch((error: unknown) => {
      if (isFact && isDatabaseAway(error)) return body;
      throw error;
    });
    if (found === AGENCY) ofAgency.add(path);
    if (found !== undefined && (found === body || found === AGENCY)) continue;
    ofAnotherBody ||= found !== undefined;
    reasons.push({ code: 'UNKNOWN_SUBJECT', message: unknownSubject(path), path });
  }
  if (reasons.length > 0) throw Problem.validation(reasons, { ofAnotherBody });
  return ofAgency;
}

function unknownSubject(path: string): Bilingual {
  return {
    it: `Il campo ${path} deve essere l'identificativo di una persona di questo ente o dell'Agenzia, da POST /v1/subjects.`,
    en: `The field ${path} must be the id of a person of this body or of the Agency, from POST /v1/subjects.`,
  };
}

/** A case knows persons by their ids alone: that a referent is a person of the Agency (an associated RTD) is said to it here. */
export function withAssociation(type: string, data: object, ofAgency: ReadonlySet<string>): object {
  if (type === 'CorrectFact') {
    return ofAgency.has('data.subject') && 'data' in data && typeof data.data === 'object' ? { ...data, data: { ...data.data, associated: true } } : data;
  }
  return NAMES_REFERENT.has(type) && ofAgency.has('subject') ? { ...data, associated: true } : data;
}

const NAMES_REFERENT: ReadonlySet<string> = new Set(['AppointReferent', 'ReplaceReferent']);

/** Members in which persons are named as they are at the top: the data of a corrected fact, the answers of a recognition. */
const NESTED: ReadonlySet<string> = new Set(['data', 'dimensions', ...DIMENSIONS.map((dimension) => `dimensions.${dimension}`)]);

function named(data: object, place = ''): { id: string; path: string }[] {
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    if (NESTED.has(place + key) && typeof value === 'object' && value !== null) return named(value, `${place}${key}.`);
    return FIELDS.some((field) => field === key) && typeof value === 'string' ? [{ id: value, path: place + key }] : [];
  });
}
